"""Twenty known statements hold, and all of their twins are refuted, by code that shows it."""

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import mpmath
import pytest

from tests.spec.specs import theorem
from verify.spec.lint import lint
from verify.testing import property_tests
from verify.verdict import Evidence, Reason, Verdict

from .identities import IDENTITIES
from .inequalities import INEQUALITIES

ROOT = Path(__file__).parents[3]
CLAIMS = {claim.id: claim for claim in (*IDENTITIES, *INEQUALITIES)}
PROVED = {"decay_inside_the_root", "odds_ratio", "cauchy_schwarz", "mills"}
ATTAINED = {
    *("lse_and_max", "top_gap", "hessian_by_norm", "hessian_by_diameter"),
    *("hoelder", "means", "cauchy_schwarz", "jensen"),
}

LONGEST = 120
"""Characters of a counterexample as JSON: seven numbers or fewer, of few digits each."""


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proofs in this process, which is quicker than one of their own."""
    for kind in ("identity.declaration", "inequality.inequality", "inequality.judgement"):
        name = f"verify.claims.{kind}.apart"
        monkeypatch.setattr(name, lambda attempt, proof: attempt(proof), raising=False)


@cache
def _twin(name: str) -> Any:
    """What became of the twin of a claim."""
    claim = CLAIMS[name].drawn(1)
    return claim.judge_control(claim.controls[0], {})


def test_there_are_twenty_and_each_is_sound() -> None:
    assert len(CLAIMS) == 20
    assert lint(theorem(*CLAIMS.values(), assumptions=())) == []


@pytest.mark.parametrize("name", CLAIMS)
def test_the_right_one_is_proved_or_nothing_is_found_against_it(name: str) -> None:
    outcome: Any = CLAIMS[name].drawn(1).judge({})
    assert outcome.verdict is Verdict.HOLDS
    assert (outcome.evidence is Evidence.PROVED) == (name in PROVED)
    assert outcome.counterexample is None
    if outcome.reason is Reason.ENCLOSED:
        return
    if name in {claim.id for claim in IDENTITIES}:
        assert outcome.worst <= 10.0**-outcome.digits
    else:
        assert 0.9 < outcome.worst_ratio <= 1 + 1e-15
        assert (outcome.worst_ratio >= 1 - 1e-9) == (name in ATTAINED)


@pytest.mark.parametrize("name", CLAIMS)
def test_its_twin_is_refuted_by_a_simple_instance(name: str) -> None:
    outcome = _twin(name)
    assert outcome.verdict is Verdict.REFUTED
    one = outcome.counterexample
    assert one.confirmed is True
    assert len(one.code.splitlines()) <= 10
    text = json.dumps(one.instance)
    assert len(text) <= LONGEST, text
    for number in re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", text):
        assert float(number) * 16 == int(float(number) * 16), text


def test_the_code_of_every_twin_shows_it_to_fifty_digits() -> None:
    """In one new interpreter, each with a namespace of its own."""
    codes = [_twin(name).counterexample.code for name in CLAIMS]
    for code in codes:
        precision = re.search(r"workdps\((\d+)\)|ctx\.prec = (\d+)", code)
        assert precision is not None
        assert int(precision[1] or 0) >= 50 or int(precision[2]) >= 100
    program = f"for code in {codes!r}:\n    exec(code, {{}})\n    print('---')"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name, text in zip(CLAIMS, done.stdout.split("---\n"), strict=False):
        numbers = [mpmath.mpf(one) for one in re.findall(r"-?\d+\.\d+(?:e[+-]?\d+)?", text)]
        if name in {claim.id for claim in IDENTITIES}:
            assert abs(numbers[0]) > 1e-3, (name, text)
        else:
            assert numbers[0] > numbers[-1] * (1 + mpmath.mpf("1e-3")), (name, text)


def test_they_are_property_tests_too() -> None:
    tests = property_tests(theorem(*CLAIMS.values(), assumptions=()))
    stated = [name for name in tests if "_but_" not in name and not name.endswith("_proof")]
    assert len(stated) == 20
