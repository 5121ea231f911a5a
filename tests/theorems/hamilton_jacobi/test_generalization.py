"""Rates of classes: exact errors against raw fits and second implementations, and the verdicts."""

from pathlib import Path

import numpy as np
import pytest
from matplotlib.axes import Axes
from scipy.integrate import quad
from scipy.optimize import lsq_linear
from scipy.stats import binom

import verify
from theorems.hamilton_jacobi import convex_fit, generalization, smoothing
from theorems.hamilton_jacobi.layer import layer
from theorems.simulators.bayes_risk import cap_energy, sign_risk, tent_energy
from theorems.simulators.partitioning import conditional_error, expected_risk
from verify.verdict import Verdict

FLOOR = 12**-0.5
REFUTED = {"fixed_time_as_stated", "one_layer"}


def _tent(x: np.ndarray) -> np.ndarray:
    return -2 * np.abs(x - 0.5)


def _parabola(x: np.ndarray) -> np.ndarray:
    return 2 * x**2


def _slopes(measure, sides: tuple[int, ...], power: int, d: int) -> np.ndarray:
    values = [measure(m**power, d) for m in sides]
    return np.diff(np.log(values)) / np.diff(np.log(sides)) / power


@pytest.mark.parametrize(("n", "cubes"), [(5, 2), (512, 8), (400, 200), (10**6, 10**4)])
def test_expected_risk_is_that_of_the_binomial_law(n: int, cubes: int) -> None:
    count = np.arange(n + 1)
    risk = np.where(count > 0, 0.3 + 1.3 / np.maximum(count, 1), 0.7)
    expected = risk @ binom.pmf(count, n, 1 / cubes)
    assert expected_risk(n, cubes, 0.3, 0.7) == pytest.approx(expected, rel=1e-11)


@pytest.mark.parametrize(("n", "d"), [(64, 1), (256, 2), (243, 3)])
def test_expected_risk_is_the_mean_of_the_conditional_one(n: int, d: int) -> None:
    m = round(n ** (1 / (d + 2)))
    square = 1 / 12 + d / 4
    draws = conditional_error(np.random.default_rng(0), 4000, n, m**d, 1 / (12 * m**2), square)
    error = (draws**2).std() / np.sqrt(4000)
    assert generalization.lipschitz_error(n, d) ** 2 == pytest.approx(
        (draws**2).mean(), abs=4 * error
    )


@pytest.mark.parametrize("d", [1, 2, 3])
def test_the_cap_has_curvatures_in_one_and_the_stated_energy(d: int) -> None:
    def cap(r: np.ndarray) -> np.ndarray:
        """Of radius 1/2: curvature -1 to half of it, 1 from there, and 0 at the rim."""
        return np.where(r < 0.25, 1 / 16 - r**2 / 2, (0.5 - r) ** 2 / 2)

    r = np.linspace(1e-4, 0.4999, 4000)
    along = np.gradient(np.gradient(cap(r), r), r)[2:-2]
    across = (np.gradient(cap(r), r) / r)[1:-1]  # the other d - 1 curvatures
    assert np.abs(along).max() <= 1 + 1e-6
    assert np.abs(across).max() <= 1 + 1e-2
    surface = {1: 2.0, 2: 2 * np.pi, 3: 4 * np.pi}[d]
    energy = quad(lambda s: surface * cap(s) ** 2 * s ** (d - 1), 0, 0.5, points=[0.25])[0]
    assert cap_energy(d) == pytest.approx(energy, rel=1e-12)


@pytest.mark.parametrize("smoothness", [1, 2])
def test_the_bayes_risk_agrees_with_quadrature(smoothness: int) -> None:
    n, d, energy = 3000, 2, (cap_energy if smoothness == 2 else tent_energy)(2)

    def risk(k: int) -> float:
        s = n * energy / k ** (d + 2 * smoothness)
        mean = quad(
            lambda z: (1 - np.tanh(s + np.sqrt(s) * z)) * np.exp(-z * z / 2), -12, 12, epsabs=1e-13
        )[0] / np.sqrt(2 * np.pi)  # fmt: skip
        return energy / k ** (2 * smoothness) * mean

    expected = np.sqrt(max(map(risk, range(1, 21))))
    assert sign_risk(n, d, energy, smoothness, 20) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("d", [1, 2, 3])
def test_lower_bounds_have_their_exponents_to_four_digits(d: int) -> None:
    sides = (512, 1024, 2048)
    lipschitz = _slopes(generalization.lipschitz_bayes_risk, sides, d + 2, d)
    curved = _slopes(generalization.fixed_time_bayes_risk, sides, d + 4, d)
    assert lipschitz == pytest.approx(-1 / (d + 2), abs=5e-5)
    assert curved == pytest.approx(-2 / (d + 4), abs=5e-5)


def test_averages_over_cubes_meet_their_exponents() -> None:
    for d, target in ((1, -1 / 3), (2, -1 / 4), (3, -1 / 5)):
        found = _slopes(generalization.lipschitz_error, (8, 128), d + 2, d)
        assert found == pytest.approx(target, abs=0.002)


@pytest.mark.parametrize(("m", "d"), [(2, 1), (3, 1), (2, 2), (3, 2)])
def test_planes_err_as_least_squares_at_the_points_does(m: int, d: int) -> None:
    """Design matrix of one cube, and the mean over the cube by Gauss's rule."""
    n, q = m ** (d + 4), round(m ** (4 / d))
    axes, weights = np.polynomial.legendre.leggauss(5)

    def cube(axis: np.ndarray) -> np.ndarray:
        return np.stack(np.meshgrid(*[axis] * d, indexing="ij"), axis=-1).reshape(-1, d)

    points, nodes = cube(((np.arange(q) + 0.5) / q) / m), cube((axes + 1) / 2 / m)
    weight = np.prod(cube(weights / 2), axis=1)
    fit = np.linalg.pinv(np.c_[np.ones(len(points)), points])
    there = np.c_[np.ones(len(nodes)), nodes]
    bias = there @ fit @ (points**2).sum(axis=1) / 2 - (nodes**2).sum(axis=1) / 2
    risk = weight @ (bias**2 + ((there @ fit) ** 2).sum(axis=1))
    assert smoothing.plane_fit_error(n, d) == pytest.approx(np.sqrt(risk), rel=1e-10)
    for k in range(20):  # waves with curvatures of at most 1 stay below the bound
        rng = np.random.default_rng(k)
        wave = rng.standard_normal(d) * 6
        values = [
            np.cos(x @ wave + k) / max(wave @ wave, 1e-9) for x in (points, nodes)
        ]  # fmt: skip
        bias = there @ fit @ values[0] - values[1]
        risk = weight @ (bias**2 + ((there @ fit) ** 2).sum(axis=1))
        assert np.sqrt(risk) <= smoothing.plane_fit_bound(n, d)


def test_a_tiling_that_needs_rounding_is_refused() -> None:
    with pytest.raises(ValueError, match=r"n = 1000 is not m\^5 with m\^4 a power 1"):
        smoothing.plane_fit_error(1000, 1)


def test_polynomials_err_as_raw_least_squares_does() -> None:
    n, rng = 32, np.random.default_rng(0)
    x = (2 * np.arange(n) + 1) / n - 1
    nodes, weights = np.polynomial.legendre.leggauss(40)
    truth = 0.5 * np.log(
        np.exp(-2 * nodes) + np.exp(0.5) + np.exp(2 * nodes - 0.25)
    )  # the layer by hand
    target = 0.5 * np.log(np.exp(-2 * x) + np.exp(0.5) + np.exp(2 * x - 0.25))
    squares = []
    for _ in range(3000):
        fit = np.polynomial.Polynomial.fit(x, target + rng.standard_normal(n), 4)
        squares.append((fit(nodes) - truth) ** 2 @ weights / 2)
    error = np.std(squares) / np.sqrt(len(squares))
    assert smoothing.polynomial_error(n) ** 2 == pytest.approx(np.mean(squares), abs=4 * error)


@pytest.mark.parametrize("eps", [0.01, 0.001])
def test_gibbs_averages_err_as_the_sum_over_regular_points_does(eps: float) -> None:
    n = 400
    gap = (np.arange(n) / n + 0.5) % 1 - 0.5
    weight = sum(np.exp(-((gap + shift) ** 2) / (2 * eps)) for shift in range(-3, 4))
    weight /= weight.sum()
    tent = np.abs(np.arange(n) / n - 0.5)
    smooth = np.real(np.fft.ifft(np.fft.fft(tent) * np.fft.fft(weight)))
    expected = np.mean((smooth - tent) ** 2) + (weight**2).sum()
    assert smoothing.average_error(n, 1, eps) ** 2 == pytest.approx(expected, rel=3e-4)


@pytest.mark.parametrize("q", [1, 2, 5, None])
def test_three_nodes_average_a_quintic(q: int | None) -> None:
    nodes, weights = convex_fit.cell_nodes(q)
    for power in range(6):
        grid = (np.arange(q) + 0.5) / q if q else None
        expected = 1 / (power + 1) if grid is None else (grid**power).mean()
        assert weights @ nodes**power == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("target", [_tent, _parabola], ids=["tent", "parabola"])
def test_the_convex_fit_is_that_of_another_solver_to_raw_data(target) -> None:
    """Bounded least squares on the n points, as a line and hinges."""
    n, m, rng = 240, 12, np.random.default_rng(1)
    x, knots = (np.arange(n) + 0.5) / n, np.arange(m + 1) / m
    y = target(x) + rng.standard_normal(n)
    hats = np.maximum(1 - np.abs(m * x[:, None] - m * knots), 0)
    mass, moments = convex_fit.normal_equations(n, m, target)
    assert mass == pytest.approx(hats.T @ hats / n, abs=1e-12)
    assert moments == pytest.approx(hats.T @ target(x) / n, abs=1e-12)
    root = np.linalg.cholesky(mass)
    found = convex_fit.convex_fit(np.linalg.solve(root, hats.T @ y / n), root)
    hinges = np.maximum(x[:, None] - knots[1:-1], 0)
    design = np.c_[np.ones(n), x, hinges]
    lower = np.r_[-np.inf, -np.inf, np.zeros(m - 1)]
    other = lsq_linear(design, y, (lower, np.inf), method="bvls", tol=1e-14)
    assert np.diff(found, 2).min() >= -1e-10
    assert hats @ found == pytest.approx(design @ other.x, abs=1e-7)


def test_the_error_of_the_reduction_is_that_of_raw_data() -> None:
    n, m, rng = 64, 4, np.random.default_rng(2)
    x, knots = (np.arange(n) + 0.5) / n, np.arange(m + 1) / m
    hats = np.maximum(1 - np.abs(m * x[:, None] - m * knots), 0)
    root = np.linalg.cholesky(hats.T @ hats / n)
    fine = (np.arange(4000) + 0.5) / 4000
    raw = []
    for _ in range(2000):
        y = _parabola(x) + rng.standard_normal(n)
        fit = convex_fit.convex_fit(np.linalg.solve(root, hats.T @ y / n), root)
        raw.append(np.mean((np.interp(fine, knots, fit) - _parabola(fine)) ** 2))
    draws = convex_fit.convex_error(np.random.default_rng(3), 2000, n, m, _parabola) ** 2
    spread = np.hypot(np.std(raw), draws.std()) / np.sqrt(2000)
    assert np.mean(raw) == pytest.approx(draws.mean(), abs=4 * spread)


def test_the_estimate_is_a_layer_as_eps_tends_to_zero() -> None:
    """The maximum of its affine pieces: a layer of them exceeds it by eps log N at most."""
    mass, moments = convex_fit.normal_equations(4096, 8, _parabola)
    root = np.linalg.cholesky(mass)
    noise = np.random.default_rng(4).standard_normal(9) / 64
    heights = convex_fit.convex_fit(np.linalg.solve(root, moments) + noise, root)
    slopes = np.diff(heights) * 8
    shifts = heights[:-1] - slopes * np.arange(8) / 8
    x = np.linspace(0, 1, 1001)
    fit = np.interp(x, np.arange(9) / 8, heights)
    for eps in (1e-2, 1e-4):
        gap = layer(x[:, None], slopes[:, None], shifts, eps) - fit
        assert gap.min() >= -1e-9
        assert gap.max() <= eps * np.log(8) + 1e-9


def test_no_layer_gets_closer_to_the_tent_than_the_floor() -> None:
    """The constant -1/2 is the nearest convex function: hinges lean away from what it leaves."""
    for k in np.linspace(0, 1, 21):
        away = quad(lambda x, k=k: (_tent(x) + 0.5) * max(x - k, 0), 0, 1, points=[0.5, k])[0]
        w = min(k, 1 - k)
        assert away == pytest.approx(-(w**2) * (3 - 4 * w) / 12, abs=1e-12)
    x, weights = np.polynomial.legendre.leggauss(200)
    x = (x + 1) / 2
    rng = np.random.default_rng(5)
    for _ in range(300):
        W, b, eps = rng.normal(size=(6, 1)) * 3, rng.normal(size=6), 10 ** rng.uniform(-3, 0)
        f = layer(x[:, None], W, b, eps)
        f -= (weights @ (f - _tent(x))) / 2
        assert np.sqrt((f - _tent(x)) ** 2 @ weights / 2) >= FLOOR - 1e-4
    far = generalization.layer_error(np.random.default_rng(6), 32, 64**4, generalization.TENT)
    assert np.sqrt((far**2).mean()) == pytest.approx(FLOOR, abs=1e-5)


def test_the_distance_of_a_layer_from_the_tent() -> None:
    constant = [-0.5 - np.log(3)] * 3
    assert convex_fit.tent_distance([0.0] * 3, constant, 1.0) == pytest.approx(1 / 12, rel=1e-12)
    W, b, eps = [-1.0, 0.5, 2.0], [0.3, -0.2, -1.0], 0.2

    def square(x: float) -> float:
        f = eps * np.log(sum(np.exp((w * x + c) / eps) for w, c in zip(W, b, strict=True)))
        return (f - _tent(x)) ** 2

    expected = quad(square, 0, 1, points=[0.5])[0]
    assert convex_fit.tent_distance(W, b, eps) == pytest.approx(expected, rel=1e-9)


def test_targets_are_what_their_slopes_say() -> None:
    for slopes, height in ((generalization.TENT, 1), (generalization.VALLEY, -1)):
        heights = np.cumsum([0, *slopes]) / 16
        assert heights == pytest.approx([0, height / 2, height, height / 2, 0])


def test_verdicts_at_the_quick_budget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = verify.run("generalization", budget="quick", seed=0, workers=1)
    assert result.exit_code == 0
    for claim in result.outcomes:
        expected = Verdict.REFUTED if claim.id in REFUTED else Verdict.HOLDS
        assert claim.verdict is expected, claim.id
        assert {control.verdict for control in claim.controls} <= {Verdict.REFUTED}
    rows = {claim.id: claim.exponents for claim in result.outcomes if hasattr(claim, "exponents")}
    for name in ("lipschitz_upper", "lipschitz_lower", "fixed_time_upper", "fixed_time_lower"):
        for row in rows[name]:
            assert row.estimate == pytest.approx(row.predicted, abs=1e-3)
    assert rows["one_layer"][0].estimate == pytest.approx(0, abs=0.002)


def free_error(rng: np.random.Generator, size: int, n: int, slopes: list[int]) -> np.ndarray:
    """The same fit without convexity, which is not a layer: a seeded fault."""
    m = round(n ** (1 / 4))
    heights = np.cumsum([0, *slopes]) / (4 * len(slopes))

    def target(x: np.ndarray) -> np.ndarray:
        return np.interp(x, np.arange(len(heights)) / len(slopes), heights)

    mass, moments = convex_fit.normal_equations(n, m, target)
    root = np.linalg.cholesky(mass)
    observed = np.linalg.solve(root, moments) + rng.standard_normal((size, m + 1)) / np.sqrt(n)
    return convex_fit.distance(np.linalg.solve(root.T, observed.T).T, target)


def test_an_estimate_that_is_not_convex_would_not_be_refuted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    theorem = generalization.THEOREM
    (claim,) = (one for one in theorem.claims if one.id == "one_layer")
    changes = {"measure": free_error, "corrected": "", "no_near_control": "a seeded fault"}
    control = (verify.but("tenth", "wrong", bound="n**(-3/5)"),)
    mutant = claim.replaced({**changes, "controls": control}, claim.place)
    found = verify.run(
        theorem.replaced({"claims": (mutant,)}, theorem.place), budget="quick", workers=1
    )
    assert found.outcomes[0].verdict is Verdict.HOLDS
    assert not found.as_expected


def test_the_picture_shows_the_floor_and_the_rates(axes: Axes) -> None:
    generalization.convex_floor(axes)
    tent, parabola, valley, *_ = axes.lines
    assert tent.get_ydata()[-1] == pytest.approx(FLOOR, rel=1e-4)
    for line, slope in ((parabola, -2 / 5), (valley, -0.48)):
        assert np.polyfit(*np.log(line.get_data()), 1)[0] == pytest.approx(slope, abs=0.03)
