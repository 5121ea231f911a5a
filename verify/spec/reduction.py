"""Declarations that the replicates of a measure carry less variance, and how they are laid out.

Each marks the function and returns the same one, which stays importable by its name.
"""

import sys
from collections.abc import Callable
from typing import Any, TypeVar

import attrs

from verify.errors import Finding, InputError
from verify.spec.declaration import location, shown

MARK = "__verify_reduction__"

F = TypeVar("F", bound=Callable[..., Any])


@attrs.frozen
class Reduction:
    """What a measure declares: how many controls, or pairs; and whether places share their draws.

    A replicate has a number for the quantity, and then one for each control, or a pair of numbers.
    """

    controls: int = 0
    antithetic: bool = False
    common: bool = False

    @property
    def columns(self) -> tuple[int, ...]:
        """The shape of one replicate at one place: () for a number."""
        return (2,) if self.antithetic else (1 + self.controls,) if self.controls else ()

    @property
    def contents(self) -> str:
        """What the numbers of a replicate at one place are, in words."""
        if self.antithetic:
            return "two antithetic values"
        return f"the quantity and {_counted(self.controls)}" if self.controls else "a number"

    @property
    def label(self) -> str:
        """What is declared, in words; empty where nothing is."""
        said = (
            ("antithetic pairs", self.antithetic),
            (_counted(self.controls), self.controls),
            ("common random numbers", self.common),
        )
        return ", ".join(words for words, declared in said if declared)


def reduction_of(measure: Callable[..., Any]) -> Reduction:
    """What `measure` declares; a measure that is not marked declares nothing."""
    return getattr(measure, MARK, Reduction())


def control_variates(count: int) -> Callable[[F], F]:
    """Declare that a replicate is the quantity followed by `count` controls of mean exactly zero.

    The measure returns (size, 1 + count), or (1 + count,) without `size`; of a run that is read at
    K places (size, K, 1 + count) or (K, 1 + count).  The statistic is "mean" or "rms": the
    coefficients of the controls are estimated, and the error knows it.  A verdict needs 32
    replicates.  Raises InputError for a count below 1, or together with `antithetic`.
    """
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        found = f"@control_variates({shown(count)})" if not callable(count) else "@control_variates"
        raise _refusal(found, "the number of controls, as @control_variates(1)")
    return lambda measure: _marked(measure, controls=count)


def antithetic(measure: F) -> F:
    """Declare that a replicate is a pair: two numbers of one law, negatively correlated.

    The measure returns (size, 2), or (2,) without `size`; of a run that is read at K places
    (size, K, 2) or (K, 2).  The pair is one replicate, and costs what two draws cost.  The
    statistic is "mean" or "rms".  Raises InputError together with `control_variates`.
    """
    return _marked(measure, antithetic=True)


def common_random_numbers(measure: F) -> F:
    """Declare that replicate r has the same random numbers at every setting of the variables.

    The measure takes `rng` and no `size`: each replicate gets a generator of its own, which depends
    on the seed, the measure's name and r alone.  The places of a sweep then move together, which
    the interval knows, and a verdict needs twice as many replicates as places.
    """
    return _marked(measure, common=True)


def _marked(measure: F, **said: Any) -> F:
    if not callable(measure):
        raise _refusal(shown(measure), "a function")
    name, before = getattr(measure, "__qualname__", shown(measure)), reduction_of(measure)
    if "common" not in said and before.columns:
        found = f"{name} with another reduction of its replicate, {before.label}"
        raise _refusal(found, "either controls or antithetic pairs, declared once")
    if getattr(measure, "__globals__", {}).get(name) is measure:
        found, expected = f"{name} marked after its definition", "the decorator above its `def`"
        raise _refusal(found, expected, "or another process, which imports it, cannot know")
    setattr(measure, MARK, attrs.evolve(before, **said))
    return measure


def _refusal(found: str, expected: str, hint: str = "") -> InputError:
    place = location(sys._getframe(1), outside=__package__.partition(".")[0])
    return InputError(str(Finding("reduction", place, found, expected, hint)))


def _counted(controls: int) -> str:
    return f"{controls} control variate{'s' if controls > 1 else ''}"
