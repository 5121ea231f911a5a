r"""The scheduler and the restart tests of MASTER as layers of a transformer.

Setting.  MASTER (Wei and Luo, 2021) runs instances of a base algorithm on a random multi-scale
schedule of blocks of 1, 2, 4, ... rounds, and begins again when one of two tests fires.  A context
has a token for each round, with its reward and the optimistic value of the instance that played it,
and one for each restart.
Claims.  Layers with heads of masked ReLU attention, 2 (n + 1) of them for n + 1 orders, find the
instance that plays the next round from the uniform draws of its token; further ones find whether a
test fires.  Both agree with the algorithm at every token.
"""

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from theorems.nonstationary_regret.attention import contexts, procedure
from theorems.nonstationary_regret.simulators.master import Constants
from verify import Assumption, Identity, Source, Theorem, but

Array = NDArray[np.float64]


def constants(sparsity: float, scale: float) -> Constants:
    """Constants with which both tests fire within some hundred rounds of fair rewards."""
    return Constants(0.0, sparsity, scale**2, 0.2, 0.6, 1.2, 0.05)


def schedule(n: int, seed: int, sparsity: float, scale: float) -> Array:
    """Errors of the order that plays the next round, as a unit vector, at every token."""
    c = constants(sparsity, scale)
    run = procedure.fair(n, c, seed)
    return contexts.master(run, c)[0] - _unit(run)


def denser(n: int, seed: int, sparsity: float, scale: float) -> Array:
    """The same by layers with a sparsity of 1, which start more instances."""
    c = constants(sparsity, scale)
    run = procedure.fair(n, c, seed)
    return contexts.master(run, c._replace(sparsity=1.0))[0] - _unit(run)


def next_above(n: int, seed: int, sparsity: float, scale: float) -> Array:
    """The same against the order that comes next above the one that plays."""
    c = constants(sparsity, scale)
    run = procedure.fair(n, c, seed)
    return contexts.master(run, c)[0] - np.roll(_unit(run), 1, axis=1)


def _unit(run: procedure.Context) -> Array:
    return np.eye(run.noise.shape[1])[run.active]


def tests(n: int, seed: int, sparsity: float, scale: float) -> Array:
    """Errors of whether a test fires, at every token."""
    c = constants(sparsity, scale)
    run = procedure.fair(n, c, seed)
    return contexts.master(run, c)[1] - (run.first | run.second)


def second_alone(n: int, seed: int, sparsity: float, scale: float) -> Array:
    """The same by layers without the first test."""
    c = constants(sparsity, scale)
    run = procedure.fair(n, c, seed)
    return contexts.master(run, c._replace(first=np.inf))[1] - (run.first | run.second)


def first_alone(n: int, seed: int, sparsity: float, scale: float) -> Array:
    """The same by layers without the second test."""
    c = constants(sparsity, scale)
    run = procedure.fair(n, c, seed)
    return contexts.master(run, c._replace(second=np.inf))[1] - (run.first | run.second)


GIVEN = {
    "n": st.integers(1, 512),
    "seed": st.integers(0, 2**32 - 1),
    "sparsity": st.floats(0.1, 1),
    "scale": st.floats(0.8, 1.2),
}

THEOREM = Theorem(
    id="transformer_master",
    title="The scheduler and the tests of MASTER as layers",
    source=Source("chen2025", where="Propositions 3 and 4"),
    statement=r"m_{\mathrm{TF}}(t) = m(t),\quad \mathrm{restart}_{\mathrm{TF}}(t) = "
    r"\mathrm{restart}(t)",
    assumptions=(
        Assumption("base", "rewards and optimistic values of a base algorithm are in [0, 1]"),
    ),
    claims=(
        Identity(
            "scheduler",
            residual=schedule,
            given=GIVEN,
            instances=16,
            digits=15,
            scope="five layers against the compiled algorithm step by step; the uniform draws that "
            "it takes are given as coordinates of the tokens",
            controls=(
                but("next_above", "the lowest order plays", residual=next_above),
                but("denser", "starts are drawn with their own chances", residual=denser),
            ),
        ),
        Identity(
            "restart_tests",
            residual=tests,
            given=GIVEN,
            instances=16,
            digits=15,
            uses=("base",),
            scope="five more layers against both tests step by step, restarts included; the "
            "optimistic values of the base algorithm are given as coordinates of the tokens",
            controls=(
                but("second_alone", "the first test restarts as well", residual=second_alone),
                but("first_alone", "the second test restarts as well", residual=first_alone),
            ),
        ),
    ),
)
