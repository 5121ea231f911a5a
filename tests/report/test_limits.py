"""What every format tells of a limit: the number, the curve, the law, and what would decide."""

import msgspec
import pytest
from msgspec.structs import replace
from rich.console import Console

from verify.claims.limit.outcome import LimitOutcome
from verify.pytest_items import _line
from verify.report import FORMATS
from verify.report.figure import claim_pictures, sheet, strip
from verify.report.html import to_html
from verify.report.json import to_json
from verify.report.kinds import account, kind_of
from verify.report.limit_lines import MOST_LINES
from verify.report.terminal import show
from verify.result import Result
from verify.verdict import Verdict

from .limit_outcomes import curve, law, number, unmeasured
from .variants import HOSTILE, claiming


@pytest.fixture(scope="module")
def result(real: Result) -> Result:
    return claiming(real, number(), curve(), law(), unmeasured(), theorem="limits", title="Limits")


def _cells(claim: LimitOutcome) -> list[tuple[str, ...]]:
    return [line.cells for line in kind_of(claim).lines(claim)]


def test_a_number_has_one_line() -> None:
    assert _cells(number()) == [
        ("n, d=1", "0.7979", "+0.7963", "[+0.7929, +0.7997]", "+0.7942"),
    ]


def test_a_curve_has_a_line_for_itself_and_one_for_each_of_a_few_places() -> None:
    head, *places = _cells(curve())
    assert head == (
        *("n, d=1, largest difference", "0", "+0.0500", "[+0.0400, +0.0600]", "+0.0500"),
    )
    assert [place[0] for place in places] == [f"n, d=1, t = {t}" for t in ("0.25", "0.5", "1")]
    many = curve(rows=[curve().rows[0]] * (MOST_LINES + 1))
    assert len(_cells(many)) == 1


def test_a_law_has_one_line_in_its_distance() -> None:
    assert [cells[0] for cells in _cells(law())] == ["n, d=1, Kolmogorov distance"]
    other = law(distance="wasserstein")
    assert [cells[0] for cells in _cells(other)] == ["n, d=1, Wasserstein distance"]


@pytest.mark.parametrize(("margin", "estimate"), [(3e-6, "+0.79630000"), (20, "+0.80")])
def test_the_margin_decides_the_digits(margin: float, estimate: str) -> None:
    assert _cells(number(margin=margin))[0][2] == estimate


def test_nothing_measured() -> None:
    assert _cells(unmeasured()) == [("n, d=1", "0.7979", "", "", "")]
    assert "n, d=1: predicted 0.7979, not estimated, INCONCLUSIVE" in account(unmeasured())
    assert "no data for level(n=64)" in account(unmeasured())


def test_the_details_say_what_it_rests_on_and_what_would_decide() -> None:
    found = kind_of(law()).details(law())
    assert found[0].startswith("about 9,000 replicates would decide")
    assert found[1].startswith("slowest_correction declared: known; without, INCONCLUSIVE")
    assert "at the end of the sweep, n = 8,192: +0.0200, 97 % interval [+0.0000, +0.0800]" in found
    assert found[-1].startswith("assumes corrections that decay")
    held = kind_of(number()).details(number())
    assert "9,123 replicates would do for one that is off by half of the margin" in held


def test_the_account_has_the_statement_and_the_evidence() -> None:
    found = account(number())
    assert found[0] == "mean of level -> 0.7979"
    numbers = "statistical, up to 128 replicates a cell, margin 0.03"
    assert found[-1] == f"evidence: {numbers}; the moment itself"


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_tells_it(name: str, result: Result) -> None:
    text = "\n".join(FORMATS[name].files([result], f"limits.{name}").values())
    if name != "badge":
        for claim in result.outcomes:
            assert claim.id in text
            assert claim.verdict in text
    if name in ("html", "markdown", "github", "junit"):
        assert "9,000 replicates would decide" in text.replace("%2C", ",")
        assert "Kolmogorov distance" in text
    if name == "latex":
        assert "n, d=1 & $0.7979$ & +0.7963 & $[\\num{0.7929}, \\num{0.7997}]$ & HOLDS" in text


def test_the_terminal_tells_it(result: Result) -> None:
    console = Console(record=True, width=140, file=None, force_terminal=False, quiet=False)
    with console.capture() as captured:
        show(result, console)
    text = captured.get()
    assert "n, d=1, largest difference" in text
    assert "about 9,000 replicates would decide" in text
    assert "controls: half REFUTED" in text


def test_json_has_the_payload_and_reads_back(result: Result) -> None:
    document = msgspec.json.decode(to_json([result]))
    found = document["claims"][0]
    wanted = "target", "estimate", "low", "high", "margin", "distance"
    assert {name: found[name] for name in wanted} == {
        "target": 0.7979, "estimate": 0.7963, "low": 0.7929, "high": 0.7997, "margin": 0.03,
        "distance": None,
    }  # fmt: skip
    assert found["kind"] == "limit"
    assert found["controls"][0]["target"] == 0.5
    assert document["claims"][1]["rows"][1]["at"] == {"t": 0.5}
    assert msgspec.json.decode(to_json([result]), type=Result) == result


def test_the_rows_of_a_result_have_its_numbers(result: Result) -> None:
    row = result.rows()[0]
    names = "kind", "variable", "predicted", "estimate", "verdict"
    assert [row[name] for name in names] == ["limit", "n", 0.7979, 0.7963, "HOLDS"]


def test_the_page_has_the_places_and_the_points_as_numbers(result: Result) -> None:
    page = to_html([result])
    assert "The 51 places as numbers" in page
    assert "The 4 points as numbers" in page
    assert "simultaneous 97 % interval" in page
    assert page.count('<div class="pictures">') == 3
    assert "There are no numbers." in page


def test_pictures_are_of_what_was_found() -> None:
    titles = [
        [one.title for one in claim_pictures(claim)[0]] for claim in (number(), curve(), law())
    ]
    assert titles == [
        ["The approach to the limit: absolute"],
        ["The limit and its target: path", "The difference from the target: path"],
        ["The difference from the target: law"],
    ]
    assert claim_pictures(unmeasured()) == []
    assert sheet(unmeasured()) is None
    assert strip(number()) is None


def test_pictures_have_their_numbers_in_words() -> None:
    ((approach,),) = claim_pictures(number())
    assert approach.description == (
        "4 points from 0.7375 at n = 16 to 0.7999 at n = 8,192; the limit is 0.7963, 97 % interval "
        "[0.7929, 0.7997]; the target is 0.7979, with a margin of 0.03."
    )
    shape, difference = claim_pictures(curve())[0]
    assert "the target lies in the band at 2 of them" in shape.description
    assert "reaches from −0.01 to 0.06; the margin is 0.03" in difference.description


@pytest.mark.parametrize("claim", [number(), curve(), law(), law(distance="wasserstein")],
                         ids=lambda one: f"{one.id}-{one.distance}")  # fmt: skip
def test_pictures_are_drawn_and_are_the_same_every_time(claim: LimitOutcome) -> None:
    for picture in claim_pictures(claim)[0]:
        svg = picture.inline("a")
        assert svg == picture.inline("a")
        assert svg.startswith("<svg")
        assert "nan" not in svg.replace("covariance", "")
        assert "target" in svg
    whole = sheet(claim)
    assert whole is not None
    assert whole.width == 376 * len(claim_pictures(claim)[0])


def test_the_margin_of_an_integral_is_not_drawn_as_one_of_a_curve() -> None:
    for name, drawn in (("kolmogorov", True), ("wasserstein", False)):
        ((picture,),) = claim_pictures(law(distance=name))
        assert (">margin<" in picture.inline("a")) is drawn


def test_a_curve_over_two_variables_is_drawn_place_by_place() -> None:
    rows = [replace(row, at={"s": 1.0, "t": t}) for t, row in enumerate(curve().rows)]
    (pictures,) = claim_pictures(curve(rows=rows))
    assert "3 places of s, t" in pictures[0].description


def test_a_shrinking_variable_has_its_limit_on_the_side_of_0() -> None:
    (row,) = number().rows
    points = [replace(point, x=1 / point.x) for point in row.points]
    claim = number(variable="h", rows=[replace(row, points=points)])
    ((picture,),) = claim_pictures(claim)
    assert "h → 0" in picture.inline("a")
    ((growing,),) = claim_pictures(number())
    assert "n → ∞" in growing.inline("a")


def test_the_line_of_pytest_has_the_number() -> None:
    assert _line("clt", number()) == "clt  HOLDS  n +0.7963 [+0.7929, +0.7997]"
    assert _line("clt", unmeasured()) == "clt  INCONCLUSIVE"


def test_a_hostile_statement_is_text(real: Result) -> None:
    claim = number(statement=HOSTILE, variable=HOSTILE, design=HOSTILE, detail=HOSTILE)
    page = to_html([claiming(real, claim)])
    assert "<script>alert" not in page
    assert claim.verdict is Verdict.HOLDS
