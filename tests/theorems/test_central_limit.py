"""The simulators of `central_limit` have the laws that they claim, and its verdicts stand."""

import mpmath
import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import ndtr
from scipy.stats import gamma, laplace, norm

import verify
from theorems import central_limit as clt
from verify.verdict import Verdict


def test_draws_are_sums_of_exponential_draws() -> None:
    """Against sums drawn one by one: their skewness is 2 n^{-1/2}, their kurtosis 3 + 6 / n."""
    rng = np.random.default_rng(0)
    for n in (1, 4, 16):
        fast = clt.standardised(rng, 400, n).ravel()
        plain = (rng.standard_exponential((80_000, n)).sum(axis=1) - n) / np.sqrt(n)
        for power in (1, 2, 3):
            error = np.hypot(*((one**power).std() / np.sqrt(one.size) for one in (fast, plain)))
            assert (fast**power).mean() == pytest.approx((plain**power).mean(), abs=4 * error)


@pytest.mark.parametrize("n", [1, 16, 256])
def test_shares_cosines_and_sizes_are_unbiased(n: int) -> None:
    """Against the gamma law of scipy: its distribution function, and its characteristic one."""
    rng = np.random.default_rng(1)
    x, t = np.array([-0.5, 0.0, 1.0]), np.array([0.5, 2.0])
    found = clt.share(rng, 2000, n, x)
    expected = gamma.cdf(n + np.sqrt(n) * x, n)
    assert found.mean(axis=0) == pytest.approx(expected, abs=4 * 0.5 / np.sqrt(400_000))
    cosines = clt.cosine(rng, 2000, n, t)
    expected = (np.exp(-1j * t * np.sqrt(n)) * (1 - 1j * t / np.sqrt(n)) ** -n).real
    assert cosines.mean(axis=0) == pytest.approx(expected, abs=4 / np.sqrt(400_000))
    law = gamma(n, loc=-np.sqrt(n), scale=1 / np.sqrt(n))
    expected = quad(lambda z: abs(z) * law.pdf(z), -np.sqrt(n), 40)[0]
    assert clt.size_of(rng, 2000, n).mean() == pytest.approx(expected, abs=4 / np.sqrt(400_000))


def test_equal_draws_have_an_exponential_sum_at_every_n() -> None:
    rng = np.random.default_rng(2)
    for n in (1, 1000):
        found = clt.dependent_share(rng, 1000, n, np.array([0.0])).mean()
        assert found == pytest.approx(1 - np.exp(-1), abs=4 * 0.5 / np.sqrt(200_000))


def test_targets_are_those_of_scipy() -> None:
    x = np.linspace(-3, 3, 13)
    assert clt.normal(x) == pytest.approx(norm.cdf(x))
    assert clt.wide(x) == pytest.approx(norm.cdf(x, scale=np.sqrt(1.5)))
    assert clt.laplace(x) == pytest.approx(laplace.cdf(x, scale=np.sqrt(0.5)))
    for t in (0.5, 2.0):
        for target, law in (
            (clt.normal_cosine, norm()),
            (clt.laplace_cosine, laplace(scale=np.sqrt(0.5))),
        ):
            assert target(t) == pytest.approx(law.expect(lambda z, t=t: np.cos(t * z)), abs=1e-7)


@pytest.mark.parametrize("n", [16, 1024])
def test_the_distance_is_exact(n: int) -> None:
    """Where it is largest the densities agree: a root in thirty digits."""
    with mpmath.workdps(30):
        root = mpmath.sqrt(n)

        def gap(x: float) -> mpmath.mpf:
            low = mpmath.gammainc(n, 0, n + root * x, regularized=True)
            return abs(low - mpmath.ncdf(x))

        place = mpmath.findroot(lambda x: mpmath.diff(gap, x), 0.05)
        expected = float(gap(place))
    assert clt.distance(n) == pytest.approx(expected, rel=1e-5)
    assert clt.distance(n) * np.sqrt(n) == pytest.approx(norm.pdf(0) / 3, rel=0.02)


def test_the_coupling_keeps_both_laws_and_its_first_order() -> None:
    rng = np.random.default_rng(3)
    n = np.array([64, 4096])
    found = clt.coupled(rng, 4000, n)
    # E |Z^2 - 1| = 4 phi(1), by parts.
    expected = 4 * norm.pdf(1) / (3 * np.sqrt(n))
    assert found.mean(axis=0) == pytest.approx(expected, rel=0.02)


def test_the_same_normal_draws_serve_every_n() -> None:
    found = clt.coupled(np.random.default_rng(4), 500, np.array([1024, 4096]))
    assert np.corrcoef(found.T)[0, 1] > 0.999


def test_it_holds_at_the_quick_budget(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = verify.run("central_limit", budget="quick", seed=0, workers=1)
    assert result.exit_code == 0
    assert {claim.verdict for claim in result.outcomes} == {Verdict.HOLDS}
    for claim in result.outcomes:
        assert {control.verdict for control in claim.controls} == {Verdict.REFUTED}


def test_places_are_the_quantiles_of_the_target() -> None:
    assert ndtr(np.array(clt.QUANTILES)) == pytest.approx(np.arange(1, 128) / 128)
