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

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from theorems.hamilton_jacobi import viscous
from theorems.hamilton_jacobi.layer import initial_data, layer, potential, weights
from theorems.hamilton_jacobi.viscous import Atoms, squared
from verify import Assumption, Identity, Source, Theorem, Verdict, but

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
            residual=viscous.left,
            given={"at": ATOMS},
            arithmetic="mpmath",
            digits=55,
            instances=16,
            proof=viscous.viscous_proof,
            uses=("dictionary", "kernel"),
            scope="proved for heat solutions and their kernels, d <= 3; u from its atoms in "
            "differences of 70 digits",
            controls=(
                but("half", "the Hamiltonian is |p|^2, not half of it", residual=viscous.left_half),
                but("twice", "the viscosity is eps, not 2 eps", residual=viscous.left_twice),
                but("layer", "f has the opposite sign", residual=viscous.left_layer),
            ),
        ),
        Identity(
            "enclosed",
            residual=viscous.enclosed,
            given={"at": ATOMS},
            arithmetic="ball",
            uses=("dictionary", "kernel"),
            scope="the same by power series with balls as coefficients, on drawn atoms",
            controls=(
                but(
                    "bare", "eps d / 2t is left", violates="kernel", residual=viscous.enclosed_bare
                ),
            ),
        ),
        Identity(
            "viscous_bare",
            residual=viscous.left_bare,
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
            residual=viscous.source,
            given={"at": ATOMS},
            arithmetic="mpmath",
            digits=55,
            instances=16,
            proof=viscous.source_proof,
            uses=("dictionary",),
            scope="what the bare sum leaves of the equation is -eps d / 2t; derived here",
            controls=(
                but(
                    "dimension",
                    "it is proportional to d",
                    residual=viscous.source_without_dimension,
                ),
            ),
        ),
        Identity(
            "any_time",
            residual=two_times,
            given={"network": NETWORKS},
            arithmetic="ball",
            uses=("dictionary",),
            scope="one layer as atoms at two times (duality at both); it does not tell its time",
            controls=(but("same_atoms", "the atoms move with the time", residual=moved_time),),
        ),
    ),
)
