"""Whether a value lies between its bounds: in its own arithmetic, and in a higher precision."""

from collections.abc import Mapping
from typing import Any

import attrs

from verify.claims.exact.arithmetic import FEWEST, GUARD, LARGEST
from verify.claims.exact.balls import FIRST
from verify.claims.exact.code import Term, code_of_instance
from verify.claims.exact.guarded import compares, makes_doubles
from verify.claims.exact.reading import HIGHER, Check, Reading
from verify.claims.inequality.balls import at_instance, reading
from verify.claims.inequality.comparison import Comparison, compared, in_floats, in_mpmath, written
from verify.claims.inequality.declaration import InequalityDeclaration, arguments
from verify.claims.inequality.outcome import InequalityCounterexample
from verify.errors import InputError
from verify.spec.known import Known

SAME = 1e-3
"""By how much of itself an excess may differ at twice the digits; rounding goes down with them."""


CONSTANT = 1e-15
"""How far a constant such as 0.1 inside a function may put it off, relative to a bound."""


@attrs.frozen
class Second:
    """A comparison in so many `digits` and in twice as many, or why there is none (`error`)."""

    digits: int
    comparison: Comparison | None
    error: str = ""

    @property
    def check(self) -> Check:
        """Whether it confirms an excess, in words."""
        if self.comparison is None:
            told = f"not computed in {self.digits} digits: {self.error}"
            return Check(None, told, self.digits)
        told = f"in {self.digits} digits {self.comparison.text}"
        return Check(self.comparison.holds is False, told, self.digits)


@attrs.frozen
class Bounded:
    """What an inequality asks of an instance."""

    claim: InequalityDeclaration

    @property
    def arithmetic(self) -> str:
        """Of the claim."""
        return self.claim.arithmetic

    @property
    def working(self) -> int:
        """Decimal digits in mpmath."""
        return max(self.claim.digits + GUARD, FEWEST)

    def quick(self, data: Mapping[str, Any]) -> Comparison:
        """The first answer in the arithmetic of the claim, unchecked: what a search compares.

        Raises InputError where a function raises, or returns other than finite real numbers.
        """
        if self.arithmetic == "float":
            return compared(in_floats(self.claim, data))
        if self.arithmetic == "mpmath":
            return compared(in_mpmath(self.claim, data, self.working))
        found = reading(self.claim, data, FIRST)
        return found if found.size < LARGEST else at_instance(self.claim, data)[0]

    def read(self, data: Mapping[str, Any]) -> Comparison:
        """The answer, on which a higher precision has the last word where it can be tried.

        In doubles an excess of up to 10^-digits that cannot be checked is taken for rounding, and
        one that is confirmed and as small as the rounding of a constant decides nothing; in mpmath
        one that cannot be checked does not.
        """
        if self.arithmetic == "ball":
            return at_instance(self.claim, data)[0]
        found = self.quick(data)
        if found.holds:
            return found
        second = self._second(data).comparison
        if second is not None:
            tiny = self.arithmetic == "float" and second.size <= CONSTANT
            return attrs.evolve(second, holds=None) if tiny and not second.holds else second
        rounding = found.size <= 10.0**-self.claim.digits
        return attrs.evolve(found, holds=rounding if self.arithmetic == "float" else None)

    def check(self, data: Mapping[str, Any]) -> Check:
        """The comparison in a higher precision than that of the claim."""
        if self.arithmetic != "ball":
            return self._second(data).check
        _, bits = at_instance(self.claim, data)
        found, bits = at_instance(self.claim, data, 2 * bits)
        if doubles := self.doubles(data, bits):
            return Check(None, doubles, bits)
        return Check(found.holds is False, f"in {bits} bits {found.text}", bits)

    def _second(self, data: Mapping[str, Any]) -> Second:
        """The comparison in fifty digits or more; an excess that rounding leaves is none."""
        digits = HIGHER if self.arithmetic == "float" else max(HIGHER, 2 * self.working)
        try:
            first, second = (
                compared(in_mpmath(self.claim, data, many, strict=True))
                for many in (digits, 2 * digits)
            )
        except InputError as error:
            return Second(digits, None, str(error))
        stayed = abs(first.size - second.size) <= SAME * second.size
        if second.size > 0 and stayed:
            return Second(digits, first)
        return Second(digits, attrs.evolve(second, holds=True))

    def doubles(self, data: Mapping[str, Any], bits: int = FIRST) -> str:
        """Which function makes a double of a ball, whose enclosure is another's; empty if none."""
        for _, function in self.claim.functions:
            if makes_doubles(function, arguments(function, data), bits):
                return f"{function.__name__} makes a double of a ball"
        return ""

    def comparing(self, data: Mapping[str, Any]) -> str:
        """Which function compares balls, and has no enclosure over a box; empty if none does."""
        for _, function in self.claim.functions:
            if compares(function, arguments(function, data), FIRST):
                name = function.__name__
                why = "of two that overlap neither is known to be the smaller one"
                return f"{name} compares balls, and {why}; take their methods, as in x.max(y)"
        return ""

    def doubt(self, data: Mapping[str, Any], reading: Reading) -> str:
        """What is known where nothing is decided, and why."""
        if self.arithmetic == "ball" and reading.holds is None:
            return f"at the largest precision {reading.text}"
        if self.arithmetic == "float" and reading.holds is None:
            return f"{reading.text}, which a constant such as 0.1 in a function may be off by"
        return f"{reading.text}, {self.check(data).told}"

    def counterexample(self, found: Known, *, replayed: bool) -> InequalityCounterexample:
        """An instance on which a bound is violated, with its check."""
        data = found.data
        answer, check = self.read(data), self.check(data)
        worst = max(answer.sides, key=lambda one: one.excess)
        working = check.working if check.agrees else None
        return InequalityCounterexample(
            instance=data,
            confirmed=check.agrees,
            check=check.told,
            choices=found.choices,
            replayed=replayed,
            code=code_of_instance(terms(self.claim, data), self.arithmetic, working),
            side=worst.side,
            value=written(worst.value),
            bound=written(worst.bound),
            excess=worst.excess,
        )


def terms(claim: InequalityDeclaration, data: Mapping[str, Any]) -> list[Term]:
    """Value, low and high at an instance: functions with their arguments, and numbers."""
    parts = claim.value, claim.low, claim.high
    return [
        (one, arguments(one, data)) if callable(one) else one for one in parts if one is not None
    ]
