"""A drawn figure as SVG text: small, the same bytes every time, in colours of the page it is on."""

import io
import re
import warnings
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import attrs
from matplotlib import style
from matplotlib.figure import Figure
from matplotlib.rcsetup import cycler

from verify.report.figure.axes import Box
from verify.report.figure.palette import CANVAS, CLASS_OF, CYCLE, INK, SOFT, stylesheet
from verify.report.markup import element, legal, write

DPI = 72
"""Points of the SVG backend to an inch, so that one unit of a picture is one CSS pixel."""

SHARPNESS = 2
"""Pixels to a unit, in a picture that is made of pixels."""

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
_STYLE = {
    "svg.fonttype": "none",
    "svg.hashsalt": "verify",
    "text.parse_math": False,
    "text.color": INK.light,
    "axes.labelcolor": SOFT.light,
    "axes.prop_cycle": cycler(color=[colour.light for colour in CYCLE]),
    "legend.frameon": False,
}
_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}
_NUMBERS = {"d", "x", "y", "transform", "width", "height"}
_REFERENCE = re.compile(r"#([^)]+)")


@attrs.frozen
class Picture:
    """A picture with its text alternative: a title, and what is to be seen, in words."""

    title: str
    description: str
    width: int
    height: int
    draw: Callable[[Figure, Box], None]

    def inline(self, name: str) -> str:
        """SVG for a page that has the stylesheet; `name` makes its ids unique there."""
        return write(self._element(name))

    def file(self, name: str) -> str:
        """SVG that stands for itself: with its namespace, its stylesheet and a background."""
        root = self._element(name)
        root.set("xmlns", "http://www.w3.org/2000/svg")
        ground = element("rect", {"width": "100%", "height": "100%", "class": f"f-{CANVAS.name}"})
        root.insert(2, element("style", {}, stylesheet()))
        root.insert(3, ground)
        return write(root) + "\n"

    def png(self) -> bytes:
        """Pixels on a background, two to each unit of the picture, for what shows no SVG."""
        return _rendered(self, "png", DPI * SHARPNESS, transparent=False, facecolor=CANVAS.light)

    def _element(self, name: str) -> Element:
        drawn = fromstring(legal(_rendered(self, "svg", DPI, metadata=_METADATA).decode()))
        _strip_namespaces(drawn)
        names = _referenced(drawn, name)
        content = [_tidied(child, names) for child in drawn if child.tag in ("g", "defs")]
        attributes = {
            "class": "plot",
            "role": "img",
            "aria-labelledby": f"{name}-title {name}-desc",
            "viewBox": f"0 0 {self.width} {self.height}",
            "width": str(self.width),
            "height": str(self.height),
            "font-family": FONT,
            "stroke-linejoin": "round",
        }
        title = element("title", {"id": f"{name}-title"}, self.title)
        description = element("desc", {"id": f"{name}-desc"}, self.description)
        return element("svg", attributes, title, description, *filter(len, content))


def _rendered(picture: Picture, form: str, dpi: int, **options: Any) -> bytes:
    """What matplotlib writes, whatever the reader's own settings of matplotlib are."""
    with style.context(_STYLE, after_reset=True), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # the reader's fonts are others
        figure = Figure(figsize=(picture.width / DPI, picture.height / DPI), dpi=DPI)
        figure.patch.set_visible(False)
        picture.draw(figure, Box(0, 0, picture.width, picture.height))
        stream = io.BytesIO()
        figure.savefig(stream, format=form, dpi=dpi, **options)
    return stream.getvalue()


def _strip_namespaces(root: Element) -> None:
    for node in root.iter():
        node.tag = node.tag.rpartition("}")[2]
        node.attrib = {name.rpartition("}")[2]: value for name, value in node.attrib.items()}


def _referenced(root: Element, name: str) -> dict[str, str]:
    """New ids, unique by `name`, for those that something refers to."""
    found = [
        match[1]
        for node in root.iter()
        for value in (node.get("href", ""), node.get("clip-path", ""))
        if (match := _REFERENCE.search(value))
    ]
    return {old: f"{name}-{count}" for count, old in enumerate(dict.fromkeys(found))}


def _tidied(node: Element, names: dict[str, str]) -> Element:
    """The same drawing with classes for colours, short numbers, and only the ids in use."""
    attributes = dict(_attributes(node, names))
    inside = (_tidied(child, names) for child in node if child.tag != "style")
    children = [part for child in inside for part in _hoisted(child)]
    text = (node.text or "").strip() if node.tag in ("text", "tspan") else ""
    return element(node.tag, attributes, text, *children)


def _hoisted(node: Element) -> list[Element]:
    """A group without attributes says nothing: its children stand for it."""
    return list(node) if node.tag == "g" and not node.attrib else [node]


def _attributes(node: Element, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in node.attrib.items():
        if name == "id":
            if value in names:
                yield name, names[value]
        elif name in ("href", "clip-path"):
            yield name, _REFERENCE.sub(lambda match: f"#{names[match[1]]}", value)
        elif name == "style":
            yield from _styled(value)
        elif not value.startswith(("rotate(0 ", "rotate(-0 ")):
            yield name, _short(value) if name in _NUMBERS else value


def _styled(text: str) -> Iterator[tuple[str, str]]:
    """Colours of the palette as classes; the rest of the style, in the font of the page."""
    classes, kept = [], []
    for name, value in _declarations(text):
        if name in ("fill", "stroke") and value in CLASS_OF:
            classes.append(f"{name[0]}-{CLASS_OF[value]}")
        elif name != "font-family":
            kept.append(f"{name}:{value}")
    if classes:
        yield "class", " ".join(classes)
    if kept:
        yield "style", ";".join(kept)


def _declarations(text: str) -> Iterator[tuple[str, str]]:
    """The names and values of a style; `font` as the size and the weight that it sets."""
    for declaration in filter(None, text.split(";")):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name != "font":
            yield name, value
        elif match := re.match(r"(?:(\w+) )?([\d.]+px)", value):
            yield "font-size", match[2]
            yield "font-weight", match[1] or "400"


def _short(text: str) -> str:
    """Coordinates to a tenth of a pixel, without needless blanks."""
    rounded = re.sub(r"-?\d+\.\d+", lambda match: f"{round(float(match[0]), 1) + 0:g}", text)
    return re.sub(r"\s*\b([MLQCz])\s*", r"\1", rounded).strip()
