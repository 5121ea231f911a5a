"""Limits that are known, and their samples: what the tests of the kind share."""

from typing import Any

import numpy as np
from scipy.special import ndtr, ndtri

from verify import Limit, but
from verify.claims import LimitOutcome
from verify.spec.measure import Cell, convention

SWEEP = {"n": [16 * 2**k for k in range(10)]}
WIDE = {"n": [4**k for k in range(2, 12)]}
COARSE = [float(ndtri(k / 24)) for k in range(1, 24)]
OFF = but("off", "the limit is 1", target=1.5)


def number(rng: np.random.Generator, size: int, n: int) -> np.ndarray:
    """Tends to 1 with a bias of 1/n."""
    return 1 + 1 / n + 0.1 * rng.standard_normal(size)


def biased(rng: np.random.Generator, size: int, n: int) -> np.ndarray:
    """Tends to 1 with a bias of n^{-1/2}."""
    return 1 + n**-0.5 + 0.1 * rng.standard_normal(size)


def exact(n: int) -> float:
    """Tends to 1, computed."""
    return 1 + n**-0.5


def curve(rng: np.random.Generator, size: int, n: int, t: Any, d: int = 1) -> np.ndarray:
    """Tends to t + d - 1; at one t or at all of them at once."""
    if isinstance(t, np.ndarray):
        noise = rng.standard_normal((size, 1)) + rng.standard_normal((size, len(t)))
        return t + d - 1 + 1 / n + 0.05 * noise
    return t + d - 1 + 1 / n + 0.05 * rng.standard_normal(size)


def grid(n: int, t: np.ndarray) -> np.ndarray:
    """The same, computed at all t at once."""
    return t + 1 / n


def identity(t: float) -> float:
    """The limit of the curves."""
    return t


def bent(t: float) -> float:
    """Another curve, a quarter away at most."""
    return t**2


def drawn(rng: np.random.Generator, size: int) -> np.ndarray:
    """A target that is drawn, of mean 1."""
    return 1 + 0.1 * rng.standard_normal(size)


def drawn_curve(rng: np.random.Generator, size: int, t: Any) -> np.ndarray:
    """The limit of the curves, drawn; at one t or at all of them at once."""
    shape = (size, len(t)) if isinstance(t, np.ndarray) else size
    return t + 0.05 * rng.standard_normal(shape)


def summed(rng: np.random.Generator, size: int, n: int, shift: float = 0.0) -> np.ndarray:
    """Standardised sums of n exponential draws, moved by `shift`."""
    return (rng.standard_gamma(n, size) - n) / np.sqrt(n) + shift


def shares(rng: np.random.Generator, size: int, n: int, x: np.ndarray) -> np.ndarray:
    """Distribution functions of 200 such draws at x, shape (size, J)."""
    draws = np.sort((rng.standard_gamma(n, (size, 200)) - n) / np.sqrt(n), axis=1)
    return np.stack([np.searchsorted(row, x, side="right") for row in draws]) / 200


def normal(x: np.ndarray) -> np.ndarray:
    """The normal distribution function."""
    return ndtr(x)


def moved(x: np.ndarray) -> np.ndarray:
    """That of a normal law moved by 1."""
    return ndtr(x - 1)


def normal_draws(rng: np.random.Generator, size: int) -> np.ndarray:
    """Normal draws."""
    return rng.standard_normal(size)


def half_normal(x: np.ndarray) -> np.ndarray:
    """No distribution function: it stops at 1/2."""
    return ndtr(x) / 2


def falling(x: np.ndarray) -> np.ndarray:
    """No distribution function: it falls."""
    return 1 - ndtr(x)


def broken(t: float) -> float:
    """Raises."""
    raise ZeroDivisionError("no value here")


def limit(**changes: Any) -> Limit:
    """A sound limit, changed; `...` leaves a field out."""
    fields: dict[str, Any] = {
        "id": "level",
        "measure": number,
        "target": 1,
        "along": SWEEP,
        "margin": 0.05,
        "scope": "the object itself",
        "controls": (OFF,),
    }
    fields |= changes
    return Limit(**{name: value for name, value in fields.items() if value is not ...})


def law(**changes: Any) -> Limit:
    """A sound limit of a law, by draws."""
    known = {
        "measure": summed,
        "target": normal,
        "along": WIDE,
        "distance": "kolmogorov",
        "margin": 0.1,
        "controls": (but("moved", "a law that is elsewhere", target=moved),),
    }
    return limit(**{**known, **changes})


def path(**changes: Any) -> Limit:
    """A sound limit of a curve of which a replicate sees the whole."""
    known = {
        "measure": curve,
        "target": identity,
        "each": {"t": [0.25, 0.5, 1.0]},
        "together": True,
        "controls": (but("bent", "another curve", target=bent),),
    }
    return limit(**{**known, **changes})


def samples(claim: Limit, count: int = 256, seed: int = 1) -> dict[Cell, np.ndarray]:
    """Replicates of every cell of a claim and of its controls."""
    rng, found = np.random.default_rng(seed), {}
    for one in (claim, *(claim.variant(control) for control in claim.controls)):
        for cell in one.cells():
            if cell in found:
                continue
            at = {k: np.array(v) if isinstance(v, tuple) else v for k, v in cell.at}
            if convention(cell.measure).random:
                found[cell] = cell.measure(rng=rng, size=count, **at)
            else:
                found[cell] = np.asarray([cell.measure(**at)], dtype=float)
    return found


def judged(claim: Limit, count: int = 256, seed: int = 1) -> LimitOutcome:
    """The outcome of a claim on its own data."""
    return claim.judge(samples(claim, count, seed))
