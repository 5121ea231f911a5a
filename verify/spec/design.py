"""Where a rate is measured: the values over which a variable is swept, and the fixed settings."""

from collections.abc import Mapping, Sequence
from numbers import Real
from typing import Any

from verify.spec.declaration import Declaration, declaration, item


def _is_number(value: object) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)


def _is_sweep(value: object) -> bool:
    return (
        isinstance(value, Mapping)
        and len(value) == 1
        and all(isinstance(name, str) for name in value)
        and all(
            isinstance(grid, Sequence) and all(_is_number(x) and x > 0 for x in grid)
            for grid in value.values()
        )
    )


def _is_setting(value: object) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(name, str) and _is_number(number) for name, number in value.items()
    )


@declaration
class Design(Declaration):
    """One sweep: `sweep={"n": [..]}` moves a variable, `at={"d": 2}` holds the others.

    A grid of at least five distinct positive values; their range decides what can be identified.
    """

    sweep: Mapping[str, Sequence[float]] = item(
        "one variable with its positive values, as {'n': [64, 128, ...]}", _is_sweep
    )
    at: Mapping[str, float] = item(
        "fixed variables with their numbers, as {'d': 2}", _is_setting, default={}
    )

    @property
    def variable(self) -> str:
        """The variable that moves."""
        return next(iter(self.sweep))

    @property
    def grid(self) -> list[float]:
        """Its values, as declared."""
        return list(self.sweep[self.variable])

    def settings(self) -> list[dict[str, Any]]:
        """The variables of each cell, in the order of the grid."""
        return [{**self.at, self.variable: value} for value in self.grid]

    @property
    def label(self) -> str:
        """As a report names it: the fixed variables, `d=2`."""
        return ", ".join(f"{name}={value}" for name, value in self.at.items())
