"""Whether a residual vanishes at an instance: in its own arithmetic, and in a higher precision."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from verify.claims.exact.arithmetic import GUARD
from verify.claims.exact.code import code_of_instance
from verify.claims.exact.guarded import makes_doubles
from verify.claims.exact.reading import HIGHER, Check, Reading
from verify.claims.identity.arithmetic import in_floats, in_mpmath
from verify.claims.identity.balls import in_balls
from verify.claims.identity.outcome import IdentityCounterexample
from verify.errors import InputError
from verify.spec.known import Known
from verify.spec.measure import Measure

if TYPE_CHECKING:
    from verify.claims.identity.declaration import IdentityDeclaration


@attrs.frozen
class Vanishing:
    """What an identity asks of an instance."""

    claim: "IdentityDeclaration"
    residual: Measure

    @property
    def arithmetic(self) -> str:
        """Of the claim."""
        return self.claim.arithmetic

    def read(self, data: Mapping[str, Any]) -> Reading:
        """The residual in the arithmetic of the claim; InputError where it has none."""
        if self.arithmetic == "ball":
            return in_balls(self.residual, data, self.claim.width)[0]
        compute = in_floats if self.arithmetic == "float" else in_mpmath
        return compute(self.residual, data, self.claim.digits)

    def check(self, data: Mapping[str, Any]) -> Check:
        """The residual in a higher precision than that of the claim."""
        if self.arithmetic == "ball":
            _, bits = in_balls(self.residual, data, self.claim.width)
            reading, bits = in_balls(self.residual, data, self.claim.width, 2 * bits)
            if makes_doubles(self.residual, data, bits):
                return Check(None, f"{self.residual.__name__} makes a double of a ball", bits)
            return Check(reading.holds is False, f"in {bits} bits it is {reading.text}", bits)
        working = HIGHER
        if self.arithmetic == "mpmath":
            working = max(HIGHER, 2 * (self.claim.digits + GUARD))
        try:
            reading = in_mpmath(self.residual, data, self.claim.digits, working)
        except InputError as error:
            return Check(None, f"not computed in {working} digits: {error}", working)
        return Check(not reading.holds, f"in {working} digits it is {reading.text}", working)

    def doubt(self, data: Mapping[str, Any], reading: Reading) -> str:
        """What the residual is where nothing is decided, and why."""
        if self.arithmetic == "ball" and reading.holds is None:
            width = f"wider than {self.claim.width:g}"
            return f"at the largest precision it is {reading.text}, {width}"
        return f"it is {reading.text}, {self.check(data).told}"

    def counterexample(self, found: Known, *, replayed: bool) -> IdentityCounterexample:
        """An instance on which the residual does not vanish, with its check."""
        data = found.data
        reading, check = self.read(data), self.check(data)
        working = check.working if check.agrees else None
        return IdentityCounterexample(
            instance=data,
            residual=reading.text,
            relative=reading.size,
            confirmed=check.agrees,
            check=check.told,
            choices=found.choices,
            replayed=replayed,
            code=code_of_instance([(self.residual, data)], self.arithmetic, working),
        )
