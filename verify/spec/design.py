"""Where a rate is measured: the values over which variables are swept, and the fixed settings."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import isfinite, log
from numbers import Real
from typing import Any, Self

from verify.spec.declaration import Declaration, declaration, item
from verify.spec.instance import Instance

LARGEST_DENOMINATOR = 60
RAY_TOLERANCE = 1e-6


def is_number(value: object) -> bool:
    """Whether `value` is a finite real number, and no truth value."""
    return isinstance(value, Real) and not isinstance(value, bool) and isfinite(value)


def _is_grid(value: object) -> bool:
    return isinstance(value, Sequence) and all(is_number(x) and x > 0 for x in value)


def is_sweep(value: object) -> bool:
    """Whether `value` maps names to positive numbers, equally many of each."""
    return (
        isinstance(value, Mapping)
        and len(value) > 0
        and all(isinstance(name, str) for name in value)
        and all(_is_grid(grid) for grid in value.values())
        and len({len(grid) for grid in value.values()}) == 1
    )


def is_setting(value: object) -> bool:
    """Whether `value` maps names to finite numbers."""
    return isinstance(value, Mapping) and all(
        isinstance(name, str) and (is_number(one) or isinstance(one, Instance))
        for name, one in value.items()
    )


@declaration
class Design(Declaration):
    """One sweep: `sweep={"n": [..]}` moves a variable, `at={"d": 2}` holds the others.

    A grid of at least five distinct positive values; their range decides what can be identified.
    Several variables with grids of one length move together along a ray, each as a power of the
    first one, up to a constant: `sweep={"T": [64, 512, ..], "J": [4, 8, ..]}` is J ~ T^{1/3}.
    """

    sweep: Mapping[str, Sequence[float]] = item(
        "variables with positive values, equally many of each, as {'n': [64, 128, ...]}", is_sweep
    )
    at: Mapping[str, float] = item(
        "fixed variables with their numbers, as {'d': 2}", is_setting, default={}
    )

    @classmethod
    def along(
        cls,
        ray: Mapping[str, Fraction | int | str],
        scale: Sequence[float],
        start: Mapping[str, float],
        at: Mapping[str, float] | None = None,
    ) -> Self:
        """The design start_i * s**u_i for s in `scale`, u the `ray`; such as a regime's own ray.

        Values that are whole come out as ints.  A variable at rest on the ray is held fixed.
        """
        powers = {name: float(Fraction(power)) for name, power in ray.items()}
        sweep = {
            name: [whole(start[name] * s**power) for s in scale]
            for name, power in powers.items()
            if power != 0
        }
        rest = {name: start[name] for name, power in powers.items() if power == 0}
        return cls(sweep=sweep, at={**rest, **(at or {})})

    @property
    def variable(self) -> str:
        """The variable that leads: exponents are per power of it."""
        return next(iter(self.sweep))

    @property
    def grid(self) -> list[float]:
        """The values of the leading variable, as declared."""
        return list(self.sweep[self.variable])

    @property
    def ray(self) -> dict[str, Fraction]:
        """The power of the leading variable with which each variable moves, from end to end."""
        span = log(self.grid[-1] / self.grid[0])
        return {
            name: Fraction(log(grid[-1] / grid[0]) / span).limit_denominator(LARGEST_DENOMINATOR)
            for name, grid in self.sweep.items()
        }

    @property
    def off_ray(self) -> str | None:
        """The first variable that is not a power of the leading one, up to a constant."""
        for name, power in self.ray.items():
            grid = self.sweep[name]
            for value, lead in zip(grid, self.grid, strict=True):
                if abs(log(value / grid[0]) - power * log(lead / self.grid[0])) > RAY_TOLERANCE:
                    return name
        return None

    def settings(self) -> list[dict[str, Any]]:
        """The variables of each cell, in the order of the grid."""
        rows = zip(*self.sweep.values(), strict=True)
        return [{**self.at, **dict(zip(self.sweep, row, strict=True))} for row in rows]

    @property
    def whole(self) -> dict[str, Any]:
        """The variables of a run that is read at every place: a swept one is a tuple."""
        return {**self.at, **{name: tuple(grid) for name, grid in self.sweep.items()}}

    @property
    def label(self) -> str:
        """As a report names it: the variables that follow, the fixed ones, and the instance."""
        led = [f"{k} ~ {self.variable}^{u}" for k, u in self.ray.items() if k != self.variable]
        fixed = [
            str(value) if isinstance(value, Instance) else f"{name}={value}"
            for name, value in self.at.items()
        ]
        return ", ".join([*led, *dict.fromkeys(fixed)])


def whole(value: float) -> float:
    """The int that a value is, if rounding errors alone keep it from being one."""
    nearest = round(value)
    return nearest if abs(value - nearest) <= 1e-9 * abs(value) else value
