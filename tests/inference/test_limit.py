"""The limit of a curve: a second implementation, coverage, and implementations that are wrong."""

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

import verify.inference.limit as module
from verify.inference.approach import Approach, Target, exact_approach, sampled_approach
from verify.inference.family import Family, dictionary
from verify.inference.limit import limit, model, replicates_needed
from verify.inference.mixture import Mixture, mixture
from verify.inference.points import MODELLING_FLOOR
from verify.inference.range_slope import LEVEL
from verify.inference.simultaneous import Simultaneous, simultaneous
from verify.inference.statistic import Mean
from verify.inference.structure import Term

X = 16 * 2.0 ** np.arange(10)
FAMILY = Family(added=True)
DECLARED = Family(added=True, corrections=(Term(0.5, added=True),))
ONE = Target(np.ones(1), np.zeros(1))


def _number(
    seed: int, power: float, count: int = 256, sd: float = 0.5, target: Target = ONE
) -> Approach:
    """A number that tends to 1 with a bias of n^-power."""
    rng = np.random.default_rng([seed, round(100 * power), count])
    samples = [1 + n**-power + sd * rng.standard_normal((count, 1)) for n in X]
    return sampled_approach(X.tolist(), samples, Mean(), target, together=False)


def _curve(seed: int, places: int, together: bool, count: int = 64) -> Approach:
    """A curve that tends to 1 at every place with a bias of n^-1, in units of 1."""
    rng = np.random.default_rng([seed, places, together])
    samples = []
    for n in X:
        noise = 0.1 * rng.standard_normal((count, places))
        if together:
            noise = np.cumsum(noise, axis=1) / np.sqrt(np.arange(1, places + 1))
        samples.append(1 + 1 / n + noise)
    target = Target(np.ones(places), np.zeros(places))
    return sampled_approach(X.tolist(), samples, Mean(), target, together=together)


def _coverage(approaches: list[Approach], family: Family = FAMILY) -> float:
    bands = [limit(one, family).limit for one in approaches]
    return float(np.mean([np.all((band.low <= 0) & (band.high >= 0)) for band in bands]))


@pytest.mark.parametrize("family", [FAMILY, DECLARED])
def test_a_place_agrees_with_dense_generalised_least_squares(family: Family) -> None:
    """Tangents with standard normal coefficients are part of the covariance: a loop over nodes."""
    nodes = dictionary(tuple(X.tolist()), family).nodes
    approach = _number(3, 0.5)
    law, best = mixture(model(approach, 1.0, 0), dictionary(tuple(X.tolist()), family))
    noise = np.diag(approach.variance[:, 0] + MODELLING_FLOOR**2)
    one = np.ones(len(X))
    weights, means, sds, chis = [], [], [], []
    for offset, tangent, prior in zip(nodes.offset, nodes.tangent, nodes.log_prior, strict=True):
        total = noise + tangent @ tangent.T
        precision = np.linalg.inv(total)
        information = one @ precision @ one
        above = approach.value[:, 0] - offset
        mean = one @ precision @ above / information
        chi = (above - mean) @ precision @ (above - mean)
        means.append(mean)
        sds.append(information**-0.5)
        chis.append(chi)
        weights.append(prior - (chi + np.linalg.slogdet(total)[1] + np.log(information)) / 2)
    weight = np.exp(np.array(weights) - max(weights))
    weight /= weight.sum()
    assert best == pytest.approx(min(chis), rel=1e-8)
    assert law.mean == pytest.approx(np.array(means)[law.node], abs=1e-9)
    assert law.sd == pytest.approx(np.array(sds)[law.node], rel=1e-8)
    assert law.weight == pytest.approx(weight[law.node], rel=1e-6, abs=1e-12)


def test_the_interval_has_the_quantiles_of_the_mixture_widened_for_few_replicates() -> None:
    approach = _number(4, 0.5, count=32)
    found = limit(approach, FAMILY)
    law = found.fits[0].law
    from scipy.stats import t

    tail = (1 + LEVEL) / 2
    wide = Mixture(law.weight, law.mean - 1, law.sd * t.ppf(tail, 31) / ndtri(tail), law.node,
                   law.log_power)  # fmt: skip
    assert found.limit.low[0] == pytest.approx(wide.quantile(1 - tail), abs=1e-9)
    assert found.limit.high[0] == pytest.approx(wide.quantile(tail), abs=1e-9)
    assert found.limit.estimate[0] == pytest.approx(wide.quantile(0.5), abs=1e-9)


# 120 data sets of coverage .97 have a binomial standard error of .016: .92 is three of them below.
@pytest.mark.parametrize(("power", "count"), [(1, 256), (0.5, 32), (0.5, 256)])
def test_a_number_with_a_bias_is_covered(power: float, count: int) -> None:
    assert _coverage([_number(seed, power, count) for seed in range(120)]) >= 0.92


@pytest.mark.parametrize("together", [False, True])
def test_a_curve_is_covered_at_all_of_its_places(together: bool) -> None:
    assert _coverage([_curve(seed, 4, together) for seed in range(50)]) >= 0.9


def test_a_pointwise_band_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seven independent places, each covered with .97 and no more, are together with .81."""
    approaches = [_curve(seed, 7, together=False) for seed in range(40)]
    band = _coverage(approaches)

    def pointwise(correlation: object, count: int, level: float) -> Simultaneous:
        return simultaneous(None, 1, level)

    monkeypatch.setattr(module, "simultaneous", pointwise)
    narrow = _coverage(approaches)
    assert band >= 0.9
    assert narrow <= band - 0.05


def test_an_estimate_without_extrapolation_is_caught() -> None:
    """The values at the largest n alone, at 1 + n^-1/2, miss the limit as the noise falls."""
    bands = [limit(_number(seed, 0.5, sd=0.1), FAMILY) for seed in range(40)]
    assert np.mean([one.last.low[0] <= 0 <= one.last.high[0] for one in bands]) <= 0.7
    assert np.mean([one.limit.low[0] <= 0 <= one.limit.high[0] for one in bands]) >= 0.95


def test_a_target_that_is_drawn_has_an_error_of_its_own() -> None:
    """As if the target's variance were one more independent error of the limit: in quadrature."""
    exact, drawn = _number(1, 1), _number(1, 1, target=Target(np.ones(1), np.full(1, 0.1**2)))
    assert drawn.target.variance[0] == 0.1**2
    narrow, wide = (limit(one, FAMILY).limit.half[0] for one in (exact, drawn))
    quantile = ndtri((1 + LEVEL) / 2)
    assert wide == pytest.approx(np.hypot(narrow, 0.1 * quantile), rel=0.05)


def test_exact_values_have_the_modelling_floor_alone() -> None:
    approach = exact_approach(
        X.tolist(), np.full((10, 1), 3.0), Target(np.full(1, 3.0), np.zeros(1))
    )
    found = limit(approach, FAMILY, unit=3.0)
    assert found.limit.low[0] < 0 < found.limit.high[0]
    assert 3 * 1e-3 / np.sqrt(10) < found.limit.half[0] < 3 * 1e-2


@pytest.mark.parametrize("scale", [1e-6, 1e6])
def test_units_do_not_matter(scale: float) -> None:
    plain = limit(_number(2, 0.5), FAMILY)
    one = _number(2, 0.5)
    target = Target(scale * one.target.value, one.target.variance)
    other = Approach(one.x, scale * one.value, scale**2 * one.variance, target, one.replicates)
    found = limit(other, FAMILY, unit=scale)
    assert found.limit.low / scale == pytest.approx(plain.limit.low, rel=1e-9)
    assert found.limit.high / scale == pytest.approx(plain.limit.high, rel=1e-9)


def test_a_shape_outside_the_family_is_rejected_and_inside_it_is_not() -> None:
    wave = 1 + 0.3 * (-1.0) ** np.arange(10)[:, None] + 1e-3 * np.ones((10, 3))
    target = Target(np.ones(3), np.zeros(3))
    assert limit(exact_approach(X.tolist(), wave, target), FAMILY).model_rejected
    bent = 1 + (X**-0.5)[:, None] * np.array([[1.0, -2.0, 0.5]])
    assert not limit(exact_approach(X.tolist(), bent, target), FAMILY).model_rejected


def test_the_rejection_counts_the_places() -> None:
    """One of many places with a p-value below the limit is no surprise."""
    rejected = [limit(_curve(seed, 8, together=False), FAMILY).model_rejected for seed in range(30)]
    assert sum(rejected) <= 1


def test_the_recommended_number_of_replicates_brings_the_width_that_was_asked_for() -> None:
    """In the median of pilots, a third of whose width is asked for, and in that of data sets."""
    pilots = [_number(seed, 0.5, count=256) for seed in range(9)]
    counts = [replicates_needed(one, FAMILY, limit(one, FAMILY), 0.03) for one in pilots]
    count = round(np.median([one for one in counts if one is not None]))
    widths = [limit(_number(seed, 0.5, count), FAMILY).limit.half[0] for seed in range(20, 40)]
    assert np.median(widths) == pytest.approx(0.03, rel=0.25)


def test_far_from_floor_and_prior_the_width_falls_with_the_root_of_the_replicates() -> None:
    """So that a width half as large takes four times as many, where the correction is known."""
    family = Family(added=True, slowest=1.4)
    pilot = _number(12, 1.5, count=4096)
    found = limit(pilot, family)
    half = found.limit.half[0]
    counts = [replicates_needed(pilot, family, found, half / part) for part in (1, 2)]
    assert counts[0] is not None
    assert counts[1] is not None
    assert counts[1] / counts[0] == pytest.approx(4, rel=0.2)


def test_no_number_of_replicates_is_recommended_below_the_floor() -> None:
    pilot = _number(13, 0.5)
    assert replicates_needed(pilot, FAMILY, limit(pilot, FAMILY), MODELLING_FLOOR / 10) is None


def test_one_place_has_the_level_of_its_interval() -> None:
    assert limit(_number(1, 1), FAMILY).tail == pytest.approx((1 + LEVEL) / 2)
    assert limit(_number(1, 1), FAMILY, level=0.9).tail == pytest.approx(0.95)
    narrow, wide = (limit(_number(1, 1), FAMILY, level=p).limit.half[0] for p in (0.5, 0.97))
    assert narrow < wide


def test_the_tail_of_several_places_is_that_of_their_critical_value() -> None:
    found = limit(_curve(0, 4, together=False), FAMILY)
    assert found.tail == pytest.approx(ndtr(found.errors.critical))
    assert found.tail == pytest.approx((1 + LEVEL ** (1 / 4)) / 2)
