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
    """For three logits and any q, in symbols."""
    from sympy import exp, log, symbols  # noqa: PLC0415 - slow to load

    z, r = symbols("z1:4", real=True), symbols("r1:4", positive=True)
    eps = symbols("eps", positive=True)
    total = sum(exp(one / eps) for one in z)
    f, q = eps * log(total), [one / sum(r) for one in r]
    value = sum(p * (one - eps * log(p)) for p, one in zip(q, z, strict=True))
    kl = sum(p * (log(p) - one / eps + log(total)) for p, one in zip(q, z, strict=True))
    return f - value - eps * kl


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


def heated_proof() -> Any:
    """For three logits, in symbols."""
    from sympy import diff, exp, log, symbols  # noqa: PLC0415 - slow to load

    z, eps = symbols("z1:4", real=True), symbols("eps", positive=True)
    total = sum(exp(one / eps) for one in z)
    pi = [exp(one / eps) / total for one in z]
    entropy = -sum(p * (one / eps - log(total)) for p, one in zip(pi, z, strict=True))
    mean = sum(p * one for p, one in zip(pi, z, strict=True))
    spread = sum(p * (one - mean) ** 2 for p, one in zip(pi, z, strict=True))
    return [diff(eps * log(total), eps) - entropy, diff(entropy, eps) - spread / eps**3]


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
