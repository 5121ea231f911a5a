"""An exact value on its instances, in balls over the box, and where a search leads."""

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from verify.claims.exact.reading import is_counterexample
from verify.claims.exact.survey import Survey, surveyed
from verify.claims.inequality.bounded import Bounded
from verify.claims.inequality.declaration import InequalityDeclaration
from verify.claims.inequality.enclosure import Enclosure, enclosed, left
from verify.claims.inequality.excess import Extreme
from verify.claims.inequality.outcome import InequalityCounterexample
from verify.claims.inequality.search import Search, searched
from verify.claims.inequality.simplicity import simplest
from verify.claims.inequality.worst import Case, cases, cases_of, starts, worst
from verify.errors import InputError
from verify.spec.known import Known
from verify.verdict import Judgement

EQUAL = 1e-12
"""By how much two ratios that are taken for the same may differ."""


@attrs.frozen
class Examination:
    """What is known of the value: its worst cases, and what is wrong with it.

    `detail` says what is undecided, or what kept the value from being computed (`failed`).  A noisy
    value is `judged` by its means.
    """

    instances: int = 0
    evaluations: int = 0
    cases: Sequence[Case] = ()
    enclosure: Enclosure | None = None
    counterexample: InequalityCounterexample | None = None
    detail: str = ""
    failed: bool = False
    judged: Judgement | None = None


def examined(claim: InequalityDeclaration) -> Examination:
    """Random instances, then the whole box in balls, then a search where that leaves it open.

    What is known to have refuted before counts where nothing else refutes: so that what a run finds
    itself is the same whatever is known.
    """
    asked = Bounded(claim)
    survey = surveyed(claim, asked)
    found = _examined(asked, survey)
    if claim.box:
        found = attrs.evolve(found, cases=[_simple(asked, case) for case in worst(found.cases)])
    if survey.replayed and survey.refuting is not None and found.counterexample is None:
        return _refuted(asked, found, survey.refuting, replayed=True)
    return found


def _examined(asked: Bounded, survey: Survey) -> Examination:
    """What a run finds itself."""
    claim = asked.claim
    found = Examination(
        instances=len(survey.answers),
        cases=cases(survey),
        detail=survey.detail,
        failed=survey.failed,
    )
    if survey.refuting is not None and not survey.replayed:
        return _refuted(asked, found, survey.refuting, replayed=False)
    if survey.failed or not claim.box:
        return found
    if claim.arithmetic == "ball" and not claim.given:
        found = _enclosed(asked, found)
        closed = found.enclosure is not None and found.enclosure.proves
        if closed or found.failed or found.detail or found.counterexample is not None:
            return found
    return _searched(asked, found)


def _enclosed(asked: Bounded, found: Examination) -> Examination:
    """With what balls say of the whole box."""
    data = found.cases[0].data
    if doubles := asked.doubles(data):
        return attrs.evolve(found, detail=doubles)
    told = asked.comparing(data)
    enclosure = left(asked.claim, told) if told else enclosed(asked.claim)
    found = attrs.evolve(found, enclosure=enclosure)
    if enclosure.failed:
        return attrs.evolve(found, detail=enclosure.told, failed=True)
    violation = enclosure.violation
    if violation is None or not is_counterexample(asked, violation):
        return found
    return _refuted(asked, found, Known.of(violation), replayed=False)


def _searched(asked: Bounded, found: Examination) -> Examination:
    """With the worst cases of a search, each of them checked."""
    search = searched(asked.claim, starts(found.cases))
    found = attrs.evolve(found, evaluations=search.evaluations)
    try:
        found = attrs.evolve(found, cases=[*found.cases, *cases_of(search, asked.read)])
    except InputError as error:
        return attrs.evolve(found, detail=str(error), failed=True)
    for peak in search.peaks:
        if is_counterexample(asked, dict(peak.data)):
            return _refuted(asked, found, Known.of(peak.data), replayed=False)
    if search.failure:
        return attrs.evolve(found, detail=search.failure, failed=True)
    return attrs.evolve(found, detail=found.detail or _doubt(asked, search))


def _doubt(asked: Bounded, search: Search) -> str:
    """Why what the search found does not decide: it was led by rounding; empty if it does."""
    for peak in search.peaks:
        data = dict(peak.data)
        reading = asked.read(data)
        where = ", ".join(f"{name} = {value}" for name, value in data.items())
        if reading.holds is None:
            return f"undecided at {where}: {asked.doubt(data, reading)}"
        if peak.excess > 10.0**-asked.claim.digits and asked.arithmetic == "float":
            told = asked.check(data).told
            beyond = f"in doubles a bound is exceeded by {peak.excess:.2g} of itself"
            return f"rounding led the search to {where}: {beyond}, {told}; take arithmetic='mpmath'"
    return ""


def _simple(asked: Bounded, case: Case) -> Case:
    """A worst case with the simplest numbers of the box at which the ratio is as large."""

    def extreme(data: Mapping[str, Any]) -> Extreme:
        sides = asked.read(data).sides
        return next(one for one in sides if one.side == case.extreme.side)

    def as_large(data: Mapping[str, Any]) -> bool:
        try:
            return extreme(data).excess >= case.extreme.excess - EQUAL
        except InputError:
            return False

    data = simplest(asked.claim.box, case.data, as_large)
    return attrs.evolve(case, data=data, extreme=extreme(data)) if data != case.data else case


def _refuted(asked: Bounded, found: Examination, known: Known, *, replayed: bool) -> Examination:
    """With a counterexample, whose numbers in the box are made as simple as they can be."""
    data = known.data
    if asked.claim.box:
        data = simplest(asked.claim.box, data, lambda one: is_counterexample(asked, one))
    choices = b"" if asked.claim.admits(data) else known.choices  # which draw the one before
    one = asked.counterexample(Known.of(data, choices), replayed=replayed)
    return attrs.evolve(found, counterexample=one)
