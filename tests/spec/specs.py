"""A sound theorem, to be made wrong in one place at a time."""

from typing import Any

import numpy as np

from verify import Assumption, Design, Rate, Source, Theorem, but


def measured(rng: np.random.Generator, size: int, n: int) -> np.ndarray:
    """Grows like the root of n."""
    return rng.lognormal(0, 0.01, size) * n**0.5


def other(rng: np.random.Generator, size: int, n: int) -> np.ndarray:
    """Grows faster."""
    return rng.lognormal(0, 0.01, size) * n**0.9


def exact(n: int, d: int = 1) -> float:
    """Computed, not drawn."""
    return float(n ** (1 / (d + 1)))


GRID = Design(sweep={"n": [2**k for k in range(3, 13)]})
TENTH = but("tenth", "an exponent off by a tenth", bound="n**(2/5)")


def rate(**changes: Any) -> Rate:
    fields: dict[str, Any] = {
        "id": "upper",
        "measure": measured,
        "bound": "n**(1/2)",
        "relation": "Theta",
        "scope": "the object itself",
        "designs": (GRID,),
        "controls": (TENTH,),
    }
    fields |= changes
    return Rate(**{name: value for name, value in fields.items() if value is not ...})


def theorem(*claims: Any, **changes: Any) -> Theorem:
    fields: dict[str, Any] = {
        "id": "sound",
        "title": "A sound theorem",
        "source": Source("someone2026", where="Theorem 1"),
        "statement": "y = \\Theta(n^{1/2})",
        "assumptions": (Assumption("iid", "independent draws"),),
        "claims": claims or (rate(),),
    }
    fields |= changes
    return Theorem(**{name: value for name, value in fields.items() if value is not ...})
