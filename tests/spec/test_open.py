"""A claim that this machine cannot decide: judged and printed, and not in the exit code."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rich.console import Console

import verify
from tests.spec.specs import rate, theorem
from verify import Corollary, Verdict, but, testing
from verify.planning import BUDGETS, plan
from verify.report import FORMATS
from verify.report.json import to_json
from verify.report.terminal import show
from verify.spec.lint import lint
from verify.verdict import Reason

WHY = "four more doublings of n"
WRONG = {"bound": "n**(3/5)", "controls": (but("tenth", "off by a tenth", bound="n**(7/10)"),)}


def wide(rng: np.random.Generator, size: int, n: int) -> np.ndarray:
    """Grows like the root of n, with so much noise that no budget of a test decides."""
    return rng.lognormal(0, 2, size) * n**0.5


def broken(rng: np.random.Generator, size: int, n: int) -> np.ndarray:
    """Cannot be measured."""
    raise RuntimeError("no such machine")


@pytest.fixture(autouse=True)
def _room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _run(*claims: Any) -> verify.Result:
    return verify.run(theorem(*claims), budget="quick", seed=0, workers=1)


def test_it_is_judged_and_does_not_hold_up_the_theorem() -> None:
    without = _run(rate(), rate(id="far", measure=wide))
    assert without.exit_code == 3
    assert without.verdict is Verdict.INCONCLUSIVE
    result = _run(rate(), rate(id="far", measure=wide, open=WHY))
    assert result.claims["far"].verdict is Verdict.INCONCLUSIVE
    assert result.claims["far"].open == WHY
    assert result.exit_code == 0
    assert result.as_expected
    assert result.verdict is Verdict.HOLDS


def test_it_does_not_fail_it_either_and_its_verdict_is_the_same() -> None:
    wrong = {"id": "far", **WRONG}
    without, result = _run(rate(), rate(**wrong)), _run(rate(), rate(**wrong, open=WHY))
    assert without.claims["far"].verdict is result.claims["far"].verdict is Verdict.REFUTED
    assert (without.exit_code, result.exit_code) == (1, 0)
    assert result.verdict is Verdict.HOLDS


def test_where_all_are_open_the_verdict_is_theirs() -> None:
    result = _run(rate(measure=wide, open=WHY))
    assert (result.verdict, result.exit_code) == (Verdict.INCONCLUSIVE, 0)


def test_a_measurement_that_fails_is_told_all_the_same() -> None:
    result = _run(rate(measure=broken, open=WHY))
    assert result.claims["upper"].reason is Reason.MEASUREMENT
    assert result.exit_code == 4


def test_it_is_given_an_eighth_of_the_replicates() -> None:
    for budget, count in (("quick", 32), ("standard", 128), ("full", 1024)):
        found = plan(theorem(rate(measure=wide, open=WHY)), BUDGETS[budget])
        assert set(found.replicates.values()) == {count}


@pytest.mark.parametrize("value", [None, True, " "])
def test_it_is_a_sentence(value: Any) -> None:
    (found,) = lint(theorem(rate(open=value)))
    assert "expected a sentence that says what would decide it" in str(found)


@pytest.mark.parametrize("expect", [Verdict.REFUTED, Verdict.INCONCLUSIVE])
def test_nothing_is_expected_of_it(expect: Verdict) -> None:
    (found,) = lint(theorem(rate(open=WHY, expect=expect)))
    assert found.code == "open"
    assert f"open='{WHY}' in a claim that is expected to be {expect}" in str(found)
    assert "expected a claim of which nothing is expected" in str(found)


def test_what_is_decided_exactly_is_not_open() -> None:
    claim = Corollary("root", scope="the bound", bound="n", growth=1, along={"n": 1}, open=WHY)
    (found,) = lint(theorem(claim))
    assert found.code == "open"
    assert "in a Corollary; expected a claim that is measured" in str(found)


def test_every_report_says_what_would_decide_it() -> None:
    result = _run(rate(), rate(id="far", measure=wide, open=WHY))
    texts = {name: "".join(form.files([result], "page").values()) for name, form in FORMATS.items()}
    texts |= {"json": to_json([result]).decode(), "terminal": _shown(result)}
    for name, text in texts.items():
        if name != "badge":
            assert WHY in text, name
            assert "expected HOLDS" not in text, name
            assert "HOLDS was expected" not in text, name


def _shown(result: verify.Result) -> str:
    stream = io.StringIO()
    show(result, Console(file=stream, width=200))
    return stream.getvalue()


def test_the_battery_asks_nothing_of_it() -> None:
    testing.comes_out_as_expected_and_every_control_bites(
        theorem(rate(), rate(id="far", **WRONG, open=WHY))
    )
    with pytest.raises(AssertionError, match="far REFUTED, expected HOLDS"):
        testing.comes_out_as_expected_and_every_control_bites(
            theorem(rate(), rate(id="far", **WRONG))
        )
