"""What plans forecast, and what then comes out: `python -m benchmarks.planner`.

Three tables, as Markdown: what allocating replicates by cost buys at an equal budget; forecasts
from pilots of 32 replicates on ten doublings beside what comes out of data sets of the zoo, with
two simpler curves that a forecast might be made about; and how often a true claim HOLDS at the
experiment that is recommended from such a pilot, with the zoo's noise and at most 18 doublings and
4,096 replicates.  About ten minutes on two idle processors.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence

import attrs
import numpy as np

from verify.calibration.trial import _claims, _points
from verify.calibration.zoo import FIRST, MAIN, Array, Law, Setting
from verify.claims import Rate
from verify.claims.rate.nuisance import plain
from verify.inference.curve import fitted
from verify.inference.exponent import exponent
from verify.inference.points import Points
from verify.inference.range_slope import projection
from verify.planning.allocation import allocation
from verify.planning.forecast import DRAWS, forecast
from verify.planning.pilot import Pilot
from verify.planning.recommendation import AIM, recommend
from verify.planning.simulation import SEED, Question, question
from verify.sampling import open_executor, processors
from verify.spec.measure import Cell
from verify.verdict import LEVEL, Relation, Verdict

PILOT = Setting(10, 32)
FORECASTS = Setting(10, 256), Setting(15, 256)
SHAPES = (0, 1, 2, 3, 4, 7)
"""The laws of the main list whose forecasts are compared: one of each kind that the family has."""
REALISED, EACH = 200, 20
"""Data sets of a law, and of each recommendation."""
POWERS = 0.5, 1.0, 1.5, 2.0
SQUARED_CV = 0.3


def main(arguments: Sequence[str]) -> None:
    """Print the three tables."""
    parser = ArgumentParser(prog="python -m benchmarks.planner")
    parser.add_argument("--pilots", type=int, default=12, help="of each law and relation")
    parser.add_argument("--aim", type=float, default=AIM, help="at a chance to hold")
    asked = parser.parse_args(arguments)
    pilots = asked.pilots
    for line in allocated():
        print(line, flush=True)
    with open_executor(processors()) as executor:
        for head, task, jobs in (
            (FORECAST_HEAD, forecast_row, [(k, s, pilots) for s in FORECASTS for k in SHAPES]),
            (HELD_HEAD, held_row, [(k, pilots, asked.aim) for k in range(len(MAIN))]),
        ):
            print(f"\n{head}\n|{'---|' * (head.count('|') - 1)}")
            for row in [executor.submit(task, *job) for job in jobs]:
                print(row.result(), flush=True)


def allocated() -> Iterator[str]:
    """Variances with equal replicates over those allocated at the same cost, from closed forms.

    Of the least-squares slope, of the weighted one, which a pure power allows; and of the verdict's
    interval, its squared median width on simulated points of two laws.
    """
    heads = (
        "doublings",
        "cost",
        "slope on the range",
        "weighted slope",
        *(MAIN[k].name for k in LAWS),
    )
    yield f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}"
    for points in (10, 15):
        for power in POWERS:
            x = Setting(points, 1).grid
            cost = {Cell(drawn, (("n", n),)): (n / FIRST) ** power for n in x.tolist()}
            counts = np.array(list(allocation(cost, 1024).values()), dtype=float)
            equal = np.full(points, 1024.0)
            ratios = [of(x, equal) / of(x, counts) for of in (_line_variance, _weighted_variance)]
            ratios += [_interval(MAIN[k], x, equal) / _interval(MAIN[k], x, counts) for k in LAWS]
            yield f"| {points} | n^{power:g} | {' | '.join(f'{one:.2f}' for one in ratios)} |"


LAWS = 0, 2
"""The laws of the main list whose intervals are compared: a pure power, and a slow correction."""


def drawn(rng: object, n: float) -> float:
    """Stands for a random measure."""
    raise NotImplementedError


def _line_variance(x: Array, counts: Array) -> float:
    return float((projection(np.log(x)) ** 2 / counts).sum())


def _weighted_variance(x: Array, counts: Array) -> float:
    log_x = np.log(x)
    centred = log_x - np.average(log_x, weights=counts)
    return float(1 / (counts @ centred**2))


def _interval(law: Law, x: Array, counts: Array) -> float:
    rng, variance, widths = np.random.default_rng(0), SQUARED_CV / counts, []
    for _ in range(DRAWS):
        value = np.log(law.mean(x)) + np.sqrt(variance) * rng.standard_normal(len(x))
        found = exponent(Points(x, value, variance, variance, counts.min()))
        widths.append(found.high - found.low)
    return float(np.median(widths) ** 2)


FORECAST_HEAD = (
    "| law | design | half-width | forecast | ratios | O HOLDS | forecast | tilted | bound | "
    "Theta HOLDS | forecast | tilted | bound |"
)


@attrs.frozen
class Came:
    """What came out: the median half-width, and the share of HOLDS."""

    half_width: float
    holds: float


def realised(law: Law, setting: Setting, relation: Relation, seed: int, count: int) -> Came:
    """Of fresh data sets of a law."""
    claim = _claims(law, setting)[0][relation]
    asked = question(claim, claim.designs[0])
    return _judged(asked, (_points(law, setting, seed, index) for index in range(count)))


def _judged(asked: Question, sets: Iterator[Points]) -> Came:
    widths, holds = [], []
    for points in sets:
        found = asked.estimate(points, LEVEL)
        widths.append((found.high - found.low) / 2)
        holds.append(asked.verdict(found, points, LEVEL) is Verdict.HOLDS)
    return Came(float(np.median(widths)), float(np.mean(holds)))


def pilot(law: Law, relation: Relation, setting: Setting, index: int) -> tuple[Rate, Pilot]:
    """A claim, and a pilot of it; the data sets of no other table."""
    claim, points = _claims(law, setting)[0][relation], _points(law, setting, 1, index)
    return claim, Pilot(claim.designs[0], points, points.smooth_variance * setting.replicates)


def forecast_row(index: int, setting: Setting, pilots: int) -> str:
    """A row of the second table: what came out, and what was forecast on average."""
    law, cells = MAIN[index], []
    begun = Setting(setting.points, PILOT.replicates)
    for relation in (Relation.O, Relation.THETA):
        came = realised(law, setting, relation, 2, REALISED)
        given = [pilot(law, relation, begun, k) for k in range(pilots)]
        counts = [setting.replicates] * setting.points
        found = [forecast(claim, claim.designs[0], one, counts) for claim, one in given]
        others = [
            [_about(curve, *one, setting.replicates).holds for one in given]
            for curve in (_tilted, _bound)
        ]
        if relation is Relation.O:
            widths = np.array([one.half_width for one in found])
            ratio = widths / came.half_width
            cells += [f"{came.half_width:.4f}", f"{np.median(widths):.4f}"]
            cells.append(f"{ratio.min():.2f} to {ratio.max():.2f}")
        chances = [[one.holds for one in found], *others]
        cells += [f"{came.holds:.2f}", *(f"{np.mean(one):.2f}" for one in chances)]
    return f"| {law.name} | {setting.label} | {' | '.join(cells)} |"


def _about(curve: Callable[[Rate, Pilot], Array], claim: Rate, seen: Pilot, count: int) -> Came:
    """A forecast from one curve, which is taken to be certain."""
    asked, variance = question(claim, claim.designs[0]), seen.variance / count
    rng, value = np.random.default_rng(SEED), curve(claim, seen)
    sets = (
        Points(asked.x, value + np.sqrt(variance) * error, variance, variance, count)
        for error in rng.standard_normal((DRAWS, len(value)))
    )
    return _judged(asked, sets)


def _tilted(claim: Rate, seen: Pilot) -> Array:
    """The fitted curve, turned until its estimated exponent is the predicted one."""
    asked = question(claim, seen.design)
    found = asked.estimate(seen.points, LEVEL)
    value = fitted(plain(claim, seen.design, seen.points), asked.family, found).log_value
    turned: Array = value + (asked.power - found.estimate) * np.log(asked.x) + asked.known
    return turned


def _bound(claim: Rate, seen: Pilot) -> Array:
    """The bound itself, as it is written; with all of the logs that the claim allows."""
    value = np.log(claim.bound_in(seen.design).evaluate({"n": seen.points.x}))
    logs: Array = claim.logs * np.log(np.log(seen.points.x))
    return np.asarray(value + logs)


HELD_HEAD = (
    "| law | O: doublings | replicates | forecast | HOLDS | Theta: doublings | replicates | "
    "forecast | HOLDS |"
)


def held_row(index: int, pilots: int, aim: float) -> str:
    """A row of the third table: what is recommended, and how often the claim HOLDS there."""
    law, cells = MAIN[index], []
    for relation in (Relation.O, Relation.THETA):
        found = [recommend(*pilot(law, relation, PILOT, k), aim=aim) for k in range(pilots)]
        settings = [Setting(len(one.design.grid), min(one.replicates.values())) for one in found]
        came = [
            realised(law, setting, relation, 3 + k, EACH).holds
            for k, setting in enumerate(settings)
        ]
        cells += [
            _middle([one.points for one in settings]),
            _middle([one.replicates for one in settings]),
            f"{np.mean([one.forecast.holds for one in found]):.2f}",
            f"{np.mean(came):.2f}",
        ]
    return f"| {law.name} | {' | '.join(cells)} |"


def _middle(values: Sequence[int]) -> str:
    """The median, and the range."""
    low, high = min(values), max(values)
    return f"{np.median(values):,.0f} ({low:,} to {high:,})" if low < high else f"{low:,}"


if __name__ == "__main__":
    main(sys.argv[1:])
