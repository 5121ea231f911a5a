"""Measures in a module that other processes can import, and plans of their cells."""

import functools
import os
import signal
import time
from collections.abc import Iterable
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Any

import mpmath
import numpy as np
from threadpoolctl import threadpool_info

from verify import antithetic, common_random_numbers, control_variates
from verify.planning import Plan
from verify.sampling.block import Block
from verify.spec.measure import Measure, cell

Array = np.ndarray
CALLS = "VERIFY_TEST_CALLS"
"""The environment variable that names the file in which `counted` notes its calls."""
ODD = np.array([-0.0, 5e-324, 1.7976931348623157e308, 1 / 3] * 8)
"""A block of replicates that only an exact copy preserves."""


def block(measure: Measure, index: int = 0, seed: int = 0, **at: Any) -> Block:
    return Block(cell(measure, at or {"n": 8}), index, seed)


def plan(measure: Measure, grid: Iterable[float], replicates: int = 64) -> Plan:
    return Plan({cell(measure, {"n": n}): replicates for n in grid})


def draws(rng: np.random.Generator, size: int, n: int) -> Array:
    return rng.normal(size=size) / n


def other_draws(rng: np.random.Generator, size: int, n: int) -> Array:
    return rng.normal(size=size) / n


def one_draw(rng: np.random.Generator, n: int) -> float:
    return float(rng.normal() / n)


@common_random_numbers
def shared(rng: np.random.Generator, n: int) -> float:
    return float(rng.normal() / n)


@common_random_numbers
def shared_too(rng: np.random.Generator, n: int) -> float:
    return float(rng.normal() / n)


@control_variates(1)
def without_control(rng: np.random.Generator, size: int, n: int) -> Array:
    return rng.normal(size=size)


@antithetic
def lone_pair(rng: np.random.Generator, n: int) -> Array:
    return rng.normal(size=3)


@antithetic
def flat_runs(rng: np.random.Generator, size: int, n: Array) -> Array:
    return rng.normal(size=(size, n.size))


def exact(n: int) -> float:
    return 1 / n


def counted(rng: np.random.Generator, size: int, n: int) -> Array:
    with Path(os.environ[CALLS]).open("a", encoding="utf-8") as calls:
        calls.write(f"{n}\n")
    return rng.normal(size=size)


def one_too_many(rng: np.random.Generator, size: int, n: int) -> Array:
    return np.zeros(size + 1)


def a_pair(n: int) -> list[float]:
    return [1.0, 2.0]


def pairs(rng: np.random.Generator, n: int) -> list[float]:
    return [1.0, 2.0]


def a_fraction(n: int) -> Fraction:
    return Fraction(1, n)


def beyond_64_bits(n: int) -> int:
    return n**30


def many_digits(n: int) -> object:
    return mpmath.mpf(1) / n


def nothing(n: int) -> None:
    return None


def words(n: int) -> str:
    return "seven"


def complex_numbers(rng: np.random.Generator, size: int, n: int) -> Array:
    return np.ones(size) + 1j


def not_finite(rng: np.random.Generator, size: int, n: int, value: str) -> Array:
    return np.where(np.arange(size) == 3, float(value), 1.0)


def raises(rng: np.random.Generator, size: int, n: int) -> Array:
    raise ValueError(f"{n} is too many")


def raises_at_16(rng: np.random.Generator, size: int, n: int) -> Array:
    if n == 16:
        raise ValueError(f"{n} is too many")
    return draws(rng, size, n)


def leaves(n: int) -> float:
    raise SystemExit(0)


def dies_at_1000(rng: np.random.Generator, size: int, n: int) -> Array:
    if n == 1000:
        os._exit(7)
    return draws(rng, size, n)


def dies_once(rng: np.random.Generator, size: int, n: int) -> Array:
    try:
        Path(os.environ[CALLS]).touch(exist_ok=False)
    except FileExistsError:
        return draws(rng, size, n)
    os._exit(7)


def drowsy(rng: np.random.Generator, size: int, n: int) -> Array:
    time.sleep(0.1)
    return draws(rng, size, n)


def sleeps_at_16(rng: np.random.Generator, size: int, n: int) -> Array:
    """Tries again whatever goes wrong."""
    while n == 16:
        with suppress(Exception):
            time.sleep(60)
    return draws(rng, size, n)


def stuck_at_16(rng: np.random.Generator, size: int, n: int) -> Array:
    """Never comes back to the interpreter, as compiled code may."""
    if n == 16:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
        time.sleep(60)
    return draws(rng, size, n)


def greedy_at_16(rng: np.random.Generator, size: int, n: int) -> Array:
    if n == 16:
        np.empty(6 * 2**27)
    return draws(rng, size, n)


def threads_of_linear_algebra() -> set[int]:
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}


def nap(seconds: float) -> None:
    time.sleep(seconds)


def doubled(measure: Measure) -> Measure:
    @functools.wraps(measure)
    def twice(**at: Any) -> Any:
        return 2 * measure(**at)

    return twice
