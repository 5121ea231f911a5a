"""The pictures that theorems bring themselves: in pages, in files, from stored results."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from matplotlib.axes import Axes
from msgspec.structs import replace

from tests.spec.specs import theorem
from verify.cli.illustrations import illustrations_of
from verify.discovery import catalogue, load
from verify.errors import InputError
from verify.report import FORMATS
from verify.report.figure.illustrations import illustrated
from verify.report.figure.palette import CYCLE
from verify.report.markdown import to_markdown
from verify.result import Result
from verify.spec import Illustration
from verify.spec.lint import lint


def squares(axes: Axes) -> None:
    """Every colour once, and a shaded part."""
    for k in range(len(CYCLE)):
        axes.plot([1, 2, 3], [k, 4 + k, 9 + k], f"C{k}", label=f"k = {k}")
    axes.axvspan(1.5, 2, color="C0", alpha=0.2)
    axes.set(xlabel="x", ylabel="x squared", xscale="log")
    axes.legend()


def broken(axes: Axes) -> None:
    """What a slip in a drawing does."""
    raise ValueError(f"no {len(axes.lines)} lines")


def of_nothing() -> None:
    """Takes no axes."""


PICTURE = Illustration("squares", "Squares & more", "Parabolas <one> above the other.", squares)


@pytest.mark.parametrize("name", ["html", "markdown"])
def test_a_page_shows_them_with_their_words(name: str, real: Result) -> None:
    form, own = FORMATS[name], {real.theorem: (PICTURE,)}
    files = form.files([real], f"x.{name}", own)
    page = files[f"x.{name}"]
    assert "Parabolas &lt;one&gt; above the other." in page
    assert page != form.files([real], f"x.{name}")[f"x.{name}"]
    beside = f"x--{real.theorem}-squares.svg"
    assert (beside in files) == form.files_beside == (beside in page)
    drawn = files.get(beside, page)
    assert "Squares &amp; more</title>" in drawn
    assert all(f"s-{colour.name}" in drawn for colour in CYCLE)


def test_a_page_without_a_stem_names_no_files(real: Result) -> None:
    assert "squares" not in to_markdown([real], illustrations={real.theorem: (PICTURE,)})


def test_a_drawing_that_raises_is_told_by_its_place() -> None:
    picture = illustrated(Illustration("wrong", "Wrong", "nothing", broken))
    with pytest.raises(InputError, match=r"drawing 'wrong' raised ValueError: no 0 lines") as found:
        picture.inline("a")
    assert "test_illustrations.py:" in str(found.value)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"draw": of_nothing}, "a function of one argument, matplotlib axes"),
        ({"draw": 3}, "expected a function of matplotlib axes"),
        ({"width": 20}, "expected pixels, from 200 to 1200"),
        ({"shows": ""}, "what is to be seen"),
    ],
)
def test_lint_finds_a_wrong_one(changes: dict[str, Any], words: str) -> None:
    fields: dict[str, Any] = {"id": "one", "title": "One", "shows": "a line", "draw": squares}
    (found,) = lint(theorem(illustrations=(Illustration(**{**fields, **changes}),)))
    assert words in str(found)


@pytest.mark.parametrize(("end", "label"), [(1000.0, "10³"), (3.0, ">2.5<")])
def test_a_logarithmic_axis_has_plain_labels(end: float, label: str) -> None:
    draw = partial(_logarithmic, end=end)
    drawn = illustrated(Illustration("log", "Log", "a line", draw)).inline("a")
    assert label in drawn
    assert "$" not in drawn


def _logarithmic(axes: Axes, end: float) -> None:
    axes.loglog([1, end], [1, 1e6])


def test_lint_finds_two_of_one_name() -> None:
    (found,) = lint(theorem(illustrations=(PICTURE, PICTURE)))
    assert "an illustration 'squares' twice" in str(found)


def test_stored_results_get_those_of_the_announced_theorem(
    real: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not those of a theorem that has changed since, and none of a file that nobody announced."""
    shown = theorem(id=real.theorem, illustrations=(PICTURE,))
    monkeypatch.setattr("verify.cli.illustrations.load", lambda entry: shown)
    monkeypatch.setattr("verify.cli.illustrations.theorem_digest", lambda _: real.provenance.spec)
    assert illustrations_of([real]) == {real.theorem: (PICTURE,)}
    assert illustrations_of([replace(real, theorem="of_a_stranger")]) == {}
    old = replace(real, provenance=replace(real.provenance, spec="another"))
    assert illustrations_of([old]) == {}


def test_the_library_draws_what_it_declares() -> None:
    """Every illustration of the library can be drawn."""

    for entry in catalogue():
        for one in load(entry).illustrations:
            assert "<svg" in illustrated(one).inline("a"), Path(one.place)
