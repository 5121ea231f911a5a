"""One island of a worst-case search: an evolving population, and the polish of a peak."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from time import process_time
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from verify.claims.inequality.box import assigned, coordinates, numbers
from verify.claims.inequality.declaration import InequalityDeclaration
from verify.claims.inequality.excess import SideName
from verify.claims.inequality.question import question_of
from verify.claims.inequality.scale import Scale
from verify.errors import InputError

ISLANDS = 4
MEMBERS, FEWEST_MEMBERS = 10, 20
"""Members of a population for each coordinate, and at the least."""

GENERATIONS = 2
"""Generations of an island, at the least."""

CONVERGED = 1e-8
SAMPLE = 5
"""Evaluations that are timed."""


@attrs.frozen
class Island:
    """Where the excess over one bound is maximised, with `fixed` data beside the box.

    `begin` is the point of the box from which it begins; `number` counts those of a bound.
    """

    claim: InequalityDeclaration
    side: SideName
    number: int
    fixed: Mapping[str, Any]
    begin: tuple[float, ...]
    evaluations: int

    @property
    def bounds(self) -> list[tuple[float, float]]:
        """The ends of each coordinate."""
        return [(one.low, one.high) for one in coordinates(self.claim.box)]

    def data(self, point: Iterable[float]) -> dict[str, Any]:
        """The instance at a point of the box."""
        inside = (min(max(x, low), high) for x, (low, high) in zip(point, self.bounds, strict=True))
        return {**self.fixed, **assigned(self.claim.box, map(float, inside))}


@attrs.frozen
class Peak:
    """The largest excess over a bound, its instance, and after how many evaluations.

    `failure` says where the value could not be computed.
    """

    side: SideName
    excess: float
    data: Mapping[str, Any]
    evaluations: int
    failure: str = ""


class SpentError(Exception):
    """All evaluations are spent; a minimiser may not know that it has to stop."""


class Climb:
    """The excess as a function of the point, which remembers its maximum.

    A minimiser is given its negative, so many times at the most.
    """

    def __init__(self, island: Island, most: int) -> None:
        self._island, self._question, self._most = island, question_of(island.claim), most
        self._best, self._data, self._count = -np.inf, dict[str, Any](), 0

    def __call__(self, point: NDArray[np.float64]) -> float:
        """The negative excess; InputError where it cannot be computed, with the place."""
        if self._count == self._most:
            raise SpentError
        data = self._island.data(point)
        self._count += 1
        try:
            sides = self._question.quick(data).sides
        except InputError as error:
            where = ", ".join(f"{name} = {value}" for name, value in data.items())
            raise InputError(f"{error}, at {where}") from None
        excess = next(one.excess for one in sides if one.side == self._island.side)
        if excess > self._best:
            self._best, self._data = excess, data
        return -excess

    def peak(self, failure: str = "") -> Peak:
        """The maximum so far."""
        return Peak(self._island.side, self._best, self._data, self._count, failure)

    @property
    def count(self) -> int:
        """How often it was called."""
        return self._count


def population(coordinates: int) -> int:
    """The size of a population: a multiple of the number of coordinates."""
    return -(-max(FEWEST_MEMBERS, MEMBERS * coordinates) // coordinates) * coordinates


def timed(island: Island) -> float:
    """Seconds of a processor that an island will take, by the quickest of a few evaluations."""
    climb, spent = Climb(island, SAMPLE), []
    try:
        for _ in range(SAMPLE):
            began = process_time()
            climb(np.asarray(island.begin))
            spent.append(process_time() - began)
    except InputError:
        return 0.0
    return min(spent) * island.evaluations


def evolve(island: Island) -> Peak:
    """The peak that differential evolution finds (Storn and Price, J. Global Optim. 1997).

    It begins anew when its population has converged, as on a plateau, until its evaluations are
    spent.  Every second island searches intervals that are wide in ratio by their logarithms.
    """
    from scipy.optimize import differential_evolution  # noqa: PLC0415 - slow to load

    climb, scale = (
        Climb(island, island.evaluations),
        Scale.of(island.bounds, logs=island.number % 2 == 1),
    )
    members, restart = population(len(scale.bounds)), 0
    with threadpool_limits(limits=1):  # the last bits are the same in every process
        try:
            while (left := island.evaluations - climb.count) >= GENERATIONS * members:
                differential_evolution(
                    lambda point: climb(scale.outward(point)),
                    scale.bounds,
                    x0=scale.inward(island.begin) if restart == 0 else None,
                    maxiter=left // members - 1,
                    popsize=members // len(scale.bounds),
                    recombination=0.9,
                    tol=CONVERGED,
                    polish=False,
                    seed=np.random.default_rng(_seed(island, restart)),
                )
                restart += 1
        except InputError as error:
            return climb.peak(str(error))
    return climb.peak()


def polish(island: Island, peak: Peak, evaluations: int) -> Peak:
    """The peak after a local search: by slopes, and from there without them for one with edges."""
    from scipy.optimize import minimize  # noqa: PLC0415 - slow to load

    climb = Climb(island, evaluations)
    with threadpool_limits(limits=1), suppress(SpentError):
        try:
            for method, most in (("L-BFGS-B", "maxfun"), ("Nelder-Mead", "maxfev")):
                begin = numbers(island.claim.box, climb.peak().data or peak.data)
                options = {most: evaluations // 2}
                minimize(climb, begin, method=method, bounds=island.bounds, options=options)
        except InputError as error:
            return climb.peak(str(error))
    return climb.peak()


def _seed(island: Island, restart: int) -> list[int]:
    """The seed of a population: of the claim, the bound, the island and the restart."""
    side = ("low", "high").index(island.side)
    return [island.claim.seed % 2**64, side, island.number, restart]
