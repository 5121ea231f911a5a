r"""The log-sum-exp layer is the Hopf-Cole formula of a viscous Hamilton-Jacobi equation.

Setting.  f(x) = eps log sum_j exp((W_j . x + b_j) / eps), x in R^d; at a time t > 0 the weights
stand for atoms at y_j = 2 t W_j of height g_j = -b_j - |y_j|^2 / 4t, and
u(x, t) = -eps log sum_j exp(-(g_j + |x - y_j|^2 / 4t) / eps).
Claims.  f + u = |x|^2 / 4t.  With atoms that stay, u + (eps d / 2) log(4 pi eps t) solves
u_t + |grad u|^2 = eps Laplace(u), for it is -eps log of a sum of heat kernels; for the bare sum u
the left side less the right one is exactly -eps d / 2t.  The same layer stands for atoms at every
t > 0, so that it does not tell its time.  That training is a search through such atoms is a way of
reading this, and has no verdict.
"""

from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import strategies as st

from theorems.hamilton_jacobi.layer import heat_term, initial_data, layer, potential, weights
from verify import Assumption, Identity, Source, Theorem, Verdict, but

Atoms = Mapping[str, Any]
"""y (N, d), g (N,), a place x (d,), a time t and a temperature eps, as lists and numbers."""

PLACE, HEIGHT = st.floats(-2, 2), st.floats(-1, 1)
TIME, HEAT = st.floats(0.25, 2), st.floats(0.125, 1)
LARGEST_DIMENSION, MOST = 3, 8


def points(d: int) -> st.SearchStrategy[list[float]]:
    """Points of [-2, 2]^d."""
    return st.lists(PLACE, min_size=d, max_size=d)


def atoms(d: int, many: int) -> st.SearchStrategy[dict[str, Any]]:
    """So many atoms in d dimensions, a place, a time and a temperature."""
    return st.fixed_dictionaries(
        {
            "y": st.lists(points(d), min_size=many, max_size=many),
            "g": st.lists(HEIGHT, min_size=many, max_size=many),
            "x": points(d),
            "t": TIME,
            "eps": HEAT,
        }
    )


SHAPE = st.tuples(st.integers(1, LARGEST_DIMENSION), st.integers(1, MOST))
ATOMS = SHAPE.flatmap(lambda shape: atoms(*shape))


def squared(x: Any) -> Any:
    """|x|^2."""
    return sum(one * one for one in x)


def duality(at: Atoms) -> Any:
    """f + u - |x|^2 / 4t, with f from the weights and u from the atoms."""
    x, t, eps = at["x"], at["t"], at["eps"]
    f = layer(x, *weights(at["y"], at["g"], t), eps)
    return f + potential(x, t, at["y"], at["g"], eps) - squared(x) / (4 * t)


def half_duality(at: Atoms) -> Any:
    """The same with |x|^2 / 2t, as it would be for H(p) = |p|^2 / 2."""
    return duality(at) - squared(at["x"]) / (4 * at["t"])


def difference_duality(at: Atoms) -> Any:
    """f - u - |x|^2 / 4t."""
    return duality(at) - 2 * potential(at["x"], at["t"], at["y"], at["g"], at["eps"])


def duality_proof() -> Any:
    """One coordinate of one summand: the sums over both give every d and N."""
    from sympy import symbols  # noqa: PLC0415 - slow to load

    x, w = symbols("x w", real=True)
    t = symbols("t", positive=True)
    y = 2 * t * w
    # b_j = -g_j - |y_j|^2 / 4t, and the rest is free of b_j and g_j.
    return w * x - y**2 / (4 * t) + (x - y) ** 2 / (4 * t) - x**2 / (4 * t)


def normalised(x: Any, t: Any, at: Atoms) -> Any:
    """u + (eps d / 2) log(4 pi eps t), for the atoms of `at`."""
    return bare(x, t, at) + heat_term(len(x), t, at["eps"])


def bare(x: Any, t: Any, at: Atoms) -> Any:
    """u itself, the sum as the layer has it."""
    return potential(x, t, at["y"], at["g"], at["eps"])


def snapshot(x: Any, t: Any, at: Atoms) -> Any:
    """f = |x|^2 / 4t - u, the layer that the atoms give at time t."""
    return layer(x, *weights(at["y"], at["g"], t), at["eps"])


def derivatives(u: Callable[..., Any], at: Atoms) -> tuple[Any, list[Any], list[Any]]:
    """u_t, the first and the second derivatives in each x_i, by differences in mpmath."""
    import mpmath  # noqa: PLC0415 - slow to load

    x, t = at["x"], at["t"]

    def along(i: int, order: int) -> Any:
        return mpmath.diff(lambda s: u([*x[:i], s, *x[i + 1 :]], t, at), x[i], order)

    first, second = ([along(i, order) for i in range(len(x))] for order in (1, 2))
    return mpmath.diff(lambda s: u(x, s, at), t), first, second


def equation(
    u: Callable[..., Any], at: Atoms, kinetic: float = 1, viscosity: float = 1
) -> tuple[Any, Any]:
    """u_t + kinetic |grad u|^2 - viscosity eps Laplace(u), and the size of its terms."""
    time, first, second = derivatives(u, at)
    terms = time, kinetic * squared(first), -viscosity * at["eps"] * sum(second)
    return sum(terms), 1 + sum(map(abs, terms))


def viscous(at: Atoms) -> tuple[Any, Any]:
    """What the normalised potential leaves of its equation."""
    return equation(normalised, at)


def viscous_bare(at: Atoms) -> tuple[Any, Any]:
    """What the bare sum leaves of it."""
    return equation(bare, at)


def viscous_half(at: Atoms) -> tuple[Any, Any]:
    """With |grad u|^2 / 2 in the place of |grad u|^2."""
    return equation(normalised, at, kinetic=0.5)


def viscous_twice(at: Atoms) -> tuple[Any, Any]:
    """With the viscosity 2 eps."""
    return equation(normalised, at, viscosity=2)


def viscous_layer(at: Atoms) -> tuple[Any, Any]:
    """With f in the place of u."""
    return equation(snapshot, at)


def source(at: Atoms) -> tuple[Any, Any]:
    """What the bare sum leaves of the equation, and eps d / 2t."""
    left, scale = equation(bare, at)
    return left + at["eps"] * len(at["x"]) / (2 * at["t"]), scale


def source_without_dimension(at: Atoms) -> tuple[Any, Any]:
    """The same with eps / 2t in every dimension."""
    left, scale = equation(bare, at)
    return left + at["eps"] / (2 * at["t"]), scale


def enclosed_viscous(at: Atoms) -> Any:
    """An enclosure of what the normalised potential leaves of its equation."""
    return _enclosed(at, len(at["x"]))


def enclosed_bare(at: Atoms) -> Any:
    """An enclosure of what the bare sum leaves of it."""
    return _enclosed(at, 0)


def _enclosed(at: Atoms, power: int) -> Any:
    """The left side for u + (eps power / 2) log(4 pi eps t), from power series with balls in them.

    It does not use the code of the layer.
    """
    from flint import arb_series  # noqa: PLC0415 - slow to load

    x, t = at["x"], at["t"]
    time = _series(x, arb_series([t, 1], 3), at, power)[1]
    rows = [[*x[:i], arb_series([x[i], 1], 3), *x[i + 1 :]] for i in range(len(x))]
    jets = [_series(row, t, at, power) for row in rows]
    curvature = sum(2 * jet[2] for jet in jets)
    return time + squared([jet[1] for jet in jets]) - at["eps"] * curvature


def _series(x: Any, t: Any, at: Atoms, power: int) -> Any:
    """u + (eps power / 2) log(4 pi eps t), where t or a coordinate of x is a power series."""
    eps = at["eps"]
    off = [squared([one - other for one, other in zip(x, y, strict=True)]) for y in at["y"]]
    exponents = [-(g + one / (4 * t)) / eps for g, one in zip(at["g"], off, strict=True)]
    kernels = sum(one.exp() for one in exponents)
    return -eps * kernels.log() + eps * power / 2 * (4 * eps.pi() * eps * t).log()


def two_times(network: Mapping[str, Any]) -> Any:
    """The layer's value at x by its atoms at the time t, less that by its atoms at `later`."""
    return _by_atoms(network, network["t"]) - _by_atoms(network, network["later"])


def moved_time(network: Mapping[str, Any]) -> Any:
    """The same with the atoms of the time t at both."""
    early, late = network["t"], network["later"]
    y, g = initial_data(network["W"], network["b"], early)
    x, eps = network["x"], network["eps"]
    moved = squared(x) / (4 * late) - potential(x, late, y, g, eps)
    return _by_atoms(network, early) - moved


def _by_atoms(network: Mapping[str, Any], t: Any) -> Any:
    """|x|^2 / 4t - u(x, t) for the atoms that the weights stand for at time t."""
    x, eps = network["x"], network["eps"]
    y, g = initial_data(network["W"], network["b"], t)
    return squared(x) / (4 * t) - potential(x, t, y, g, eps)


def networks(d: int, many: int) -> st.SearchStrategy[dict[str, Any]]:
    """A layer of so many affine functions of d variables, a place, and two times."""
    return st.fixed_dictionaries(
        {
            "W": st.lists(points(d), min_size=many, max_size=many),
            "b": st.lists(HEIGHT, min_size=many, max_size=many),
            "x": points(d),
            "t": TIME,
            "later": TIME,
            "eps": HEAT,
        }
    )


NETWORKS = SHAPE.flatmap(lambda shape: networks(*shape))


def two_times_proof() -> Any:
    """|x|^2 / 4t less the height of an atom, in one coordinate, is the same at two times."""
    from sympy import symbols  # noqa: PLC0415 - slow to load

    x, w, b = symbols("x w b", real=True)
    t, later = symbols("t s", positive=True)
    early, late = (
        x**2 / (4 * s) - (-b - (2 * s * w) ** 2 / (4 * s) + (x - 2 * s * w) ** 2 / (4 * s))
        for s in (t, later)
    )
    return early - late


def viscous_proof() -> list[Any]:
    """Sums of heat kernels in one to three dimensions solve h_t = eps Laplace(h); what that gives.

    The second part is for any positive h, by its derivatives at a point.
    """
    return [*_heat(power=True), _transform(0)]


def source_proof() -> list[Any]:
    """The same without the power of t before a kernel: h_t = eps Laplace(h) + d h / 2t."""
    from sympy import Symbol  # noqa: PLC0415 - slow to load

    rate = 3 / (2 * Symbol("t", positive=True))
    return [*_heat(power=False), _transform(rate)]


def _transform(rate: Any) -> Any:
    """u_t + |grad u|^2 - eps Laplace(u) + eps rate, u = -eps log h, h_t = eps Laplace(h) + rate h.

    In three dimensions, with the derivatives of h as symbols.
    """
    from sympy import symbols  # noqa: PLC0415 - slow to load

    eps, h = symbols("eps h", positive=True)
    first, second = symbols("h_1:4", real=True), symbols("h_11 h_22 h_33", real=True)
    time = -eps * (eps * sum(second) + rate * h) / h
    slopes = [-eps * one / h for one in first]
    curved = [-eps * (two / h - one**2 / h**2) for one, two in zip(first, second, strict=True)]
    return time + squared(slopes) - eps * sum(curved) + eps * rate


def _heat(*, power: bool) -> list[Any]:
    """h_t - eps Laplace(h) for three atoms; without the `power` of t, less d h / 2t."""
    from sympy import Rational, Symbol, diff, exp, pi, symbols  # noqa: PLC0415 - slow to load

    t, eps = symbols("t eps", positive=True)
    found = []
    for d in (1, 2, 3):
        x, h = symbols(f"x1:{d + 1}", real=True), 0
        for j in "abc":
            y = symbols(f"y{j}1:{d + 1}", real=True)
            off = sum((one - other) ** 2 for one, other in zip(x, y, strict=True))
            h += exp(-(Symbol(f"g{j}", real=True) + off / (4 * t)) / eps)
        h *= (4 * pi * eps * t) ** Rational(-d, 2) if power else 1
        source = 0 if power else d * h / (2 * t)
        found.append(diff(h, t) - eps * sum(diff(h, one, 2) for one in x) - source)
    return found


THEOREM = Theorem(
    id="hopf_cole",
    title="A log-sum-exp layer solves a viscous Hamilton-Jacobi equation",
    source=Source("minoza2026", where="Theorem 4.1"),
    statement=r"f + u = |x|^2 / 4t,\quad u_t + |\nabla u|^2 = \varepsilon \Delta u",
    assumptions=(
        Assumption("dictionary", "y_j = 2 t W_j and g_j = -b_j - |y_j|^2 / 4t, at one t > 0"),
        Assumption("kernel", "u has the term (eps d / 2) log(4 pi eps t) of the heat kernel"),
    ),
    claims=(
        Identity(
            "duality",
            residual=duality,
            given={"at": ATOMS},
            arithmetic="ball",
            proof=duality_proof,
            uses=("dictionary",),
            scope="proved by coordinates and summands, so for every d and N; d <= 3, N <= 8 drawn",
            controls=(
                but("half", "|p|^2 / 2 belongs to another parabola", residual=half_duality),
                but("difference", "f and u add up", residual=difference_duality),
            ),
        ),
        Identity(
            "viscous",
            residual=viscous,
            given={"at": ATOMS},
            arithmetic="mpmath",
            digits=55,
            instances=16,
            proof=viscous_proof,
            uses=("dictionary", "kernel"),
            scope="proved for heat solutions and their kernels, d <= 3; u from its atoms in "
            "differences of 70 digits",
            controls=(
                but("half", "the Hamiltonian is |p|^2, not half of it", residual=viscous_half),
                but("twice", "the viscosity is eps, not 2 eps", residual=viscous_twice),
                but("layer", "f has the opposite sign", residual=viscous_layer),
            ),
        ),
        Identity(
            "enclosed",
            residual=enclosed_viscous,
            given={"at": ATOMS},
            arithmetic="ball",
            uses=("dictionary", "kernel"),
            scope="the same by power series with balls as coefficients, on drawn atoms",
            controls=(
                but("bare", "eps d / 2t is left", violates="kernel", residual=enclosed_bare),
            ),
        ),
        Identity(
            "viscous_bare",
            residual=viscous_bare,
            given={"at": ATOMS},
            arithmetic="mpmath",
            digits=55,
            instances=16,
            expect=Verdict.REFUTED,
            corrected="viscous",
            uses=("dictionary",),
            scope="the layer's own sum, which has no term of the heat kernel",
        ),
        Identity(
            "source",
            residual=source,
            given={"at": ATOMS},
            arithmetic="mpmath",
            digits=55,
            instances=16,
            proof=source_proof,
            uses=("dictionary",),
            scope="what the bare sum leaves of the equation is -eps d / 2t; derived here",
            controls=(
                but("dimension", "it is proportional to d", residual=source_without_dimension),
            ),
        ),
        Identity(
            "any_time",
            residual=two_times,
            given={"network": NETWORKS},
            arithmetic="ball",
            proof=two_times_proof,
            uses=("dictionary",),
            scope="one layer as atoms at two times; derived here: the layer does not tell its time",
            controls=(but("same_atoms", "the atoms move with the time", residual=moved_time),),
        ),
    ),
)
