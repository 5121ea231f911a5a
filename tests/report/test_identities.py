"""What every format tells of an identity: instances, proof, counterexample and its code."""

import msgspec
import pytest
from rich.console import Console

from verify.claims import IdentityOutcome
from verify.pytest_items import _line
from verify.report import FORMATS
from verify.report.figure import claim_pictures, sheet, strip
from verify.report.html import to_html
from verify.report.json import to_json
from verify.report.kinds import account, kind_of
from verify.report.markdown import to_markdown
from verify.report.terminal import show
from verify.result import Result

from .identity_outcomes import FOUND, control, held, open_ball, proved, refuted
from .variants import HOSTILE, claiming

AGAINST = (
    "counterexample x=-1.0, slopes=[1, 2]: the residual is 2; confirmed: in 50 digits it is 2.0"
)
LARGEST = "64 instances, in doubles: largest relative residual 3.3e-16, stated to 12 digits"


BARE = msgspec.structs.replace(FOUND, instance={})


@pytest.fixture(scope="module")
def result(real: Result) -> Result:
    found = held(), proved(), refuted(), open_ball()
    return claiming(real, *found, theorem="identities", title="Identities")


def _details(claim: IdentityOutcome) -> list[str]:
    return kind_of(claim).details(claim)


def test_the_details_are_the_proof_the_instances_and_what_is_against_it() -> None:
    assert _details(held()) == [LARGEST]
    assert _details(proved()) == [proved().proof, LARGEST]
    assert _details(refuted())[1:] == [AGAINST]
    assert "counterexample: the residual is 2;" in _details(refuted(counterexample=BARE))[1]
    assert _details(open_ball()) == [
        "64 instances, in balls: |residual| at most 2e-06, width 1e-30",
        open_ball().detail,
    ]


def test_an_instance_alone_and_none() -> None:
    assert _details(held(instances=1))[0].startswith("1 instance, in doubles")
    assert _details(held(instances=0, worst=None, digits=None)) == []


def test_an_unconfirmed_counterexample_says_so() -> None:
    one = msgspec.structs.replace(FOUND, confirmed=None, check="not computed in 50 digits: why")
    assert (
        "; not confirmed: not computed in 50 digits: why"
        in _details(refuted(counterexample=one))[1]
    )


def test_a_replayed_counterexample_says_so(real: Result) -> None:
    one = msgspec.structs.replace(FOUND, replayed=True)
    words = "; replayed: an earlier run found it, and the draws of this one do not"
    claim = refuted(counterexample=one, controls=[control(counterexample=one)])
    assert _details(claim)[1] == AGAINST + words
    page = to_html([claiming(real, claim)])
    assert words in page
    assert "The counterexample of any as Python, replayed from an earlier run" in page
    assert words in to_markdown([claiming(real, claim)])


def test_long_data_are_cut_in_a_sentence() -> None:
    one = msgspec.structs.replace(FOUND, instance={"x": [1.5] * 200})
    assert len(_details(refuted(counterexample=one))[1]) < 260


def test_an_account_has_the_code() -> None:
    found = account(refuted())
    assert found[0] == "root(x) = 0"
    assert found[1].startswith("REFUTED (expected HOLDS): counterexample: there is an instance")
    assert "    print(root(x=mpf(-1.0)))" in found
    assert found[-1] == "evidence: searched; the root itself"


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_tells_it(name: str, result: Result) -> None:
    text = "\n".join(FORMATS[name].files([result], f"identities.{name}").values())
    if name != "badge":
        for claim in result.outcomes:
            assert claim.id in text
            assert claim.verdict in text
    if name in ("html", "markdown", "github", "junit"):
        assert "print(root(x=mpf(-1.0)))" in text
        assert "to 50 digits at 5 points" in text
    if name == "latex":
        assert "root(x) = 0" in text


def test_the_terminal_tells_it(result: Result) -> None:
    console = Console(record=True, width=140, file=None, force_terminal=False, quiet=False)
    with console.capture() as captured:
        show(result, console)
    text = captured.get()
    assert f"  {AGAINST}\n      from mpmath import mpf, workdps\n" in text
    assert "controls: any REFUTED" in text


def test_markdown_has_the_code_in_a_block(result: Result) -> None:
    assert f"```python\n{FOUND.code}\n```" in to_markdown([result])


def test_the_page_has_the_counterexamples_of_the_controls_too(result: Result) -> None:
    page = to_html([result])
    assert "The counterexample as Python" in page
    assert "The counterexample of any as Python" in page


def test_json_has_the_payload_and_reads_back(result: Result) -> None:
    text = to_json([result])
    found = msgspec.json.decode(text)["claims"][2]
    assert (found["kind"], found["digits"], found["width"]) == ("identity", 12, None)
    assert (found["instances"], found["worst"], found["proof"]) == (64, 2.0, "")
    assert found["counterexample"]["instance"] == {"x": -1.0, "slopes": [1, 2]}
    assert found["counterexample"]["code"] == FOUND.code
    assert msgspec.json.decode(text, type=Result) == result


def test_the_rows_of_a_result_have_its_numbers(result: Result) -> None:
    row = result.rows()[0]
    names = "kind", "predicted", "estimate", "verdict", "evidence"
    assert [row[name] for name in names] == ["identity", 0.0, 3.3e-16, "HOLDS", "searched"]


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
    assert _line("roots:root", held()) == f"roots:root  HOLDS  {LARGEST}"
    assert _line("roots:proved", proved()) == f"roots:proved  HOLDS  {proved().proof}"
