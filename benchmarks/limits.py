"""Limits whose target is known: how often the band covers it, and what the verdicts are.

    python -m benchmarks.limits [DATA_SETS] [NAME...]

prints, for each case, the share of data sets in which the whole simultaneous band covers the truth
(nominal .97), its median half-width, and the verdicts on the true claim; then the verdicts on laws
that are off by half of the margin and by twice the margin, at the recommended number of replicates.
"""

import sys
from collections import Counter
from collections.abc import Callable, Mapping

import attrs
import numpy as np
from numpy.typing import NDArray
from scipy.special import erfinv, ndtr

from verify import Limit
from verify.claims import LimitOutcome
from verify.spec.measure import Cell, convention
from verify.verdict import Verdict

Array = NDArray[np.float64]
DATA_SETS = 400
SWEEP = {"n": [16 * 2**k for k in range(10)]}
WIDE = {"n": [4**k for k in range(2, 12)]}
TIMES = [0.25, 0.5, 0.75, 1.0]


def fast(rng: np.random.Generator, size: int, n: int) -> Array:
    """Tends to 1 with a bias of 1/n."""
    return 1 + 1 / n + 0.5 * rng.standard_normal(size)


def slow(rng: np.random.Generator, size: int, n: int) -> Array:
    """Tends to 1 with a bias of n^{-1/2}."""
    return 1 + n**-0.5 + 0.5 * rng.standard_normal(size)


def slowest(rng: np.random.Generator, size: int, n: int) -> Array:
    """Tends to 1 with a bias of n^{-1/4}, the slowest that is allowed for."""
    return 1 + 0.5 * n**-0.25 + 0.5 * rng.standard_normal(size)


def path(rng: np.random.Generator, size: int, n: int, t: Array) -> Array:
    """Brownian paths about t^2 + t n^{-1/2}, shape (size, J): one replicate is a whole path."""
    steps = np.sqrt(np.diff(t, prepend=0.0))
    walk = np.cumsum(0.5 * steps * rng.standard_normal((size, len(t))), axis=1)
    return np.asarray(t**2 + t * n**-0.5 + walk)


def apart(rng: np.random.Generator, size: int, n: int, t: float) -> Array:
    """The same curve, each place by itself."""
    return t**2 + t * n**-0.5 + 0.5 * np.sqrt(t) * rng.standard_normal(size)


def square(t: float) -> float:
    """The limit of the curves."""
    return t**2


def drawn_one(rng: np.random.Generator, size: int) -> Array:
    """A target that is drawn: its mean is 1."""
    return 1 + 0.5 * rng.standard_normal(size)


def summed(rng: np.random.Generator, size: int, n: int, shift: float = 0.0) -> Array:
    """Standardised sums of n exponential draws, moved by `shift`: normal in the limit."""
    return (rng.standard_gamma(n, size) - n) / np.sqrt(n) + shift


def normal(x: Array) -> Array:
    """The normal distribution function."""
    return np.asarray(ndtr(x))


@attrs.frozen
class Case:
    """A claim that is true, and the replicates of each of its cells."""

    claim: Limit
    replicates: int


def _claim(name: str, measure: Callable[..., Array], target: object, **fields: object) -> Limit:
    known = {"along": SWEEP, "margin": 0.1, "scope": "a law that is known"}
    return Limit(name, measure=measure, target=target, **{**known, **fields})  # type: ignore[arg-type]


LAW = {"along": WIDE, "distance": "kolmogorov", "margin": 0.06}

CASES: Mapping[str, Case] = {
    "number, bias 1/n": Case(_claim("fast", fast, 1), 256),
    "number, bias n^-1/2": Case(_claim("slow", slow, 1), 256),
    "number, 1/2 n^-1/4": Case(_claim("slowest", slowest, 1), 256),
    "number, drawn target": Case(_claim("drawn", slow, drawn_one, unit=1), 256),
    "curve, together": Case(_claim("path", path, square, each={"t": TIMES}, together=True), 256),
    "curve, apart": Case(_claim("apart", apart, square, each={"t": TIMES}), 256),
    "law, bias n^-1/2": Case(_claim("law", summed, normal, **LAW), 1024),
}


def draw(claim: Limit, replicates: int, rng: np.random.Generator) -> dict[Cell, Array]:
    """Replicates of every cell of a claim."""
    found = {}
    for cell in claim.cells():
        at = {k: np.array(v) if isinstance(v, tuple) else v for k, v in cell.at}
        size = {"size": replicates} if convention(cell.measure).sized else {}
        found[cell] = cell.measure(rng=rng, **size, **at)
    return found


def judged(claim: Limit, replicates: int, seed: int) -> LimitOutcome:
    """The outcome of a claim on one data set."""
    return claim.judge(draw(claim, replicates, np.random.default_rng([seed, replicates])))


def covered(outcome: LimitOutcome) -> bool:
    """Whether the band covers the target everywhere."""
    return all(row.low <= row.target <= row.high for row in outcome.rows)


def half_width(outcome: LimitOutcome) -> float:
    """The widest half of the band."""
    return max(max(row.high - row.estimate, row.estimate - row.low) for row in outcome.rows)


def moved(off: float, margin: float) -> Limit:
    """A law whose Kolmogorov distance to the normal is `off` in the limit."""
    shift = 2 * float(np.sqrt(2) * erfinv(off))  # sup is at the middle: 2 Phi(shift/2) - 1
    return _claim("moved", summed, normal, **{**LAW, "margin": margin, "at": {"shift": shift}})


def main() -> None:
    """Print the table of cases, then the verdicts at the recommended size."""
    sets = int(sys.argv[1]) if len(sys.argv) > 1 else DATA_SETS
    print(f"{sets} data sets a case\n{'case':24} {'covered':>8} {'half-width':>11}  verdicts")
    for name, case in CASES.items():
        found = [judged(case.claim, case.replicates, seed) for seed in range(sets)]
        share = np.mean([covered(one) for one in found])
        width = np.median([half_width(one) for one in found])
        verdicts = Counter(f"{one.verdict} ({one.reason})" for one in found)
        print(f"{name:24} {share:8.3f} {width:11.4f}  {dict(verdicts)}", flush=True)
    _print_power(max(sets // 4, 10))


def _print_power(sets: int) -> None:
    margin = 0.06
    print(f"\na law with margin {margin}, {sets} data sets each")
    needed = [judged(moved(margin / 2, margin), 4096, seed).needed for seed in range(9)]
    size = int(np.median([one for one in needed if one is not None]))
    print(f"recommended, by pilots of 4096 draws: {sorted(map(str, needed))}; taken: {size}")
    for factor in (0.0, 0.5, 2.0):
        claim = moved(factor * margin, margin)
        found = Counter(str(judged(claim, size, 1000 + seed).verdict) for seed in range(sets))
        shares = {str(verdict): found[str(verdict)] / sets for verdict in Verdict}
        print(f"off by {factor:g} margins: {shares}", flush=True)


if __name__ == "__main__":
    main()
