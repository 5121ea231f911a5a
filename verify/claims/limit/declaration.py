"""What a limit declares, and the places of its curve and the cells that follow from it."""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any, Literal

from verify import algebra
from verify.claims.finite_size import FiniteSize
from verify.claims.sweep import direction
from verify.inference.statistic import STATISTICS, Quantile, Statistic
from verify.spec.declaration import declaration, is_positive, item
from verify.spec.design import Design, is_number, is_setting, is_sweep
from verify.spec.measure import Cell, Measure, cell, convention

DISTANCES = "kolmogorov", "wasserstein"


def _is_curve(value: object) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(name, str)
        and isinstance(grid, Sequence)
        and not isinstance(grid, str)
        and len(grid) > 0
        and all(map(is_number, grid))
        for name, grid in value.items()
    )


@declaration
class LimitDeclaration(FiniteSize):
    """The fields of a limit, and what follows from them alone."""

    measure: Measure = item("a function of the variables", callable, kw_only=True)
    target: Any = item(
        "a number, or a function of the variables of the curve",
        lambda value: callable(value) or is_number(value),
        kw_only=True,
    )
    along: Mapping[str, Sequence[float]] = item(
        "variables with positive values, equally many of each, as {'n': [64, 128, ...]}",
        is_sweep,
        kw_only=True,
    )
    at: Mapping[str, float] = item(
        "fixed variables with their numbers, as {'d': 2}", is_setting, default={}, kw_only=True
    )
    each: Mapping[str, Sequence[float]] = item(
        "variables with the places of a curve, as {'t': [0, .5, 1]}",
        _is_curve,
        default={},
        kw_only=True,
    )
    margin: float = item("a positive number", is_positive, kw_only=True)
    statistic: str | Quantile = item(
        f"one of {', '.join(map(repr, STATISTICS))} or Quantile(level)",
        lambda value: type(value) is Quantile or value in STATISTICS,
        default="mean",
        kw_only=True,
    )
    distance: Literal["kolmogorov", "wasserstein"] | None = item(
        "None, 'kolmogorov' or 'wasserstein'",
        lambda value: value is None or value in DISTANCES,
        default=None,
        kw_only=True,
    )
    together: bool = item(
        "True or False", lambda value: isinstance(value, bool), default=False, kw_only=True
    )
    unit: float | None = item(
        "a positive number", lambda value: value is None or is_positive(value),
        default=None, kw_only=True,
    )  # fmt: skip
    cost: Any = item("a bound as text", lambda value: value is not None, default=1, kw_only=True)

    @property
    def design(self) -> Design:
        """The sweep, at this claim's place in its file."""
        return Design(sweep=self.along, at=self.at).replaced({}, self.place)

    @property
    def direction(self) -> int:
        """-1 where the leading variable tends to 0, else 1."""
        return direction(self.design, self.to_zero)

    @property
    def sweep(self) -> list[float]:
        """The places x of the sweep in its own order, as numbers that grow towards the limit."""
        return [float(value) ** self.direction for value in self.design.grid]

    @property
    def of_draws(self) -> bool:
        """Whether it is of a law that is given by draws."""
        return self.distance is not None and not self.each

    @property
    def curve(self) -> list[dict[str, float]]:
        """The variables at each of the J places of the curve; one place without any, if none."""
        rows = product(*self.each.values())
        return [dict(zip(self.each, row, strict=True)) for row in rows]

    @property
    def random_target(self) -> bool:
        """Whether the target is drawn, and so has an error of its own."""
        return callable(self.target) and convention(self.target).random

    def cells_at(self, setting: Mapping[str, Any], function: Measure) -> list[Cell]:
        """The cells in which a function is measured over the curve: one, or one for each place."""
        wanted = convention(function).variables
        places = [self._whole] if self.together else self.curve
        rows = [{**setting, **place} for place in places]
        return [cell(function, {k: v for k, v in row.items() if k in wanted}) for row in rows]

    def cells(self) -> Sequence[Cell]:
        """The cells of the sweep, and those of a random target."""
        found = [one for row in self.design.settings() for one in self.cells_at(row, self.measure)]
        return [*found, *(self.cells_at(self.at, self.target) if self.random_target else ())]

    def costs(self) -> Mapping[Cell, float]:
        """The declared cost of a replicate of each cell of the sweep."""
        cost = algebra.bound(self.cost)
        return {
            one: float(cost.evaluate({k: v for k, v in row.items() if k in cost.symbols}))
            for row in self.design.settings()
            for one in self.cells_at(row, self.measure)
        }

    @property
    def _whole(self) -> dict[str, tuple[float, ...]]:
        """The variables of a replicate that sees the whole curve: the values at all J places."""
        return {name: tuple(place[name] for place in self.curve) for name in self.each}

    @property
    def functional(self) -> Statistic:
        """The declared statistic as an estimator."""
        if isinstance(self.statistic, Quantile):
            return self.statistic
        return STATISTICS[self.statistic]

    @property
    def statement(self) -> str:
        """The claim in a line."""
        measured = self.measure.__name__
        target = getattr(self.target, "__name__", None) or f"{self.target:g}"
        if self.distance is not None:
            return f"law of {measured} -> {target}, {self.distance} distance"
        label = self.functional.label if convention(self.measure).random else "value"
        where = f" at every {', '.join(self.each)}" if self.each else ""
        return f"{label} of {measured} -> {target}{where}"
