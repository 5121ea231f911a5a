"""Whether an inequality holds over a whole box, by balls: branch and bound.

A part of the box is done when all its margins (high - value, value - low) are certainly >= 0 on it.
Balls show that by the functions at the ball of the part, by the mean value form, or, where slopes
have a sign, on the face at which the margin is the smallest (`parts`).  Else the part is halved.
A part, or the middle of one, with a margin that is certainly negative is a counterexample.
Moore, Interval Analysis, 1966.
"""

from collections import deque
from collections.abc import Sequence
from math import prod
from typing import Any

import attrs

from verify.claims.exact.balls import FIRST
from verify.claims.inequality.box import assigned, coordinates
from verify.claims.inequality.declaration import InequalityDeclaration
from verify.claims.inequality.parts import Part, examined
from verify.errors import InputError


@attrs.frozen
class Enclosure:
    """What balls say of a box, after so many evaluations.

    `undecided` parts of it are left, with a `share` of its volume; `hull` has the bounds of the
    worst of them by the names of the parameters.  Where the box is left as a whole, `told` says
    why: there is a `violation`, an instance at which a bound is certainly violated, or the
    functions could not be computed at a point (`failed`), or are not for balls.
    """

    evaluations: int
    undecided: int = 0
    share: float = 0.0
    hull: dict[str, Any] = attrs.field(factory=dict)
    violation: dict[str, Any] | None = None
    told: str = ""
    failed: bool = False

    @property
    def proves(self) -> bool:
        """Whether the inequality holds on the whole box."""
        return not self.undecided


def enclosed(claim: InequalityDeclaration) -> Enclosure:
    """What balls say of the whole box, within the evaluations of the claim; large parts first."""
    ends = [(one.low, one.high) for one in coordinates(claim.box)]
    root = Part(tuple(low for low, _ in ends), tuple(high for _, high in ends), FIRST)
    waiting, stuck, spent = deque([root]), list[Part](), 0
    while waiting and spent < claim.evaluations:
        part = waiting.popleft()
        try:
            found = examined(claim, root, part)
        except InputError as error:
            return attrs.evolve(left(claim, str(error), spent), failed=True)
        spent += found.evaluations
        if found.violation is not None:
            at = assigned(claim.box, found.violation)
            return attrs.evolve(left(claim, "a bound is violated in it", spent), violation=at)
        waiting.extend(found.halves)
        if not found.done and not found.halves:
            stuck.append(part)
    return _undecided(claim, root, [*waiting, *stuck], spent)


def left(claim: InequalityDeclaration, told: str, spent: int = 0) -> Enclosure:
    """A box that is left as a whole, for the reason that is told."""
    hull = assigned(claim.box, [[one.low, one.high] for one in coordinates(claim.box)])
    return Enclosure(spent, 1, 1.0, hull, told=told)


def _undecided(
    claim: InequalityDeclaration, root: Part, parts: Sequence[Part], spent: int
) -> Enclosure:
    """What is left undecided."""
    if not parts:
        return Enclosure(spent)
    share = sum(
        prod(own / whole for own, whole in zip(part.widths, root.widths, strict=True))
        for part in parts
    )
    worst = min(parts, key=lambda part: part.floor)
    ends = [list(one) for one in zip(worst.lows, worst.highs, strict=True)]
    return Enclosure(spent, len(parts), share, assigned(claim.box, ends))
