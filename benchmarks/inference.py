"""How wide the interval of an exponent is, and what it costs: `python -m benchmarks.inference`.

Half-widths on ten doubling points n = 64 .. 32768 with lognormal noise of relative size 1/2, beside
those of a least-squares line on the same data, which is narrower and covers less; times beside the
line's, in one run.  Then the times of one judgement under four families, beside the line's and as
ratios to the naive ways: to lay out the dictionary anew for every data set, and to repeat its nodes
for every log power.  Targets: 8 ms without logs and kinks, 30 ms with them.
"""

from collections.abc import Callable
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from verify.inference.exponent import exponent, regression
from verify.inference.family import Dictionary, Family, dictionary
from verify.inference.mixture import mixture
from verify.inference.points import Points, sampled_points
from verify.inference.range_slope import range_slope
from verify.inference.statistic import Mean
from verify.inference.structure import Nodes, Term

Array = NDArray[np.float64]
X: Array = 64 * 2.0 ** np.arange(10, dtype=np.float64)
LAWS: dict[str, Callable[[Array], Array]] = {
    "n^.5": lambda n: n**0.5,
    "n^.5 (1 + 3 n^-.5)": lambda n: n**0.5 * (1 + 3 * n**-0.5),
    "n^.5 (1 - 3 n^-.5)": lambda n: n**0.5 * (1 - 3 * n**-0.5),
}
DATA_SETS, TRUTH = 60, 0.5
KNOWN = (Term(1 / 6, added=False, faster=True), Term(1 / 6, added=True))
# Its family, whether its points are correlated, and the target in milliseconds.
CASES: dict[str, tuple[Family, bool, float]] = {
    "no logs": (Family(), False, 8),
    "logs=1": (Family(logs=1.0), False, 30),
    "logs=1, kink, lower term": (Family(logs=1.0, terms=KNOWN), False, 30),
    "no logs, correlated": (Family(), True, 8),
    "all, correlated": (Family(logs=1.0, terms=KNOWN), True, 30),
}
ROUNDS = 5


def main() -> None:
    """Print a row for each law and number of replicates, and one for each family."""
    print("law                  replicates   half-width  covers |   line  covers |    ms   line ms")
    for name, law in LAWS.items():
        for replicates in (32, 256, 2048):
            rng = np.random.default_rng(0)
            sets = [_points(law, replicates, rng) for _ in range(DATA_SETS)]
            ours, lines = _measure(exponent, sets), _measure(range_slope, sets)
            print(
                f"{name:20} {replicates:10} {ours[0]:12.3f} {ours[1]:7.2f} |"
                f"{lines[0]:7.3f} {lines[1]:7.2f} |{ours[2]:6.2f} {lines[2]:9.3f}"
            )
    print("\none judgement               nodes     ms  target | x line  x rebuilt  x repeated")
    for name, (family, together, target) in CASES.items():
        _print_case(name, family, together, target)


def _print_case(name: str, family: Family, together: bool, target: float) -> None:
    """A row: how many times faster than the naive ways, how many times slower than the line."""
    rng, law = np.random.default_rng(0), LAWS["n^.5 (1 + 3 n^-.5)"]
    sets = [_points(law, 256, rng, together) for _ in range(DATA_SETS)]
    known = dictionary(tuple(X.tolist()), family)
    repeated = _repeated(known)
    ours = _milliseconds(lambda one: exponent(one, family), sets)
    line = _milliseconds(range_slope, sets)
    rebuilt = _milliseconds(lambda one: _rebuilt(one, family), sets)
    closed = _milliseconds(lambda one: _mixture(one, family, known), sets)
    dense = _milliseconds(lambda one: _mixture(one, family, repeated), sets)
    print(
        f"{name:25} {len(known.nodes.log_prior):7} {ours:6.2f} {target:7.0f} |"
        f"{ours / line:7.0f} {rebuilt / ours:10.1f} {dense / closed:11.1f}"
    )


def _mixture(points: Points, family: Family, nodes: Dictionary) -> object:
    return mixture(regression(points, points.covariance, family), nodes)


def _points(
    law: Callable[[Array], Array],
    replicates: int,
    rng: np.random.Generator,
    together: bool = False,
) -> Points:
    """Independent replicates; or runs that also share a factor, and are read at every n."""
    shared = rng.lognormal(-0.125, 0.5, replicates) if together else 1.0
    samples = [mean * shared * rng.lognormal(-0.125, 0.5, replicates) for mean in law(X)]
    return sampled_points(X.tolist(), samples, Mean(), together=together)


def _rebuilt(points: Points, family: Family) -> object:
    """The naive way: a dictionary of its own for every data set."""
    dictionary.cache_clear()
    return exponent(points, family)


def _repeated(known: Dictionary) -> Dictionary:
    """The naive way: the nodes repeated for every log power, which is then part of them."""
    nodes, log_log = known.nodes, np.log(np.log(X))
    count = len(known.log_power)
    offset = nodes.offset + known.log_power[:, None, None] * log_log
    weight = nodes.log_prior + known.log_weight[:, None]
    tangent = np.tile(nodes.tangent, (count, 1, 1))
    return Dictionary(
        Nodes(offset.reshape(-1, len(X)), tangent, weight.ravel()), np.zeros(1), np.zeros(1)
    )


def _milliseconds(judge: Callable[[Points], object], sets: list[Points]) -> float:
    """Of one data set, the fastest of a few rounds: other work only ever adds to a time."""
    judge(sets[0])
    spent = []
    for _ in range(ROUNDS):
        start = perf_counter()
        for points in sets:
            judge(points)
        spent.append(1000 * (perf_counter() - start) / len(sets))
    return min(spent)


def _measure(
    estimate: Callable[[Points], object], sets: list[Points]
) -> tuple[float, float, float]:
    """Median half-width, coverage of the truth, milliseconds a data set."""
    start = perf_counter()
    found = [estimate(points) for points in sets]
    spent = 1000 * (perf_counter() - start) / len(sets)
    ends = np.array([(one.low, one.high) for one in found])  # type: ignore[attr-defined]
    covered = np.mean((ends[:, 0] <= TRUTH) & (ends[:, 1] >= TRUTH))
    return float(np.median(np.diff(ends)) / 2), float(covered), spent


if __name__ == "__main__":
    main()
