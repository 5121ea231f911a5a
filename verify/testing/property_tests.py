"""The exact claims of a theorem as tests of their own, most of them Hypothesis tests."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from verify.claims import Corollary
from verify.claims.exact import ExactDeclaration
from verify.claims.exact.reading import ExactQuestion, Reading, is_counterexample
from verify.errors import InputError
from verify.report.decisive import listed, shortened
from verify.report.kinds import account
from verify.spec import Claim, Theorem
from verify.spec.control import Control
from verify.spec.instance import written
from verify.spec.known import Known
from verify.spec.lint import refuse_faults
from verify.verdict import Verdict

Test = Callable[..., None]


def property_tests(theorem: Theorem) -> dict[str, Test]:
    """Tests of the exact claims of a theorem by name, for a module of tests to collect::

        globals().update(verify.testing.property_tests(THEOREM))

    A claim that is expected to hold has `test_THEOREM_CLAIM`, a Hypothesis test on instances of
    `given` and the `box` under the user's own settings, or a plain one where nothing is drawn; its
    proof has `test_THEOREM_CLAIM_proof`.  No worst case is looked for.  A claim with another
    expectation, one on means, a corollary, and each control as `test_THEOREM_CLAIM_but_CONTROL`
    have a test that passes if the verdict is the expected one.
    Raises SpecError for a theorem with faults, InputError for one without exact claims.
    """
    refuse_faults(theorem)
    tests = [test for claim in theorem.claims for test in _tests(theorem, claim)]
    if not tests:
        kinds = ", ".join(sorted({type(claim).__name__ for claim in theorem.claims}))
        raise InputError(
            f"theorem {theorem.id!r} has claims of the kinds {kinds}; expected one that is exact: "
            "Identity, Inequality or Corollary. check_theorem tests the others"
        )
    found: dict[str, Test] = {}
    for test in tests:
        if found.setdefault(test.__name__, test) is not test:
            raise InputError(f"two tests are called {test.__name__}; rename a claim or a control")
    return found


def _tests(theorem: Theorem, claim: Claim) -> Iterator[Test]:
    """The tests of a claim and of its controls; none of one that is sampled."""
    if not isinstance(claim, ExactDeclaration | Corollary):
        return
    name = f"test_{theorem.id}_{claim.id}"
    if isinstance(claim, ExactDeclaration) and claim.expect == Verdict.HOLDS:
        yield from _stated(claim, name)
    else:
        yield _named(_judged(claim), name, claim.scope)
    for control in claim.controls:
        yield _named(_refuted(claim, control), f"{name}_but_{control.id}", control.why)


def _stated(claim: ExactDeclaration, name: str) -> Iterator[Test]:
    """The tests of an exact claim that is expected to hold: on instances, and of its proof.

    One on means is judged as it is in a run.
    """
    question = claim.question
    if question is not None:
        test = _named(_on_an_instance(claim, question), name, claim.scope)
        yield _drawing(claim.strategies, test) if claim.strategies else test
    elif claim.proof is None:
        yield _named(_judged(claim), name, claim.scope)
    if claim.proof is not None:
        yield _named(_proved(claim), f"{name}_proof", f"{claim.scope}: the proof")


def _drawing(strategies: Mapping[str, Any], test: Test) -> Test:
    """A Hypothesis test, which has the settings that are current."""
    import hypothesis  # noqa: PLC0415 - slow to load

    drawing: Test = hypothesis.given(**strategies)(test)
    return drawing


def _named(test: Test, name: str, says: str) -> Test:
    test.__name__, test.__doc__ = name, says
    return test


def _on_an_instance(claim: ExactDeclaration, question: ExactQuestion) -> Test:
    def test(**drawn: Any) -> None:
        texts = written(drawn, drawn.values())
        data = {name: json.loads(text) for name, text in zip(drawn, texts, strict=True)}
        reading = question.read(data)
        if not reading.holds:
            raise AssertionError(_against(claim, question, data, reading))

    return test


def _proved(claim: ExactDeclaration) -> Test:
    def test() -> None:
        found = claim.attempted()
        if found is not None and found.outcome != "proved":
            raise AssertionError(f"{_head(claim)}: {found.sentence}")

    return test


def _judged(claim: Claim) -> Test:
    def test() -> None:
        found = claim.judge({})
        if found.verdict != claim.expect:
            told = [f"{_head(claim)}: expected {claim.expect}", *account(found)]
            raise AssertionError("\n".join(told))

    return test


def _refuted(claim: Claim, control: Control) -> Test:
    def test() -> None:
        found = claim.judge_control(control, {})
        if found.verdict is not Verdict.REFUTED:
            head = f"{control.place}: control {control.id!r} of {claim.id!r} is {found.verdict}"
            why = f"{found.reason}; {control.why}"
            raise AssertionError(f"{head} ({why}); expected REFUTED")

    return test


def _against(
    claim: ExactDeclaration, question: ExactQuestion, data: dict[str, Any], reading: Reading
) -> str:
    """What an instance says against a claim, and Python that shows it."""
    where = shortened(listed(data))
    head = f"{_head(claim)}: {claim.statement} at {where}" if data else _head(claim)
    if not is_counterexample(question, data):
        return f"{head} is undecided: {question.doubt(data, reading)}"
    found = question.counterexample(Known.of(data), replayed=False)
    return f"{head} is false ({reading.text}); {found.check}\n{found.code}"


def _head(claim: Claim) -> str:
    return f"{claim.place}: claim {claim.id!r}"
