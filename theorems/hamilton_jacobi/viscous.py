"""u_t + |grad u|^2 = eps Laplace(u) for atoms: by differences, in balls, in symbols."""

from collections.abc import Callable, Mapping
from typing import Any

from theorems.hamilton_jacobi.layer import heat_term, layer, potential, weights

Atoms = Mapping[str, Any]
"""y (N, d), g (N,), a place x (d,), a time t and a temperature eps, as lists and numbers."""


def squared(x: Any) -> Any:
    """|x|^2."""
    return sum(one * one for one in x)


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


def left(at: Atoms) -> tuple[Any, Any]:
    """What the normalised potential leaves of its equation."""
    return equation(normalised, at)


def left_bare(at: Atoms) -> tuple[Any, Any]:
    """What the bare sum leaves of it."""
    return equation(bare, at)


def left_half(at: Atoms) -> tuple[Any, Any]:
    """With |grad u|^2 / 2 in the place of |grad u|^2."""
    return equation(normalised, at, kinetic=0.5)


def left_twice(at: Atoms) -> tuple[Any, Any]:
    """With the viscosity 2 eps."""
    return equation(normalised, at, viscosity=2)


def left_layer(at: Atoms) -> tuple[Any, Any]:
    """With f in the place of u."""
    return equation(snapshot, at)


def source(at: Atoms) -> tuple[Any, Any]:
    """What the bare sum leaves of the equation, and eps d / 2t."""
    rest, scale = equation(bare, at)
    return rest + at["eps"] * len(at["x"]) / (2 * at["t"]), scale


def source_without_dimension(at: Atoms) -> tuple[Any, Any]:
    """The same with eps / 2t in every dimension."""
    rest, scale = equation(bare, at)
    return rest + at["eps"] / (2 * at["t"]), scale


def enclosed(at: Atoms) -> Any:
    """An enclosure of what the normalised potential leaves of its equation."""
    return _left_in_balls(at, len(at["x"]))


def enclosed_bare(at: Atoms) -> Any:
    """An enclosure of what the bare sum leaves of it."""
    return _left_in_balls(at, 0)


def _left_in_balls(at: Atoms, power: int) -> Any:
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


def viscous_proof() -> list[Any]:
    """Sums of heat kernels in one to three dimensions solve h_t = eps Laplace(h); what that gives.

    The second part is for any positive h, by its derivatives at a point.
    """
    return [*_heat(power=True), _transform(0)]


def source_proof() -> list[Any]:
    """The same without the power of t before a kernel: h_t = eps Laplace(h) + d h / 2t."""
    from sympy import Symbol  # noqa: PLC0415 - slow to load

    return [*_heat(power=False), _transform(Symbol("rate", real=True))]


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
