"""One data set of a law, estimated and judged as any claim is."""

from functools import lru_cache
from zlib import crc32

import attrs
import numpy as np

from verify.calibration.profile import profile
from verify.calibration.zoo import MARGIN, WRONG, Law, Setting
from verify.claims import Rate
from verify.claims.rate.nuisance import family_in, plain
from verify.claims.rate.rows import judge_exponent
from verify.inference.exponent import exponent
from verify.inference.family import Family
from verify.inference.points import Points, sampled_points
from verify.inference.statistic import Mean
from verify.spec import Design
from verify.verdict import Relation, Verdict


@attrs.frozen
class Trial:
    """What became of one data set; `profile_...` are those of the reference interval.

    A claim is false when its exponent is off by WRONG on the forbidden side; `refuted` and `holds`
    say of each relation whether a false claim is refuted and whether the true one holds.
    """

    low: float
    high: float
    covered: bool
    model_rejected: bool
    false_refuted: bool
    false_holds: bool
    refuted_o: bool
    refuted_omega: bool
    holds_o: bool
    holds_omega: bool
    holds_theta: bool
    profile_width: float
    profile_covered: bool
    profile_refuted_o: bool
    profile_refuted_omega: bool


def trial(law: Law, setting: Setting, seed: int, index: int) -> Trial:
    """The data set number `index` of a law; it depends on nothing else."""
    claims, family = _claims(law, setting)
    (design,), truth = claims[Relation.O].designs, law.power
    points = plain(claims[Relation.O], design, _points(law, setting, seed, index))
    found = exponent(points, family)
    verdict = {
        (relation, off): judge_exponent(found, points, truth + off, claim)[0].verdict
        for relation, claim in claims.items()
        for off in (-WRONG, 0, WRONG)
    }
    low, high = profile(points, family)
    wrong = (Relation.O, -WRONG), (Relation.OMEGA, WRONG)
    return Trial(
        low=found.low,
        high=found.high,
        covered=found.low <= truth <= found.high,
        model_rejected=found.model_rejected,
        false_refuted=any(verdict[relation, 0] is Verdict.REFUTED for relation in Relation),
        false_holds=any(verdict[claim] is Verdict.HOLDS for claim in wrong),
        refuted_o=verdict[wrong[0]] is Verdict.REFUTED,
        refuted_omega=verdict[wrong[1]] is Verdict.REFUTED,
        holds_o=verdict[Relation.O, 0] is Verdict.HOLDS,
        holds_omega=verdict[Relation.OMEGA, 0] is Verdict.HOLDS,
        holds_theta=verdict[Relation.THETA, 0] is Verdict.HOLDS,
        profile_width=high - low,
        profile_covered=low <= truth <= high,
        profile_refuted_o=low > truth - WRONG,
        profile_refuted_omega=high < truth + WRONG,
    )


@lru_cache
def _claims(law: Law, setting: Setting) -> tuple[dict[Relation, Rate], Family]:
    """The claims of every relation that a law makes true, and the family that they declare."""
    claims = {relation: _claim(law, setting, relation) for relation in Relation}
    (design,) = claims[Relation.O].designs
    return claims, family_in(claims[Relation.O], design)


def _points(law: Law, setting: Setting, seed: int, index: int) -> Points:
    key = (crc32(law.name.encode()), setting.points, setting.replicates, index)
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=key))
    samples = law.sample(rng, setting.grid, setting.replicates)
    return sampled_points(setting.grid.tolist(), list(samples), Mean(), together=law.together)


def _claim(law: Law, setting: Setting, relation: Relation) -> Rate:
    return Rate(
        "zoo",
        measure=replicate,
        bound=law.bound,
        relation=relation.value,
        designs=(Design(sweep={"n": setting.grid.tolist()}),),
        logs=law.logs,
        margin=MARGIN,
        together=law.together,
        scope=law.name,
    )


def replicate(rng: object, n: float) -> float:
    """Stands for a measurement: the data of the zoo are drawn all at once."""
    raise NotImplementedError
