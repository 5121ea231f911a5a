"""Simulators without a theorem."""

import numpy as np


def law(rng: np.random.Generator, size: int, n: int, power: float) -> np.ndarray:
    """n**power with one per cent of noise, shape (size,)."""
    return n**power * rng.lognormal(0, 0.01, size)
