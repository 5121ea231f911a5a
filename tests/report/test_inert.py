"""A hostile text is inert in every format, and the checks of that notice when it is not."""

from collections.abc import Callable

import pytest

from verify.report import FORMATS, figure, github, html, latex, markdown, markup
from verify.report.figure.formula import formula
from verify.result import Result

from . import inertness
from .inertness import CHECKS
from .variants import HOSTILE, hostile, rate


def _render(name: str, result: Result) -> str:
    return FORMATS[name].files([result], f"report.{name}")[f"report.{name}"]


@pytest.mark.parametrize("name", FORMATS)
def test_a_hostile_text_is_inert_in_every_format(name: str, real: Result) -> None:
    assert CHECKS[name](_render(name, hostile(real))) == []


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "html"])
@pytest.mark.parametrize("text", ["[", "*", "", " ", "\\", "-->", "]]>", "%", "$", "{", "|", "`"])
def test_a_short_one_is_as_well(name: str, text: str, real: Result) -> None:
    """Where a text starts a row, a cell or an argument, a single character may matter."""
    objections = CHECKS[name](_render(name, hostile(real, text)))
    assert [one for one in objections if "whole 0 times of 0" not in one] == []


def test_pictures_keep_a_hostile_text_as_text(real: Result) -> None:
    claim = rate(hostile(real))
    for picture in (*figure.exponent_pictures(claim)[0], figure.forest_picture(claim)):
        for text in (picture.inline("a"), picture.file("a"), figure.sheet(claim).file("a")):
            assert inertness.xml(text) == []
            assert "<script" not in text


def test_a_formula_of_a_hostile_text_is_not_drawn() -> None:
    assert formula(HOSTILE) is None


def _without_escapes(patch: pytest.MonkeyPatch) -> None:
    made = html._environment()
    patch.setattr(html, "_environment", lambda: made.overlay(autoescape=False))


def _evaluated(patch: pytest.MonkeyPatch) -> None:
    """The page is taken for a template once more."""
    legal = html.legal
    patch.setattr(html, "legal", lambda text: legal(text).replace("{{1234567*8}}", "9876536"))


def _plain_markdown(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(markdown, "escape", lambda text: " ".join(text.split()))


def _piped_markdown(patch: pytest.MonkeyPatch) -> None:
    escape = markdown.escape
    patch.setattr(markdown, "escape", lambda text: escape(text).replace("\\|", "|"))


def _plain_latex(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(latex, "escape", lambda text: " ".join(text.split()))


def _plain_xml(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(markup, "legal", lambda text: text)


def _bare_github(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(github, "_MESSAGE", {})


def _loose_github(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(github, "_PROPERTY", github._MESSAGE)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("html", _without_escapes),
        ("html", _evaluated),
        ("markdown", _plain_markdown),
        ("markdown", _piped_markdown),
        ("latex", _plain_latex),
        ("junit", _plain_xml),
        ("badge", _plain_xml),
        ("github", _bare_github),
        ("github", _loose_github),
    ],
)
def test_a_seeded_fault_is_noticed(
    name: str,
    fault: Callable[[pytest.MonkeyPatch], None],
    real: Result,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fault(monkeypatch)
    assert CHECKS[name](_render(name, hostile(real))) != []
