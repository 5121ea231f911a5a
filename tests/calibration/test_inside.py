"""Laws inside the family: uniform within its limits, with normal errors of known size."""

import numpy as np
import pytest
from scipy.stats import ks_2samp

from verify.calibration import inside as module
from verify.calibration.inside import NOISES, drawn, inside_trial
from verify.calibration.zoo import FIRST, Array, Setting
from verify.inference.exponent import ExponentEstimate, exponent
from verify.inference.points import Points

X = Setting(10, 1).grid
COUNT = 3000


def _log_factors() -> Array:
    rng = np.random.default_rng(4)
    return np.array([module._log_factor(rng, FIRST / X) for _ in range(COUNT)])


def _by_rejection() -> Array:
    """All candidates at once, and those of them that the family allows."""
    rng = np.random.default_rng(9)
    w, kappa, c = (rng.uniform(low, high, (30_000, 1)) for low, high in LIMITS)
    v = FIRST / X
    f = 1 + c * v**w + kappa * c**2 * v ** (2 * w)
    kept = (np.abs(c) * v[-1] ** w <= 0.25).ravel() & np.all((f > 0.1) & (f < 30), axis=1)
    return np.log(f[kept])


LIMITS = (0.25, 1.5), (-1, 1), (-3, 3)


def test_laws_lie_within_the_limits() -> None:
    found = np.exp(_log_factors())
    assert found.min() > 0.1
    assert found.max() < 30
    assert np.abs(found[:, -1] - 1).max() <= 0.25 + 0.25**2
    assert found[:, 0].max() > 8  # 1 + 3 + 9 at most
    assert found[:, 0].min() < 0.15


def test_laws_are_uniform_on_what_the_family_allows() -> None:
    found, expected = _log_factors(), _by_rejection()
    for place in (0, 1, 4, 9):
        assert ks_2samp(found[:, place], expected[:, place]).pvalue > 1e-3


@pytest.mark.parametrize("noise", NOISES)
def test_errors_are_normal_of_the_size_that_is_known(noise: float) -> None:
    off = []
    for seed in range(200):
        exact, points = (drawn(np.random.default_rng(seed), size) for size in (0.0, noise))
        off.append((points.log_value - exact.log_value) / noise)
        assert points.variance.tolist() == points.smooth_variance.tolist() == [noise**2] * 10
        assert np.isinf(points.replicates)
    assert np.std(off) == pytest.approx(1, abs=4 / np.sqrt(2 * 2000))
    assert np.mean(off) == pytest.approx(0, abs=4 / np.sqrt(2000))


def test_the_power_is_one_half() -> None:
    last = [np.diff(drawn(np.random.default_rng(seed), 0.0).log_value)[-1] for seed in range(200)]
    assert np.mean(last) / np.log(2) == pytest.approx(0.5, abs=0.02)


def test_a_trial_says_what_the_estimator_found() -> None:
    seen = []

    def spy(points: Points) -> ExponentEstimate:
        seen.append(exponent(points))
        return seen[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "exponent", spy)
        trials = [inside_trial(1e-2, 0, index) for index in range(40)]
    for one, found in zip(trials, seen, strict=True):
        assert one.width == found.high - found.low
        assert one.covered == (found.low <= 0.5 <= found.high)
        assert one.holds_theta == (
            found.low >= 0.45 and found.high <= 0.55 and not one.model_rejected
        )
    assert {one.holds_theta for one in trials} == {True, False}


def test_a_rejected_model_holds_nothing() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("verify.inference.exponent.REJECTED_FAMILY", 2.0)
        trials = [inside_trial(1e-9, 0, index) for index in range(5)]
    assert all(one.model_rejected and not one.holds_theta for one in trials)
    assert not any(inside_trial(1e-9, 0, index).model_rejected for index in range(5))


def test_a_trial_depends_on_its_number_alone() -> None:
    forwards = [inside_trial(3e-3, 1, index) for index in range(3)]
    assert [inside_trial(3e-3, 1, index) for index in (2, 1, 0)] == forwards[::-1]
    others = [inside_trial(*words) for words in ((3e-3, 2, 0), (1e-2, 1, 0))]
    assert len({one.width for one in (*forwards, *others)}) == 5


def test_every_noise_seed_and_number_has_a_stream_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = []

    def spy(rng: np.random.Generator, noise: float) -> Points:
        first.append(rng.random())
        return drawn(rng, noise)

    monkeypatch.setattr(module, "drawn", spy)
    for words in ((3e-3, 1, 0), (1e-2, 1, 0), (3e-3, 2, 0), (3e-3, 1, 1), (3e-3, 1, 0)):
        inside_trial(*words)
    assert len(set(first)) == 4
    assert first[0] == first[-1]
