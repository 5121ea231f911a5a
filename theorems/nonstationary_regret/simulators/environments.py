"""Piecewise constant bandits: the ends of the segments, shape (L,), and the means in each, (L, K).

Change points are jittered, so that no policy that restarts on a lattice is flattered.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
Environment = tuple[Whole, Array]

JITTER = 0.25
"""Each change point is uniform within this part of a segment about its place on the lattice."""


def ends(rng: np.random.Generator, T: int, L: int, jitter: float = JITTER) -> Whole:
    """Ends of L segments of [0, T], which ascend to T, shape (L,)."""
    moved = np.arange(1, L) + rng.uniform(-jitter, jitter, L - 1)
    return np.append(np.rint(moved * (T / L)), T).astype(np.int64)


def random_lengths(
    rng: np.random.Generator, size: int, T: int, L: int, jitter: float = JITTER
) -> Whole:
    """The length of one of the L segments, chosen at random, for each replicate, shape (size,).

    It has the law that one has in `ends`: L times the mean of a function of it is the sum's mean.
    """
    place = rng.integers(L, size=size)
    moved = rng.uniform(-jitter, jitter, (2, size))
    first = np.where(place > 0, place + moved[0], 0.0)
    last = np.where(place < L - 1, place + 1 + moved[1], float(L))
    return np.asarray(np.rint(last * (T / L)) - np.rint(first * (T / L)), dtype=np.int64)


def swap(rng: np.random.Generator, T: int, L: int, gap: float) -> Environment:
    """Two arms with means 1/2 +- gap/2 that change places; the first best one is random.

    The variation of the means in the supremum norm is gap (L - 1).
    """
    return ends(rng, T, L), swapped(rng, L, gap)


def part_of_swap(
    rng: np.random.Generator, T: int, L: int, gap: float, start: int, stop: int
) -> Environment:
    """What `swap` is between two times, in the law of its changes there; times count from start."""
    low, high = np.array([start, stop]) * (L / T)
    near = np.arange(max(1, np.floor(low)), min(L - 1, np.ceil(high)) + 1)
    changes = np.rint((near + rng.uniform(-JITTER, JITTER, len(near))) * (T / L)).astype(np.int64)
    inside = changes[(changes > start) & (changes < stop)]
    return np.append(inside, stop) - start, swapped(rng, len(inside) + 1, gap)


def swapped(rng: np.random.Generator, L: int, gap: float) -> Array:
    """Means 1/2 +- gap/2 of two arms that change places, the first best one random, (L, 2)."""
    better = (np.arange(L) + rng.integers(2)) % 2
    return 0.5 + gap / 2 * np.stack([1 - 2 * better, 2 * better - 1], axis=1)


def hidden(rng: np.random.Generator, T: int, L: int, gap: float) -> Environment:
    """Arm 0 stays at 1/2, arm 1 is at 1/2 - gap and 1/2 + gap by turns, at first below; gap <= 1/2.

    That it rises is not seen by a policy that has given it up.  The variation is 2 gap (L - 1).
    """
    sign = np.where(np.arange(L) % 2, 1.0, -1.0)
    return ends(rng, T, L), np.stack([np.full(L, 0.5), 0.5 + gap * sign], axis=1)


def needle(rng: np.random.Generator, T: int, L: int, gap: float, K: int) -> Environment:
    """K arms at 1/2 - gap/2, one of them at 1/2 + gap/2, drawn anew in each segment.

    The minimax instance, without the knowledge of which arm it is (Besbes, Gur and Zeevi, 2014).
    """
    means = np.full((L, K), 0.5 - gap / 2)
    means[np.arange(L), rng.integers(K, size=L)] += gap
    return ends(rng, T, L), means


def variation(means: Array) -> float:
    """The sum over changes of the largest change of a mean."""
    return float(np.abs(np.diff(means, axis=0)).max(axis=1, initial=0).sum())


def uniform_regret(environment: Environment) -> float:
    """Expected pseudo-regret of uniform play, exactly."""
    last, means = environment
    lengths = np.diff(last, prepend=0)
    return float(lengths @ (means.max(axis=1) - means.mean(axis=1)))
