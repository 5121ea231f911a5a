"""What every format tells of an inequality: the worst cases, the box, proof, counterexample."""

import msgspec
import pytest
from rich.console import Console

from verify.claims import InequalityOutcome
from verify.claims.inequality import EnclosureRow
from verify.pytest_items import _line
from verify.report import FORMATS
from verify.report.figure import claim_pictures, sheet, strip
from verify.report.html import to_html
from verify.report.json import to_json
from verify.report.kinds import account, kind_of
from verify.report.latex import to_latex
from verify.report.markdown import to_markdown
from verify.report.terminal import show
from verify.result import Result

from .inequality_outcomes import FOUND, HIGH, LOW, enclosed, held, noisy, open_box, proved, refuted
from .variants import HOSTILE, claiming

LOOKED = "64 instances and a search of 18,000 evaluations, in doubles"
ATTAINED = "low: attained at z=[0.0, 9.0], eps=0.01, found by the search: value 0.0 against low 0.0"
LARGEST = "high: largest ratio 0.93, at z=[0.0, 1.0], eps=1.0: value 0.93 against high 1.0"
AGAINST = (
    "counterexample z=[0.0, 1.0], eps=1.0: the value is 0.6931 and high is 0.6238; confirmed: "
    "in 50 digits value - high = 0.069"
)


@pytest.fixture(scope="module")
def result(real: Result) -> Result:
    found = held(), proved(), enclosed(), open_box(), refuted(), noisy()
    return claiming(real, *found, theorem="inequalities", title="Inequalities")


def _details(claim: InequalityOutcome) -> list[str]:
    return kind_of(claim).details(claim)


def test_the_details_are_what_was_looked_at_and_the_worst_case_of_each_bound() -> None:
    assert _details(held()) == [LOOKED, ATTAINED, LARGEST]
    assert (
        _details(held(evaluations=0, extremes=[HIGH], instances=1))[0] == "1 instance, in doubles"
    )
    assert _details(held(instances=0, extremes=[], worst_ratio=None)) == []


def test_proofs_come_first() -> None:
    assert _details(proved())[0] == proved().proof
    assert _details(enclosed())[0] == (
        "proved: 1,234 evaluations in balls enclose it within its bounds on the whole box"
    )
    assert _details(open_box())[0] == (
        "20,000 evaluations in balls leave 12 parts of the box undecided, 1.23 % of its volume; "
        "the worst is z in [[0.0, 0.5], [0.0, 0.5]], eps in [0.01, 0.25]: where a bound is "
        "attained or violated, or nearly so, no enclosure decides"
    )
    row = EnclosureRow(evaluations=0, undecided=1, share=1.0, hull={}, told="gap compares balls")
    assert _details(held(enclosure=row))[0] == "the box was not enclosed: gap compares balls"


def test_a_counterexample_says_how_it_was_checked() -> None:
    assert _details(refuted())[-1] == AGAINST
    one = msgspec.structs.replace(FOUND, confirmed=None, check="not computed in 50 digits: why")
    assert "; not confirmed: not computed in" in _details(refuted(counterexample=one))[-1]
    old = msgspec.structs.replace(FOUND, replayed=True)
    assert "; replayed: an earlier run found it" in _details(refuted(counterexample=old))[-1]


def test_a_mean_has_its_interval() -> None:
    looked, row = _details(noisy())
    assert looked.endswith(", in doubles: means, with a margin of 0")
    assert row.startswith("high: ratio 1.02, 97 % interval [0.99, 1.05], at x=0.5, found by the se")
    one = msgspec.structs.replace(
        FOUND, confirmed=None, check="the mean of 64 fresh replicates", low=0.05, high=0.2
    )
    told = _details(refuted(counterexample=one, margin=0.0))[-1]
    assert told.endswith(
        "ratio 1.11111, 97 % interval [1.05, 1.2]; the mean of 64 fresh replicates"
    )


def test_long_data_are_cut_in_a_sentence() -> None:
    long = msgspec.structs.replace(LOW, at={"x": [1.5] * 200})
    assert len(_details(held(extremes=[long]))[1]) < 260


def test_an_account_has_the_code() -> None:
    found = account(refuted())
    assert found[0] == "0 <= gap(z, eps) <= 1"
    assert found[1].startswith("REFUTED (expected HOLDS): counterexample: there is an instance")
    assert "from mine import gap, less" in found
    assert found[-1] == "evidence: searched; two values"


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_tells_it(name: str, result: Result) -> None:
    text = "\n".join(FORMATS[name].files([result], f"inequalities.{name}").values())
    if name != "badge":
        for claim in result.outcomes:
            assert claim.id in text
            assert claim.verdict in text
    if name in ("html", "markdown", "github", "junit"):
        assert "from mine import gap, less" in text
        assert "largest ratio 0.93" in text


def test_a_table_of_latex_has_the_largest_ratio(result: Result) -> None:
    text = to_latex([result])
    assert r"0 \textless{}= gap(z, eps) \textless{}= 1; largest ratio 1.11111" in text


def test_the_terminal_tells_it(result: Result) -> None:
    console = Console(record=True, width=140, file=None, force_terminal=False, quiet=False)
    with console.capture() as captured:
        show(result, console)
    text = captured.get()
    assert f"  {LOOKED}\n  {ATTAINED}\n  {LARGEST}\n" in text
    assert f"  {AGAINST}\n      from mpmath import mpf, workdps\n" in text
    assert "controls: less REFUTED" in text


def test_markdown_has_the_code_in_a_block(result: Result) -> None:
    assert f"```python\n{FOUND.code}\n```" in to_markdown([result])


def test_the_page_has_the_counterexamples_of_the_controls_too(result: Result) -> None:
    page = to_html([result])
    assert "The counterexample as Python" in page
    assert "The counterexample of less as Python" in page


def test_json_has_the_payload_and_reads_back(result: Result) -> None:
    text = to_json([result])
    found = msgspec.json.decode(text)["claims"]
    assert (found[0]["kind"], found[0]["worst_ratio"]) == ("inequality", 1.0)
    assert found[0]["extremes"][0]["at"] == {"z": [0.0, 9.0], "eps": 0.01}
    assert found[3]["enclosure"]["share"] == 0.0123
    assert found[4]["counterexample"]["code"] == FOUND.code
    assert msgspec.json.decode(text, type=Result) == result


def test_the_rows_of_a_result_have_the_largest_ratio(result: Result) -> None:
    names = "kind", "predicted", "estimate", "high", "verdict", "evidence"
    row = result.rows()[4]
    assert [row[name] for name in names] == [
        "inequality", None, 10 / 9, 1.0, "REFUTED", "searched"
    ]  # fmt: skip


def test_there_are_no_pictures() -> None:
    assert claim_pictures(refuted()) == []
    assert sheet(refuted()) is None
    assert strip(held()) is None


def test_hostile_data_are_text(real: Result) -> None:
    one = msgspec.structs.replace(FOUND, instance={"x": HOSTILE})
    result = claiming(real, refuted(counterexample=one))
    for text in (to_html([result]), to_markdown([result])):
        assert "<script>alert" not in text


def test_the_line_of_pytest() -> None:
    assert _line("soft:gap", held()) == f"soft:gap  HOLDS  largest ratio 1; {LOOKED}"
    assert _line("soft:proved", proved()) == f"soft:proved  HOLDS  {proved().proof}"
    assert _line("soft:e", enclosed()).startswith("soft:e  HOLDS  proved: 1,234 evaluations in")
