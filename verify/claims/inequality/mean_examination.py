"""A noisy value on its instances and over the box, and what fresh replicates say of the worst."""

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from verify.claims.exact.survey import surveyed
from verify.claims.inequality.declaration import InequalityDeclaration
from verify.claims.inequality.examination import Examination
from verify.claims.inequality.excess import Extreme
from verify.claims.inequality.means import Mean, counterexample, means
from verify.claims.inequality.noise import Noisy
from verify.claims.inequality.search import searched
from verify.claims.inequality.worst import Case, cases, cases_of, starts, worst
from verify.errors import InputError
from verify.verdict import Judgement, Reason, Verdict, conjunction, judge_distance


def examined_means(claim: InequalityDeclaration, level: float) -> Examination:
    """The means at the worst instances and at the best peaks, each of fresh replicates."""
    asked = Noisy(claim)
    survey = surveyed(claim, asked)
    found = Examination(instances=len(survey.answers), detail=survey.detail, failed=survey.failed)
    if survey.failed:
        return found
    chosen = worst(cases(survey))
    try:
        if claim.box:
            search = searched(claim, starts(cases(survey)))
            found = attrs.evolve(found, evaluations=search.evaluations)
            if search.failure:
                return attrs.evolve(found, detail=search.failure, failed=True)
            chosen += worst(cases_of(search, asked.quick))
        return _judged(claim, found, chosen, level)
    except InputError as error:
        return attrs.evolve(found, detail=str(error), failed=True)


def _judged(
    claim: InequalityDeclaration, found: Examination, chosen: Sequence[Case], level: float
) -> Examination:
    places: list[Mapping[str, Any]] = []
    for one in chosen:
        if one.data not in places:
            places.append(dict(one.data))
    fresh = means(claim, places, level)
    judged = conjunction(judge_distance(max(one.low, 0.0), one.high, claim.margin) for one in fresh)
    refuted = judged.verdict is Verdict.REFUTED
    most = max(fresh, key=lambda one: one.low)
    by = {str(one.data): one.found for one in chosen}
    return attrs.evolve(
        found,
        cases=[_case(one, by[str(one.data)]) for one in fresh],
        judged=Judgement(judged.verdict, Reason.COUNTEREXAMPLE) if refuted else judged,
        counterexample=counterexample(claim, most) if refuted else None,
    )


def _case(one: Mean, found: str) -> Case:
    extreme = Extreme(one.side, one.excess, one.value, one.bound)
    return Case(extreme, one.data, found, (one.low, one.high))
