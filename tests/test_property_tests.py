"""Exact claims as tests: they pass where the claim does, and fail with an instance where not."""

import inspect
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies as st

from tests.claims.identities import (
    BUT,
    POSITIVE,
    REAL,
    any_root,
    broken,
    cancelled,
    cut,
    euler,
    halved,
    identity,
    machin,
    minus,
    positive_root,
    proof,
    pythagoras,
    raising,
    root,
)
from tests.claims.inequalities import inequality, parabola, shrunk_mean
from tests.spec.specs import rate, theorem
from verify import Corollary, Theorem, but
from verify.errors import InputError, SpecError
from verify.testing import property_tests

PAIR = {"x": REAL, "y": REAL}
OTHER = but("minus", "a wrong sign", residual=minus, given={"x": REAL})
TIGHT = but("tight", "below all of it", high=0.1)
POINT = but("point", "a wrong sign", proof=any_root)
NAME = "test_sound_one"


@pytest.fixture(autouse=True)
def profile() -> Iterator[None]:
    """Few instances, the same in each run, that leave nothing behind."""
    few = hypothesis.settings(max_examples=20, derandomize=True, database=None, deadline=None)
    hypothesis.settings.register_profile("few", few)
    hypothesis.settings.load_profile("few")
    yield
    hypothesis.settings.load_profile("default")


def _theorem(**changes: Any) -> Theorem:
    return theorem(identity(**changes), assumptions=())


def _tests(**changes: Any) -> dict[str, Callable[[], None]]:
    return property_tests(_theorem(**changes))


def _failure(name: str = NAME, **changes: Any) -> str:
    """The words with which a test fails, without Hypothesis' own."""
    with pytest.raises(AssertionError) as caught:
        _tests(**changes)[name]()
    return str(caught.value)


def test_a_claim_its_proof_and_its_controls_are_tests() -> None:
    found = _tests(proof=proof)
    assert list(found) == [NAME, f"{NAME}_proof", f"{NAME}_but_minus"]
    for name, test in found.items():
        assert test.__name__ == name
        assert test() is None  # type: ignore[func-returns-value]
    assert [test.__doc__ for test in found.values()] == [
        "the functions themselves",
        "the functions themselves: the proof",
        "a wrong sign",
    ]
    assert [hasattr(test, "hypothesis") for test in found.values()] == [True, False, False]


@pytest.mark.parametrize(
    "changes",
    [
        {"residual": root, "given": {"x": POSITIVE}},
        {"residual": euler, "arithmetic": "ball"},
        {"residual": machin, "given": {}, "arithmetic": "ball", "controls": (POINT,)},
    ],
)
def test_a_true_claim_passes_in_its_arithmetic(changes: dict[str, Any]) -> None:
    _tests(**changes)[NAME]()


def test_a_false_claim_fails_with_the_smallest_instance_and_its_code() -> None:
    text = _failure(residual=cut, given=PAIR, controls=(OTHER,))
    assert text.startswith("tests/claims/identities.py:")
    assert ": claim 'one': cut(x, y) = 0 at x=1.0, y=1.0 is false (2); in 50 digits" in text
    assert "\nfrom tests.claims.identities import cut\n" in text
    assert "    print(cut(x=mpf(1.0), y=mpf(1.0)))" in text


def test_hypothesis_says_which_example_falsifies_it() -> None:
    with pytest.raises(AssertionError) as caught:
        _tests(residual=root)[NAME]()
    assert any(f"{NAME}(\n" in note and "x=-1.0," in note for note in caught.value.__notes__)


def test_a_constant_fails_without_an_instance() -> None:
    text = _failure(residual=off_machin, given={}, arithmetic="ball", controls=(POINT,))
    assert "claim 'one' is false ([1.0000000" in text


def off_machin() -> Any:
    """A constant, and 1 more."""
    return machin() + 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"residual": cancelled}, "is undecided: it is "),
        ({"residual": halved, "arithmetic": "ball"}, "], halved makes a double of a ball"),
    ],
)
def test_what_rounding_hides_fails_as_undecided(changes: dict[str, Any], words: str) -> None:
    assert words in _failure(**changes)


def test_a_residual_that_raises_says_so() -> None:
    with pytest.raises(InputError, match="raising raised ValueError: no value here"):
        _tests(residual=raising)[NAME]()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [(any_root, "the expression of the proof is not zero at x = "), (broken, "by nothing")],
)
def test_a_proof_that_is_none_fails(
    wrong: Any, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verify.claims.identity.declaration.apart", lambda one, given: one(given))
    text = _failure(f"{NAME}_proof", proof=wrong)
    assert "claim 'one': " in text
    assert words in text


def test_a_control_that_is_not_refuted_fails() -> None:
    idle = but("root", "true for x > 0", residual=root)
    text = _failure(f"{NAME}_but_root", given={"x": POSITIVE}, controls=(idle,))
    assert (
        ": control 'root' of 'one' is HOLDS (instances; true for x > 0); expected REFUTED" in text
    )


def test_a_claim_that_is_to_be_refuted_passes_if_there_is_a_counterexample() -> None:
    right = identity(id="right", residual=root, given={"x": POSITIVE}, controls=(BUT,))
    for residual, passes in ((root, True), (pythagoras, False)):
        wrong = identity(residual=residual, expect="REFUTED", corrected="right", controls=())
        test = property_tests(theorem(wrong, right, assumptions=()))[NAME]
        if passes:
            test()
        else:
            with pytest.raises(AssertionError, match=r"claim 'one': expected REFUTED\npythagoras"):
                test()


def test_an_inequality_is_tested_on_its_box_and_a_mean_is_judged() -> None:
    low = but("low", "a quarter is attained", high=0.2)
    known = {"value": parabola, "box": {"x": (0, 1)}, "margin": 0.05, "controls": (low,)}
    for claim in (inequality(), inequality(**known, high=0.25)):
        tests = property_tests(theorem(claim, assumptions=()))
        assert list(tests) == [NAME, f"{NAME}_but_{claim.controls[0].id}"]
        for test in tests.values():
            test()
    with pytest.raises(AssertionError, match=r"claim 'one': expected HOLDS\nE\[parabola\(x\)\]"):
        property_tests(theorem(inequality(**known, high=0.22), assumptions=()))[NAME]()


def test_an_inequality_that_fails_has_its_excess_and_its_code() -> None:
    with pytest.raises(AssertionError) as caught:
        property_tests(theorem(inequality(high=shrunk_mean, controls=(TIGHT,))))[NAME]()
    text = str(caught.value)
    assert "claim 'one': geometric_mean(a, b) <= shrunk_mean(a, b) at a=1.0, b=1.0 is f" in text
    assert "is false (value - high = 0.1); in 50 digits value - high = 0.1\nfrom mpmath" in text


def test_a_corollary_is_a_plain_test() -> None:
    right = Corollary("slow", bound="n**(1/2)", by="n", cone=("n >= 1",), scope="all n")
    wrong = Corollary("fast", bound="n", by="n**(1/2)", cone=("n >= 1",), scope="all n")
    found = property_tests(theorem(right, wrong, rate(), assumptions=()))
    assert list(found) == ["test_sound_slow", "test_sound_fast"]
    found["test_sound_slow"]()
    with pytest.raises(AssertionError, match="claim 'fast': expected HOLDS\n"):
        found["test_sound_fast"]()


def test_the_settings_are_those_of_the_user() -> None:
    asked: list[int] = []
    drawn = {"n": st.integers().map(noted(asked))}
    test = _tests(residual=listening, given=drawn, controls=(OTHER,))[NAME]
    test()
    assert len(asked) == 20
    asked.clear()
    hypothesis.settings(max_examples=33)(test)()
    assert len(asked) == 33


def listening(n: int) -> int:
    """0."""
    return 0


def noted(asked: list[int]) -> Callable[[int], int]:
    """What notes every number that is drawn, within the range of data."""

    def note(n: int) -> int:
        asked.append(n)
        return n % 1000

    return note


def test_no_argument_is_left_for_a_fixture() -> None:
    for test in _tests(residual=cut, given=PAIR, controls=(OTHER,)).values():
        kinds = {one.kind for one in inspect.signature(test).parameters.values()}
        assert kinds <= {inspect.Parameter.VAR_KEYWORD}


def test_a_theorem_without_exact_claims_is_refused_in_words() -> None:
    with pytest.raises(InputError) as caught:
        property_tests(theorem(assumptions=()))
    assert str(caught.value) == (
        "theorem 'sound' has claims of the kinds Rate; expected one that is exact: Identity, "
        "Inequality or Corollary. check_theorem tests the others"
    )


def test_a_theorem_with_faults_is_refused_with_all_of_them() -> None:
    with pytest.raises(SpecError, match="found 'one' without residual and proof"):
        _tests(residual=None, given={})


def test_two_tests_of_one_name_are_refused() -> None:
    twin = identity(id="one_proof")
    with pytest.raises(InputError, match="two tests are called test_sound_one_proof; rename a"):
        property_tests(theorem(identity(proof=positive_root), twin, assumptions=()))


FILE = """
import unittest
import verify.testing
from tests.claims.identities import identity, pythagoras, root
from tests.spec.specs import theorem

THEOREM = theorem(identity(residual={residual}), assumptions=())
"""
MODULE = "globals().update(verify.testing.property_tests(THEOREM))\n"
CASE = """
class TestSound(unittest.TestCase):
    tests = verify.testing.property_tests(THEOREM)
    vars().update({name: staticmethod(test) for name, test in tests.items()})
"""


@pytest.fixture
def outside(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A folder of tests in which the claims of these ones can be imported."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
    return pytester


def test_pytest_collects_them_with_workers_and_a_seed(outside: pytest.Pytester) -> None:
    outside.makepyfile(test_right=FILE.replace("{residual}", "pythagoras") + MODULE)
    outside.makepyfile(test_wrong=FILE.replace("{residual}", "root") + MODULE)
    found = outside.runpytest_subprocess("-n", "2", "--hypothesis-seed", "7")
    found.assert_outcomes(passed=3, failed=1)
    found.stdout.fnmatch_lines(
        ["*claim 'one': root(x) = 0 at x=-1.0 is false (2);*", f"*{NAME}(*", "*x=-1.0,*"]
    )


def test_unittest_collects_them(outside: pytest.Pytester) -> None:
    outside.makepyfile(test_right=FILE.replace("{residual}", "pythagoras") + CASE)
    done = subprocess.run(
        [sys.executable, "-m", "unittest", "-v", "test_right"],
        cwd=outside.path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Ran 2 tests" in done.stderr
    assert f"{NAME}_but_minus" in done.stderr
