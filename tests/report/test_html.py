"""The page: everything that a result says, by itself, in good structure."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from msgspec.structs import replace

from verify.report.html import to_html
from verify.result import Result

from .variants import (
    claiming,
    everything,
    expected_refutation,
    failed,
    growing,
    rate,
    refuted,
    undecided,
    unknown,
    vacuous,
)

VOID = {"meta", "link", "br", "input"}


class Page(HTMLParser):
    """The elements of a page with their attributes and texts; complains of bad nesting."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.headings: list[tuple[int, str]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self.open:
            return
        self.texts.append(data)
        if any(re.fullmatch("h[1-6]", tag) for tag in self.open):
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def source(real: Result) -> str:
    return to_html([real])


@pytest.fixture(scope="module")
def page(source: str) -> Page:
    return Page(source)


@pytest.fixture(scope="module")
def index(real: Result) -> Page:
    return Page(to_html(everything(real)))


def test_it_says_what_the_theorem_says(page: Page, real: Result) -> None:
    for words in (
        real.theorem,
        real.title,
        real.source,
        real.statement,
        *real.assumptions,
        *real.assumptions.values(),
    ):
        assert " ".join(words.split()) in page.text
    assert "claims: 4 hold; as expected" in page.text


def test_it_says_what_became_of_each_claim(page: Page) -> None:
    for words in (
        "holds: the interval lies inside the margin about the prediction.",
        "n, d=1 HOLDS −1/3 −0.3333 [−0.3353, −0.3311] −0.3333 −0.3341 [−0.3342, −0.3341] holds",
        "parametric REFUTED n^{-1/2} is out of reach without a parametric model",
        "evidence statistical, up to 416 replicates a cell, margin 0.03",
        "scope the partitioning estimate, on a plane: a function that attains its rate",
        "uses iid, lipschitz, noise",
        "not tested d other than 1, 2",
        "declared at theorems/lipschitz_regression.py:",
        "Decided by exact algebra on the bounds; nothing is measured.",
    ):
        assert words in page.text


def test_it_says_how_to_repeat_the_run(page: Page, real: Result) -> None:
    origin = real.provenance
    for words in (origin.command, origin.spec, origin.machine, "seed 0", "budget quick"):
        assert words in page.text
    assert f"numpy {origin.versions['numpy']}" in page.text


def test_each_exponent_has_three_pictures_and_each_rate_a_strip(page: Page) -> None:
    plots = [one for one in page.all("svg") if one.get("class") == "plot"]
    assert len(plots) == 4 * 3 + 2
    assert all(one["role"] == "img" for one in plots)
    formulas = [one for one in page.all("svg") if one.get("class") == "formula"]
    assert [one["aria-label"] for one in formulas][1:] == [
        r"\mathrm{rms} = \Theta(n^{-1/(d + 2)})",
        r"\mathrm{value} = \Omega(n^{-1/(d + 2)})",
    ]


def test_the_points_are_there_as_numbers(page: Page, real: Result) -> None:
    point = rate(real).exponents[0].points[-1]
    assert f"{point.x:,.6g} {point.value:.6g} [{point.low:.6g}, {point.high:.6g}]" in page.text


def test_it_needs_neither_network_nor_script(source: str, page: Page) -> None:
    assert page.all("script") == []
    policy = next(one for one in page.all("meta") if "http-equiv" in one)
    assert policy["content"] == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert re.findall(r"https?:", source) == []
    assert re.findall(r"url\((?!#)|@import|src=", source) == []
    assert [one["href"] for one in page.all("link")] == ["data:,"]


@pytest.mark.parametrize("name", ["page", "index"])
def test_structure(name: str, request: pytest.FixtureRequest) -> None:
    """One h1, no level left out, unique ids, links that lead somewhere, heads for cells."""
    page: Page = request.getfixturevalue(name)
    levels = [level for level, _ in page.headings]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))
    assert all(text.strip() for _, text in page.headings)
    ids = [one["id"] for _, one in page.elements if "id" in one]
    assert len(ids) == len(set(ids))
    assert {one["href"][1:] for one in page.all("a")} <= set(ids)
    assert page.all("html") == [{"lang": "en"}]
    assert page.all("a")[0] == {"class": "skip", "href": "#main"}
    assert all("scope" in one for one in page.all("th"))


def test_several_results_have_an_index_that_narrows_without_script(
    index: Page, source: str, real: Result
) -> None:
    results = everything(real)
    rows = [one for one in index.all("tr") if "data-verdict" in one]
    sections = index.all("article")
    for group in (rows, sections):
        assert [one["data-verdict"] for one in group] == [one.verdict for one in results]
        assert [one["data-expected"] for one in group] == [
            "yes" if one.as_expected else "no" for one in results
        ]
    choices = [one["id"] for one in index.all("input")]
    assert choices == [
        *("show-all", "show-HOLDS", "show-REFUTED", "show-INCONCLUSIVE", "show-unexpected")
    ]
    for choice in choices[1:]:
        assert f"#{choice}:checked" in source


def test_one_result_has_no_index(page: Page) -> None:
    assert page.all("input") == []
    assert page.headings[0] == (1, "Regression of a Lipschitz function")


def test_a_theorem_twice_has_anchors_of_its_own(real: Result) -> None:
    light = claiming(real, real.outcomes[2])
    index = Page(to_html([light, light]))
    assert [one["id"] for one in index.all("article")] == [
        "theorem-lipschitz_regression",
        "theorem-lipschitz_regression-2",
    ]


def _tones(result: Result) -> list[tuple[str, str]]:
    """The classes and words of the verdicts, in the order of the page."""
    text = to_html([result])
    return re.findall(r'<span class="verdict (\w+)">(\w+)</span>', text)


def test_colours_are_about_what_was_expected(real: Result) -> None:
    assert set(_tones(growing(real))) == {("good", "HOLDS"), ("good", "REFUTED")}
    assert ("bad", "REFUTED") in _tones(refuted(real))
    assert _tones(expected_refutation(real))[0] == ("good", "REFUTED")
    assert _tones(undecided(real))[0] == ("open", "INCONCLUSIVE")
    assert ("bad", "HOLDS") in _tones(vacuous(real))
    assert _tones(failed(real))[0] == ("bad", "INCONCLUSIVE")


def test_what_is_open_refuted_vacuous_or_failed_is_said(real: Result) -> None:
    assert "HOLDS was expected." in Page(to_html([refuted(real)])).text
    wide = Page(to_html([undecided(real)])).text
    assert "(−∞, −0.3311]" in wide
    assert "width: the interval is wider than the margin" in wide
    assert "vacuous_control: a control that must be refuted holds" in (
        Page(to_html([vacuous(real)])).text
    )
    lost = Page(to_html([failed(real)])).text
    for words in (
        "There are no points.",
        "no data for error {n=512, d=1}",
        "Not measured",
        "ValueError: x < 0 & y .verify/failures/e.txt",
        "not measured",
    ):
        assert words in lost


def test_an_unknown_kind_shows_what_all_kinds_have(real: Result) -> None:
    text = Page(to_html([unknown(real)])).text
    assert "A claim of the kind “novelty”" in text
    for words in ("novel HOLDS", "evidence proved", "scope something new", "theorems/novel.py:7"):
        assert words in text


def test_a_statement_that_cannot_be_drawn_is_shown_as_source(real: Result) -> None:
    source = r"\begin{cases} a & b \end{cases}"
    page = Page(to_html([replace(claiming(real, real.outcomes[2]), statement=source)]))
    assert source in page.text
    assert not any(one.get("aria-label") == source for one in page.all("svg"))


def test_points_without_logarithms_are_listed_and_not_drawn(real: Result) -> None:
    claim = rate(real)
    row = claim.exponents[0]
    zero = replace(row, points=[replace(point, value=0.0) for point in row.points])
    result = claiming(real, replace(claim, exponents=[zero]))
    assert "The points have no logarithms, so nothing is drawn." in Page(to_html([result])).text


def test_the_bytes_are_the_same_every_time(source: str, real: Result) -> None:
    assert to_html([real]) == source


def test_a_report_is_small(source: str) -> None:
    assert len(source) < 200_000
