"""How wide the interval of an exponent is, and what it costs: `python -m benchmarks.inference`.

Half-widths on ten doubling points n = 64 .. 32768 with lognormal noise of relative size 1/2, beside
those of a least-squares line on the same data, which is narrower and covers less; times beside the
line's, in one run.
"""

from collections.abc import Callable
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from verify.inference.exponent import exponent
from verify.inference.points import Points, sampled_points
from verify.inference.range_slope import range_slope
from verify.inference.statistic import Mean

Array = NDArray[np.float64]
X = 64 * 2.0 ** np.arange(10)
LAWS: dict[str, Callable[[Array], Array]] = {
    "n^.5": lambda n: n**0.5,
    "n^.5 (1 + 3 n^-.5)": lambda n: n**0.5 * (1 + 3 * n**-0.5),
    "n^.5 (1 - 3 n^-.5)": lambda n: n**0.5 * (1 - 3 * n**-0.5),
}
DATA_SETS, TRUTH = 60, 0.5


def main() -> None:
    """Print a row for each law and number of replicates."""
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


def _points(law: Callable[[Array], Array], replicates: int, rng: np.random.Generator) -> Points:
    samples = [mean * rng.lognormal(-0.125, 0.5, replicates) for mean in law(X)]
    return sampled_points(X.tolist(), samples, Mean())


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
