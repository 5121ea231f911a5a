"""XML as text: elements from tags, attributes and children, and what XML cannot hold left out."""

import re
from xml.etree.ElementTree import Element, tostring

_ILLEGAL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REPLACEMENT = "\ufffd"


def legal(text: str) -> str:
    """The text with U+FFFD for each character that XML 1.0 forbids even when escaped."""
    return _ILLEGAL.sub(REPLACEMENT, text)


def element(tag: str, attributes: dict[str, str], *content: Element | str) -> Element:
    """An element with attributes, leading text and children, in their order."""
    made = Element(tag, attributes)
    for part in content:
        if isinstance(part, Element):
            made.append(part)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + part
        else:
            made.text = (made.text or "") + part
    return made


def write(root: Element) -> str:
    """The element as text, everything escaped; without an XML declaration."""
    return legal(tostring(root, encoding="unicode"))
