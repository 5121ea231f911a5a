"""HOLDS, REFUTED or INCONCLUSIVE, why, and on what evidence: the order of judgement.

A claim HOLDS when the interval lies inside the indifference zone about the predicted exponent;
otherwise it is REFUTED when the interval excludes the exponent on the forbidden side; otherwise it
is INCONCLUSIVE.  HOLDS is asked first: with a sharp interval a truth inside the zone but off the
exponent would pass both questions.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum

import attrs


class Verdict(StrEnum):
    """What is said of a claim."""

    HOLDS = "HOLDS"
    REFUTED = "REFUTED"
    INCONCLUSIVE = "INCONCLUSIVE"


class Evidence(StrEnum):
    """What a verdict rests on."""

    PROVED = "proved"
    EXACT = "exact computation"
    STATISTICAL = "statistical"
    SEARCHED = "searched"


class Relation(StrEnum):
    """How a quantity compares with its bound as the variables grow."""

    O = "O"  # noqa: E741 - the field's own symbol
    OMEGA = "Omega"
    THETA = "Theta"


class Reason(StrEnum):
    """Why a verdict came out as it did."""

    HOLDS = "holds"
    WITHIN_MARGIN = "holds_within_margin"
    NOT_TIGHT = "holds_not_tight"
    EXCLUDED = "excluded"
    WIDTH = "width"
    REPLICATES = "replicates"
    MODEL = "model"
    GRID = "grid"
    CONTROL = "control"
    VACUOUS = "vacuous_control"
    MEASUREMENT = "measurement"
    TIME = "time"
    PROVED = "proved"
    WITNESS = "witness"
    UNDECIDED = "undecided"
    SIMPLIFIED = "simplified"
    INSTANCES = "instances"
    COUNTEREXAMPLE = "counterexample"
    PRECISION = "precision"
    UNPROVED = "unproved"
    CONTRADICTION = "contradiction"
    ENCLOSED = "enclosed"


EXPLANATION = {
    Reason.HOLDS: "the interval lies inside the margin about the prediction",
    Reason.WITHIN_MARGIN: "inside the margin, though the interval excludes the prediction itself",
    Reason.NOT_TIGHT: "the bound holds, and is not tight here",
    Reason.EXCLUDED: "the interval excludes the prediction on the forbidden side",
    Reason.WIDTH: "the interval is wider than the margin: take more doublings, a measurement with "
    "less noise, or more replicates",
    Reason.REPLICATES: "too few replicates to know the noise: take a larger budget",
    Reason.MODEL: "no member of the nuisance family describes the points: look for a crossover, "
    "a rounding lattice or a wrong statistic",
    Reason.GRID: "the maximum lies at the end of its grid: widen the grid, or declare the end "
    "closed",
    Reason.CONTROL: "a control that must be refuted is inconclusive: the check is too blunt",
    Reason.VACUOUS: "a control that must be refuted holds: the check cannot fail",
    Reason.MEASUREMENT: "a measurement failed",
    Reason.TIME: "time was up before all of its cells had replicates",
    Reason.PROVED: "decided in exact arithmetic, with a certificate",
    Reason.WITNESS: "decided in exact arithmetic, with a witness",
    Reason.UNDECIDED: "the algebra found neither a proof nor a witness: logs would have to break a "
    "tie of powers",
    Reason.SIMPLIFIED: "a simplifier decides it, and numbers agree to fifty digits",
    Reason.INSTANCES: "it holds on every instance that was looked at",
    Reason.COUNTEREXAMPLE: "there is an instance on which it does not hold",
    Reason.PRECISION: "undecided: rounding hides whether it holds on some instance",
    Reason.UNPROVED: "no proof was found, and there are no instances",
    Reason.CONTRADICTION: "the instances agree with the claim and the expression of the proof does "
    "not: they state different things",
    Reason.ENCLOSED: "balls enclose it within its bounds on the whole box",
}


@attrs.frozen
class Judgement:
    """A verdict with its reason."""

    verdict: Verdict
    reason: Reason


LEVEL = 0.97
"""Confidence level of every printed interval; a true claim is refuted in the rest of cases."""


def inconclusive(reason: Reason) -> Judgement:
    """No verdict, because of `reason`."""
    return Judgement(Verdict.INCONCLUSIVE, reason)


@attrs.frozen
class Interval:
    """What is known of an exponent: an interval, and the masses of its law about the prediction."""

    low: float
    high: float
    below: float
    above: float


def judge(
    found: Interval,
    predicted: float,
    relation: Relation,
    margin: float,
    level: float = LEVEL,
) -> Judgement:
    """The verdict on one exponent by itself, from an interval of `level`."""
    if _inside(found, predicted, relation, margin):
        return Judgement(Verdict.HOLDS, _how(found, predicted, relation, margin))
    if p_value(found, relation) < 1 - level:
        return Judgement(Verdict.REFUTED, Reason.EXCLUDED)
    return inconclusive(Reason.WIDTH)


def _inside(found: Interval, predicted: float, relation: Relation, margin: float) -> bool:
    from_above = relation is Relation.OMEGA or found.high <= predicted + margin
    from_below = relation is Relation.O or found.low >= predicted - margin
    return from_above and from_below


def _how(found: Interval, predicted: float, relation: Relation, margin: float) -> Reason:
    """A HOLDS that excludes the prediction says so: on the forbidden side, or by a wide berth."""
    too_large = found.low > predicted and relation is not Relation.OMEGA
    too_small = found.high < predicted and relation is not Relation.O
    if too_large or too_small:
        return Reason.WITHIN_MARGIN
    beyond = found.high < predicted - margin or found.low > predicted + margin
    return Reason.NOT_TIGHT if beyond else Reason.HOLDS


def judge_distance(low: float, high: float, margin: float) -> Judgement:
    """The verdict on a distance from what is predicted, by its interval; 0 says that they agree."""
    if high <= margin:
        return Judgement(Verdict.HOLDS, Reason.WITHIN_MARGIN if low > 0 else Reason.HOLDS)
    if low > 0:
        return Judgement(Verdict.REFUTED, Reason.EXCLUDED)
    return inconclusive(Reason.WIDTH)


def p_value(found: Interval, relation: Relation) -> float:
    """Of the prediction: twice the mass of the exponent's law on the allowed side, at most 1."""
    mass = {
        Relation.O: found.below,
        Relation.OMEGA: found.above,
        Relation.THETA: min(found.below, found.above),
    }
    return min(1.0, 2 * mass[relation])


def holm(
    parts: Sequence[Judgement], p_values: Sequence[float], level: float = LEVEL
) -> list[Judgement]:
    """The parts of one claim, without the refutations that their number does not allow.

    Holm (Scand. J. Statist. 1979): the i-th smallest of m p-values is compared with 1 - level
    over m - i + 1, up to the first that is not below.  The chance that any true part is refuted
    stays below 1 - level.
    """
    kept, order = list(parts), sorted(range(len(parts)), key=p_values.__getitem__)
    allowed = True
    for rank, index in enumerate(order):
        allowed = allowed and p_values[index] * (len(parts) - rank) < 1 - level
        if not allowed and kept[index].verdict is Verdict.REFUTED:
            kept[index] = inconclusive(Reason.WIDTH)
    return kept


def conjunction(parts: Iterable[Judgement]) -> Judgement:
    """The verdict on a claim that states all of its parts: the worst of them.

    That all parts hold is an intersection-union test and needs no correction for their number.
    """
    rank = [Verdict.REFUTED, Verdict.INCONCLUSIVE, Verdict.HOLDS]
    notable = [Reason.WITHIN_MARGIN, Reason.NOT_TIGHT]
    return min(parts, key=lambda j: (rank.index(j.verdict), j.reason not in notable))


def conviction(parts: Iterable[Judgement]) -> Judgement:
    """The verdict on a control, which must be refuted in every part.

    Stricter than a conjunction: a part on which the control holds is a part on which the claim
    was not really tested.
    """
    rank = [Verdict.HOLDS, Verdict.INCONCLUSIVE, Verdict.REFUTED]
    return min(parts, key=lambda j: rank.index(j.verdict))


def tempered(claim: Judgement, controls: Iterable[Verdict]) -> Judgement:
    """The verdict on a claim in the light of its controls.

    Controls show that the check could have failed, so they limit what HOLDS is worth; a
    refutation stands by itself.
    """
    found = set(controls)
    if claim.verdict is not Verdict.HOLDS:
        return claim
    if Verdict.HOLDS in found:
        return inconclusive(Reason.VACUOUS)
    if Verdict.INCONCLUSIVE in found:
        return inconclusive(Reason.CONTROL)
    return claim
