"""A log-sum-exp of logits z as the maximum of <q, z> + eps H(q) over the simplex."""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from theorems.hamilton_jacobi import layer

Simplex = Mapping[str, Any]
"""Logits z (N,), positive numbers r (N,) that are q up to their sum, and a temperature eps."""

LOGIT, HEAT = st.floats(-2, 2), st.floats(0.125, 2)


def simplex(many: int) -> st.SearchStrategy[dict[str, Any]]:
    """So many logits, a place of the simplex, and a temperature."""
    return st.fixed_dictionaries(
        {
            "z": st.lists(LOGIT, min_size=many, max_size=many),
            "r": st.lists(st.floats(0.125, 2), min_size=many, max_size=many),
            "eps": HEAT,
        }
    )


def free_energy(q: Any, z: Any, weight: Any) -> Any:
    """<q, z> + weight H(q)."""
    return sum(p * (one - weight * layer.log(p)) for p, one in zip(q, z, strict=True))


def attained(at: Simplex) -> Any:
    """f less <pi, z> + eps H(pi)."""
    z, eps = at["z"], at["eps"]
    return layer.log_sum_exp(z, eps) - free_energy(layer.gibbs(z, eps), z, eps)


def attained_without_heat(at: Simplex) -> Any:
    """f less <pi, z> + H(pi)."""
    z, eps = at["z"], at["eps"]
    return layer.log_sum_exp(z, eps) - free_energy(layer.gibbs(z, eps), z, 1)


def missed(at: Simplex, reverse: bool = False) -> Any:
    """f less <q, z> + eps H(q), less eps KL(q | pi); in `reverse` less eps KL(pi | q)."""
    z, eps = at["z"], at["eps"]
    q, pi = _place(at), layer.gibbs(z, eps)
    first, second = (pi, q) if reverse else (q, pi)
    kl = sum(a * layer.log(a / b) for a, b in zip(first, second, strict=True))
    return layer.log_sum_exp(z, eps) - free_energy(q, z, eps) - eps * kl


def missed_in_reverse(at: Simplex) -> Any:
    """The same with the divergence of pi from q."""
    return missed(at, reverse=True)


def missed_proof() -> Any:
    """One summand, in which eps log pi_j = z_j - f: as the q_j add up to 1, that is every N."""
    from sympy import log, symbols  # noqa: PLC0415 - slow to load

    f, z = symbols("f z", real=True)
    q, eps = symbols("q eps", positive=True)
    return q * f - q * (z - eps * log(q)) - eps * q * (log(q) - (z - f) / eps)


def heated(at: Simplex, power: int = 3) -> Any:
    """df/deps - H(pi) and dH/deps - Var_pi(z) / eps^power, the derivatives by differences."""
    import mpmath  # noqa: PLC0415 - slow to load

    z, eps = at["z"], at["eps"]
    pi = layer.gibbs(z, eps)
    mean = sum(p * one for p, one in zip(pi, z, strict=True))
    spread = sum(p * (one - mean) ** 2 for p, one in zip(pi, z, strict=True))
    first = mpmath.diff(lambda s: layer.log_sum_exp(z, s), eps)
    second = mpmath.diff(lambda s: layer.entropy(z, s), eps)
    return [first - layer.entropy(z, eps), second - spread / eps**power]


def heated_by_square(at: Simplex) -> Any:
    """The same with Var_pi(z) / eps^2."""
    return heated(at, power=2)


def heated_proof() -> list[Any]:
    """By the moments m_k = sum_j z_j^k exp(z_j / eps), for every N: dm_k/deps = -m_{k+1} / eps^2.

    f = eps log m_0 and H = log m_0 - m_1 / (eps m_0).
    """
    from sympy import diff, log, symbols  # noqa: PLC0415 - slow to load

    eps, zeroth = symbols("eps m_0", positive=True)
    first, second = symbols("m_1 m_2", real=True)
    entropy = log(zeroth) - first / (eps * zeroth)

    def along(value: Any) -> Any:
        moved = first * diff(value, zeroth) + second * diff(value, first)
        return diff(value, eps) - moved / eps**2

    spread = second / zeroth - (first / zeroth) ** 2
    return [along(eps * log(zeroth)) - entropy, along(entropy) - spread / eps**3]


def value_at(at: Simplex) -> Any:
    """<q, z> + eps H(q)."""
    return free_energy(_place(at), at["z"], at["eps"])


def value_at_twice(at: Simplex) -> Any:
    """<q, z> + 2 eps H(q)."""
    return free_energy(_place(at), at["z"], 2 * at["eps"])


def maximum(at: Simplex) -> Any:
    """f."""
    return layer.log_sum_exp(at["z"], at["eps"])


def _place(at: Simplex) -> list[Any]:
    """q."""
    return [one / sum(at["r"]) for one in at["r"]]
