"""The colours of the pictures: each a class with a shade for light and one for dark pages."""

import attrs


@attrs.frozen
class Colour:
    """A colour by name, as it looks on a light and on a dark page."""

    name: str
    light: str
    dark: str


INK = Colour("ink", "#1c2128", "#e6edf3")
SOFT = Colour("soft", "#57606a", "#9aa5b1")
GRID = Colour("grid", "#e3e6ea", "#30363d")
FIT = Colour("fit", "#0a64ad", "#6cb6ff")
PREDICTED = Colour("predicted", "#b03a00", "#ff9e64")
ZONE = Colour("zone", "#9ad1a8", "#2f6f44")
OTHER = Colour("other", "#7d5fb2", "#c5a5f5")
GOOD = Colour("good", "#136c36", "#56d37d")
BAD = Colour("bad", "#b3261e", "#ff8a80")
OPEN = Colour("open", "#7a5500", "#e9b949")
CANVAS = Colour("canvas", "#ffffff", "#12161c")

PALETTE = (INK, SOFT, GRID, FIT, PREDICTED, ZONE, OTHER, GOOD, BAD, OPEN, CANVAS)
CYCLE = FIT, PREDICTED, OTHER, GOOD, OPEN, BAD, INK, SOFT
"""What `C0` to `C7` stand for in a drawing."""

CLASS_OF = {colour.light: colour.name for colour in PALETTE}
"""From the shade that a picture is drawn in to the class that it gets."""


def stylesheet() -> str:
    """The CSS rules of the classes `f-NAME` (fill) and `s-NAME` (stroke); paper is light."""
    light = "".join(_rules(colour.name, colour.light) for colour in PALETTE)
    dark = "".join(_rules(colour.name, colour.dark) for colour in PALETTE)
    return f"{light}@media screen and (prefers-color-scheme:dark){{{dark}}}"


def _rules(name: str, shade: str) -> str:
    return f".f-{name}{{fill:{shade}}}.s-{name}{{stroke:{shade}}}"
