"""A formula as outlines in SVG, for pages that must not load fonts or scripts."""

import re

from matplotlib import style
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import text_to_path

from verify.report.markup import element, write

UNIT = 100
"""Steps of the outlines to an em."""

MARGIN = 4
"""Room around the outlines, in such steps."""

_SIZES = [f"{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", *"lrm")]
ALIASES = {rf"\{size}": "" for size in _SIZES} | {
    r"\le": r"\leq",
    r"\ge": r"\geq",
    r"\ne": r"\neq",
    r"\to": r"\rightarrow",
    r"\lVert": r"\|",
    r"\rVert": r"\|",
    r"\lvert": "|",
    r"\rvert": "|",
}
"""Commands of LaTeX that matplotlib lacks, each with one that looks alike."""

_LETTER = {Path.MOVETO: "m", Path.LINETO: "l", Path.CURVE3: "q", Path.CURVE4: "c"}
_DOLLAR = re.compile(r"(?<!\\)(?:\\\\)*\$")


def formula(latex: str) -> str | None:
    """SVG of a formula in the colour and size of the text around it; None where it cannot be set.

    matplotlib knows a part of LaTeX, without environments and macros, and its fonts have outlines
    for a part of Unicode; where it fails, the caller shows the source.
    """
    source = " ".join(latex.split())
    if not source or not source.isascii() or _DOLLAR.search(source):
        return None
    known = re.sub(r"\\[A-Za-z]+", lambda match: ALIASES.get(match[0], match[0]), source)
    try:
        with style.context("default", after_reset=True):
            fonts = FontProperties(size=UNIT, math_fontfamily="cm")
            vertices, codes = text_to_path.get_text_path(fonts, f"${known}$", ismath=True)
    except (ValueError, RecursionError):
        return None
    return _svg(Path(vertices, codes), source) if len(vertices) else None


def _svg(outline: Path, source: str) -> str:
    """The outlines, upright, in a box that stands on the line of the text."""
    box = outline.get_extents()
    left, right = round(box.x0) - MARGIN, round(box.x1) + MARGIN
    bottom, top = round(box.y0) - MARGIN, round(box.y1) + MARGIN
    size = f"width:{(right - left) / UNIT:g}em;vertical-align:{bottom / UNIT:g}em"
    attributes = {
        "class": "formula",
        "role": "img",
        "aria-label": source,
        "viewBox": f"{left} {-top} {right - left} {top - bottom}",
        "style": size,
    }
    return write(element("svg", attributes, element("path", {"d": _steps(outline)})))


def _steps(outline: Path) -> str:
    """The path in relative steps of whole units, with y downwards."""
    parts, x, y = [], 0, 0
    for vertices, code in outline.iter_segments(simplify=False, curves=True):
        if code == Path.CLOSEPOLY:
            parts.append("z")
            continue
        places = [(round(a), -round(b)) for a, b in vertices.reshape(-1, 2).tolist()]
        moves = " ".join(f"{a - x} {b - y}" for a, b in places)
        parts.append(_LETTER[code] + moves.replace(" -", "-"))
        x, y = places[-1]
    return "".join(parts)
