"""A statement that is false as published, with the claim beside it that is right."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

import verify
from tests.cli.command_line import quick
from tests.cli.command_line import verify as command
from tests.spec.specs import GRID, TENTH, exact, rate, theorem
from verify import Corollary, Theorem, but
from verify.discovery import catalogue, load
from verify.errors import Finding
from verify.planning import BUDGETS, plan
from verify.provenance import Clock, provenance
from verify.sampling import Measured, Store, open_executor, sample
from verify.sequential import Examination, judge_claim
from verify.spec.claim import Samples
from verify.spec.lint import lint
from verify.verdict import Verdict
from verify.verification import result_of

PUBLISHED = {"bound": "n**(2/3)", "controls": (), "expect": Verdict.REFUTED}

FILE = '''
from verify import Design, Rate, Source, Theorem, but

GRID = Design(sweep={{"n": [8, 16, 32, 64, 128, 256, 512, 1024]}})


def error(n):
    """The error, exactly."""
    return n**-0.5


def claim(id, bound, **fields):
    return Rate(
        id, measure=error, bound=bound, relation="Theta", scope="the thing itself",
        designs=(GRID,), **fields,
    )


THEOREM = Theorem(
    id="published",
    title="False as published",
    source=Source("nobody2026", where="Theorem 1"),
    statement="n^{{-1}}",
    assumptions=(),
    claims=(
        claim("printed", "1/n", expect="REFUTED", corrected="right"),
        claim("right", "{bound}", controls=(but("tenth", "off by a tenth", bound="{tenth}"),)),
    ),
)
'''


def _wrong(**changes: Any) -> Any:
    return rate(**{"id": "printed", "corrected": "upper", **PUBLISHED, **changes})


def _findings(wrong: Any, *others: Any) -> list[Finding]:
    return lint(theorem(wrong, *(others or (rate(),))))


def _only(found: list[Finding]) -> str:
    assert [one.code for one in found] == ["corrected"], [str(one) for one in found]
    return str(found[0])


def test_a_false_statement_needs_no_control_but_the_claim_that_is_right() -> None:
    assert _findings(_wrong()) == []
    (found,) = _findings(_wrong(corrected=""))
    assert found.code == "no-control"


@pytest.mark.parametrize(("name", "hint"), [("uper", "did you mean"), ("printed", "known:")])
def test_the_other_claim_is_one_of_the_theorem_and_not_the_same(name: str, hint: str) -> None:
    text = _only(_findings(_wrong(corrected=name)))
    assert f"found corrected={name!r}; expected another claim of the theorem. {hint}" in text
    assert "upper" in text.partition(hint)[2]


@pytest.mark.parametrize("expect", [Verdict.HOLDS, Verdict.INCONCLUSIVE])
def test_only_a_claim_that_is_expected_to_be_refuted_is_corrected(expect: Verdict) -> None:
    text = _only(_findings(_wrong(expect=expect)))
    assert f"in a claim that is expected to be {expect}; expected a claim that is exp" in text


def test_a_claim_that_is_corrected_takes_no_control() -> None:
    off = but("off", "off by a tenth", bound="n**(17/30)")
    text = _only(_findings(_wrong(controls=(off,))))
    assert "corrected='upper' in a claim that has a but(...)" in text
    assert "without controls of its own" in text


def test_the_claim_that_corrects_is_of_the_same_kind_and_expected_to_hold() -> None:
    other = Corollary("upper", scope="the bound", bound="n", growth=1, along={"n": 1})
    text = _only(_findings(_wrong(), other))
    assert "found 'upper', a Corollary that is expected to be HOLDS; expected a Rate" in text
    both_wrong = rate(expect=Verdict.REFUTED)
    assert "'upper', a Rate that is expected to be REFUTED" in _only(
        _findings(_wrong(), both_wrong)
    )


@pytest.mark.parametrize("value", [None, 3, "two words"])
def test_it_is_an_identifier(value: Any) -> None:
    found = _findings(_wrong(corrected=value, controls=(TENTH,)))
    assert "wrong-value" in [one.code for one in found]


def test_corollaries_correct_one_another() -> None:
    facts = {"scope": "the bound", "bound": "n**(1/2)", "along": {"n": 1}}
    wrong = Corollary("printed", growth="2/3", corrected="right", expect=Verdict.REFUTED, **facts)
    right = Corollary("right", growth="1/2", **facts)
    assert lint(theorem(wrong, right)) == []
    found = _judged(theorem(wrong, right), {})
    assert [one.verdict for one in found.outcomes] == [Verdict.REFUTED, Verdict.HOLDS]
    assert (found.outcomes[0].corrected, found.exit_code) == ("right", 0)


@pytest.fixture
def published(tmp_path: Path) -> str:
    text = FILE.format(bound="n**(-1/2)", tenth="n**(-2/5)")
    (tmp_path / "published.py").write_text(text, encoding="utf-8")
    return "published.py"


def test_a_run_is_as_expected_and_says_which_claim_is_right(
    published: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = quick(tmp_path, published)
    assert run.code == 0
    assert "printed: REFUTED" in run.out
    assert "  corrected by: right (HOLDS)" in run.out
    monkeypatch.chdir(tmp_path)
    result = verify.run("published.py", budget="quick", workers=1)
    assert (result.as_expected, result.exit_code) == (True, 0)
    assert result.verdict is Verdict.REFUTED


def test_show_says_which_claim_is_right(published: str, tmp_path: Path) -> None:
    run = command(tmp_path, "show", published)
    assert run.code == 0
    assert "  expected: REFUTED\n  corrected by: right\n" in run.out


def test_one_claim_is_run_with_the_one_that_corrects_it(published: str, tmp_path: Path) -> None:
    """It is its control."""
    alone = quick(tmp_path, f"{published}:printed")
    assert alone.code == 0
    assert "right (HOLDS)" in alone.out
    other = quick(tmp_path, f"{published}:right")
    assert other.code == 0
    assert "printed" not in other.out


@pytest.mark.parametrize("bound", ["n**(-4/5)", "n**(-1)"])
def test_a_correction_that_does_not_hold_fails_the_run(bound: str, tmp_path: Path) -> None:
    text = FILE.format(bound=bound, tenth=f"{bound}*n**(1/10)")
    (tmp_path / "published.py").write_text(text, encoding="utf-8")
    run = quick(tmp_path, "published.py")
    assert run.code == 1
    assert "corrected by: right (REFUTED)" in run.out
    assert quick(tmp_path, "published.py:printed").code == 1


def test_a_published_claim_that_holds_after_all_fails_the_run(tmp_path: Path) -> None:
    text = FILE.format(bound="n**(-1/2)", tenth="n**(-2/5)").replace('"1/n"', '"n**(-1/2)"')
    (tmp_path / "published.py").write_text(text, encoding="utf-8")
    assert quick(tmp_path, "published.py").code == 1


def _origin() -> Any:
    words = {"spec": "", "budget": "quick", "command": ""}
    return provenance(Clock(), seed=0, samples=0, folder=Path.cwd(), **words)


def _judged(theorem: Theorem, samples: Samples) -> Any:
    outcomes = [judge_claim(claim, samples) for claim in theorem.claims]
    return result_of(theorem, Examination(outcomes, Measured(samples)), _origin())


def _verdicts(theorem: Theorem, samples: Samples) -> Any:
    """The outcomes without what is expected of them."""
    found = _judged(theorem, samples)
    return found.verdict, [
        replace(one, expected=Verdict.HOLDS, corrected="") for one in found.outcomes
    ]


def _silent(theorem: Theorem) -> Theorem:
    """The theorem with every `expect` deleted, and what needs one."""
    claims = []
    for claim in theorem.claims:
        said = {name: getattr(claim, name) for name in claim.fields()}
        del said["expect"], said["corrected"]
        claims.append(type(claim)(**said).replaced({}, claim.place))
    return theorem.replaced({"claims": tuple(claims)}, theorem.place)


@pytest.mark.parametrize("entry", catalogue(), ids=lambda entry: entry.id)
def test_deleting_every_expectation_leaves_the_verdicts(
    entry: verify.discovery.Entry, tmp_path: Path
) -> None:
    found = load(entry)
    with Store(tmp_path / "store.sqlite") as store, open_executor(1) as executor:
        measured = sample(plan(found, BUDGETS["quick"]), 0, store, executor, fresh=False)
    assert _verdicts(_silent(found), measured.samples) == _verdicts(found, measured.samples)


@pytest.mark.parametrize("power", [1 / 2, 2 / 3, 3 / 5])
def test_deleting_the_expectations_of_a_false_statement_leaves_the_verdicts(power: float) -> None:
    """Also where they are not met."""
    pair = theorem(_wrong(measure=exact), rate(measure=exact, designs=(GRID,)))
    samples = {
        cell: np.array([dict(cell.at)["n"] ** power])
        for claim in pair.claims
        for cell in claim.cells()
    }
    told = _verdicts(pair, samples)
    assert told == _verdicts(_silent(pair), samples)
    verdicts = [one.verdict for one in told[1]]
    assert (verdicts == [Verdict.REFUTED, Verdict.HOLDS]) is (power == 1 / 2)
