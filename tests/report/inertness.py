"""Whether a hostile text is inert in a report: what each language would have made of it.

Each function returns what it objects to; an empty list means that the text is nothing but text.
"""

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from markdown_it import MarkdownIt
from markdown_it.token import Token

from verify.report.markup import REPLACEMENT

from .variants import HOSTILE

EVALUATED = re.compile(rf"</script>49|&lt;/script&gt;49|{1234567 * 8}")
"""What an evaluated template would leave behind; 49 may well be part of a measured number."""

TAGS = {
    *("html", "head", "meta", "link", "title", "style", "body", "a", "main", "article", "header"),
    *("section", "h1", "h2", "h3", "h4", "h5", "p", "code", "pre", "span", "strong", "br", "div"),
    *("dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td", "details"),
    *("summary", "fieldset", "legend", "label", "input"),
    *("svg", "desc", "g", "defs", "path", "use", "text", "clippath", "rect"),
}
"""The elements that our own templates and drawings use."""


def seen(text: str) -> str:
    """A text as people see it: without control characters or their stand-in, with single blanks."""
    shown = (c for c in text if c.isspace() or (c.isprintable() and c != REPLACEMENT))
    return " ".join("".join(shown).split())


VISIBLE = seen(HOSTILE)
CUT = re.compile(r"<script>alert[^…]{0,60}…")


def whole(*texts: str) -> list[str]:
    """Objections to texts in which the hostile one is missing, or broken into pieces.

    Pictures may cut it, with an ellipsis.
    """
    shown = [CUT.sub("", seen(text)) for text in texts]
    starts = sum(text.count("<script>alert") for text in shown)
    complete = sum(text.count(VISIBLE) for text in shown)
    return [] if starts == complete > 0 else [f"the text is whole {complete} times of {starts}"]


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.objections: list[str] = []
        self.texts: list[str] = []
        self.style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.style = tag == "style"
        if tag not in TAGS:
            self.objections.append(f"an element <{tag}>")
        for name, value in attrs:
            if name.startswith("on"):
                self.objections.append(f"an attribute {name}")
            outside = not (value or "").startswith(("#", "data:,"))
            if name in ("href", "src", "action", "xlink:href") and outside:
                self.objections.append(f"{name}={value}")

    def handle_endtag(self, tag: str) -> None:
        self.style = False

    def handle_data(self, data: str) -> None:
        if not self.style:
            self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.objections.append(f"a comment {data[:20]}")

    def unknown_decl(self, data: str) -> None:
        self.objections.append(f"a declaration {data[:20]}")


def html(page: str) -> list[str]:
    """Objections to a page: elements and attributes that are not ours, a computed template."""
    reader = _Page()
    reader.feed(page)
    reader.close()
    return reader.objections + list(_computed(page)) + whole("".join(reader.texts))


def xml(document: str) -> list[str]:
    """Objections to an XML document that has the text in it: it does not parse, or says 49."""
    try:
        root = ET.fromstring(document)
    except ET.ParseError as error:
        return [f"not well-formed: {error}"]
    names = {node.tag.rpartition("}")[2].lower() for node in root.iter()}
    ours = TAGS | {"testsuites", "testsuite", "testcase", "properties", "property", "failure"}
    extra = names - ours - {"error", "skipped", "system-out", "system-err"}
    texts = [text for node in root.iter() for text in (node.text or "", *node.attrib.values())]
    found = [f"an element <{name}>" for name in sorted(extra)] + list(_computed(document))
    return found + whole(*texts)


def markdown(text: str) -> list[str]:
    """Objections to Markdown: HTML, links, foreign images, broken tables, headings too many."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    flat = [part for token in tokens for part in (token, *(token.children or ()))]
    kinds = [token.type for token in flat]
    bad = ("html_inline", "html_block", "link_open", "hr", "blockquote_open", "em_open", "s_open")
    found = [f"a {kind}" for kind in kinds if kind in bad]
    images = [token.attrs["src"] for token in flat if token.type == "image"]
    found += [f"an image {unquote(str(one))}" for one in images if not _own(str(one))]
    if kinds.count("heading_open") != HEADINGS:
        found.append(f"{kinds.count('heading_open')} headings")
    rows = _rows(kinds)
    found += [f"a row of {row} cells under {heads}" for heads, row in rows if row != heads]
    blocks = [_words(token) for token in tokens if token.type in ("inline", "fence")]
    return found + list(_computed(text)) + whole(*blocks)


HEADINGS = 7
"""Of a result with four claims and a failure: title, claims, failures, provenance."""


def latex(text: str) -> list[str]:
    r"""Objections to LaTeX: \input, unbalanced braces, a row with too many cells, odd dollars."""
    body = re.sub(r"^%.*$", "", text, flags=re.MULTILINE)
    found = ["\\input"] if re.search(r"\\(input|include|write|def|catcode)", body) else []
    plain = re.sub(r"\\[\\{}$&#_%]", "", body)
    found += ["unbalanced braces"] if plain.count("{") != plain.count("}") else []
    found += ["an odd dollar"] if plain.count("$") % 2 else []
    found += ["a comment"] if "%" in plain else []
    found += [f"a bare {c!r}" for c in "#~" if c in plain]
    found += ["a control character"] if any(not c.isprintable() and c != "\n" for c in text) else []
    for line in body.splitlines():
        cells = re.sub(r"\\&", "", line).count("&")
        spread = 3 if r"\multicolumn" in line else 0
        if line.endswith(r" \\") and cells + spread != 5:
            found.append(f"a row of {cells + 1} cells")
    return found + list(_computed(text))


def github(text: str) -> list[str]:
    """Objections to workflow commands: a line that is none, a text that is not read back whole."""
    lines = text.split("\n")
    found = [] if lines.pop() == "" else ["no end of line"]
    for line in lines:
        head, _, message = line.removeprefix("::").partition("::")
        level, _, properties = head.partition(" ")
        named = [part.partition("=") for part in properties.split(",")]
        known = [name in ("file", "line", "title") and "=" in sign for name, sign, _ in named]
        if not line.startswith("::") or level not in ("error", "warning", "notice"):
            found.append(f"not a command: {line[:60]}")
        elif not all(known) or any(":" in value for _, _, value in named):
            found.append(f"not properties: {properties}")
        else:
            found += whole(*(unquote(value) for _, _, value in named), unquote(message))
    return found + list(_computed(text))


CHECKS: dict[str, Callable[[str], list[str]]] = {
    "html": html,
    "markdown": markdown,
    "latex": latex,
    "junit": xml,
    "badge": xml,
    "github": github,
}


def _computed(text: str) -> Iterator[str]:
    """Objections to a template that was evaluated."""
    if EVALUATED.search(text):
        yield "a template was evaluated"


def _words(token: Token) -> str:
    """The text of a block, as it is shown."""
    parts = token.children if token.children is not None else [token]
    return "".join(" " if part.type == "softbreak" else part.content for part in parts)


def _own(source: str) -> bool:
    return re.fullmatch(r"report-[A-Za-z0-9_-]+\.svg", source) is not None


def _rows(kinds: list[str]) -> Iterator[tuple[int, int]]:
    """For each row of each table, the cells of its heading and its own."""
    heads = row = 0
    for kind in kinds:
        match kind:
            case "table_open":
                heads = 0
            case "tr_open":
                row = 0
            case "th_open":
                heads += 1
            case "td_open":
                row += 1
            case "tr_close" if row:
                yield heads, row
