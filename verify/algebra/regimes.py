"""The regimes of a bound: which monomial is the active one on which cone of directions.

Written as max of mins and as min of maxes, the bound equals a monomial m wherever m is the least of
a clause of the first form (the bound is no smaller) and the greatest of a clause of the second (no
larger).  So every regime is a union of such cells, each a linear program; no sign vectors of
comparisons are enumerated.  (Derived here.)
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

import attrs

from verify.algebra.cells import Frame, irredundant, joined
from verify.algebra.cones import Cone, cone, inequality
from verify.algebra.expression import Node, base_symbols
from verify.algebra.linear import ZERO, Row, unit, vector
from verify.algebra.monomial import Monomial
from verify.algebra.normal_form import Clause, max_of_mins, min_of_maxes
from verify.algebra.rational import fraction


@attrs.frozen
class Regime:
    """A cone of directions on which one monomial of a bound is active.

    `exponents` and `logs` are those of the active `monomial`, zeros included.  `where` are the
    conditions that single the regime out, beside those of the assumption cone.  `ray` lies strictly
    inside both.  The `rays` are linearly independent, lie far apart, stay clear of the other
    regimes (they may touch the assumptions), and are as many as the assumptions leave variables to
    move: growth along them identifies every exponent.
    """

    monomial: Monomial
    exponents: Mapping[str, Fraction]
    logs: Mapping[str, Fraction]
    where: tuple[str, ...]
    ray: Mapping[str, Fraction]
    rays: tuple[Mapping[str, Fraction], ...]

    def contains(self, ray: Mapping[str, int | Fraction | str]) -> bool:
        """Whether `ray` satisfies every condition of `where` strictly, clear of other regimes."""
        steps = {name: fraction(value, f"{name} of the ray") for name, value in ray.items()}
        return all(
            sum((e * steps.get(name, ZERO) for name, e in condition.ratio.powers.items()), ZERO) < 0
            for condition in cone(self.where).conditions
        )


@attrs.frozen
class Cell:
    """Where the bound is `monomial`: the rows that say so, within the frame."""

    monomial: Monomial
    rows: tuple[Row, ...]


def regimes(node: Node, given: Cone) -> tuple[Regime, ...]:
    """The regimes of `node` with an interior in the cone `given`, in order of appearance.

    A monomial whose regime is not convex has several, which may overlap.  Powers decide; where they
    tie on the whole cone, the logs do.  Raises `BoundError` for exponents without a number.
    """
    own = sorted(base_symbols(node))
    frame = Frame.of(own, given)
    return tuple(_regime(cell, frame, own) for cell in cells(node, frame))


def cells(node: Node, frame: Frame) -> list[Cell]:
    """The cells of all monomials of `node`, convex and as large as they can be."""
    order = _Order(frame)
    found: dict[Monomial, list[tuple[Row, ...]]] = {}
    uppers = min_of_maxes(node)
    for lower in max_of_mins(node):
        for upper in uppers:
            for monomial, rows in order.cells(lower, upper):
                if frame.interior(rows) is not None:
                    found.setdefault(monomial, []).append(rows)
    return [
        Cell(monomial, rows)
        for monomial, pieces in found.items()
        for rows in _merged(frame, pieces)
    ]


class _Order:
    """How monomials compare on a frame: by a row, or where they tie on all of it by their logs."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        places = {name: unit(len(frame.names), k) for k, name in enumerate(frame.names)}
        self.still = {name for name, place in places.items() if frame.vanishes(place)}
        self.classes: list[Monomial] = []

    def row(self, small: Monomial, large: Monomial) -> Row:
        """The row of small <= large."""
        return vector((small / large).powers, self.frame.names)

    def log(self, monomial: Monomial) -> Fraction:
        """The log power along directions on which all variables move that can."""
        return sum((e for name, e in monomial.logs.items() if name not in self.still), ZERO)

    def representative(self, monomial: Monomial) -> Monomial:
        """The first monomial met that grows alike in all directions inside the cone."""
        for known in self.classes:
            if self.frame.vanishes(self.row(monomial, known)) and self.log(monomial) == self.log(
                known
            ):
                return known
        self.classes.append(monomial)
        return monomial

    def cells(self, lower: Clause, upper: Clause) -> Iterator[tuple[Monomial, tuple[Row, ...]]]:
        """Each monomial that can be the least of `lower` and the greatest of `upper`, and where."""
        low = dict.fromkeys(self.representative(monomial) for monomial in lower)
        high = dict.fromkeys(self.representative(monomial) for monomial in upper)
        for monomial in low:
            if monomial not in high:
                continue
            pairs = [(monomial, other) for other in low] + [(other, monomial) for other in high]
            rows = [self.row(a, b) for a, b in pairs if a != b]
            tied = [(a, b) for a, b in pairs if self.frame.vanishes(self.row(a, b))]
            if all(self.log(a) <= self.log(b) for a, b in tied):
                yield monomial, tuple(dict.fromkeys(r for r in rows if not self.frame.vanishes(r)))


def _merged(frame: Frame, pieces: Iterable[tuple[Row, ...]]) -> list[tuple[Row, ...]]:
    """The same union in fewer convex pieces: any two whose union is convex become one."""
    done: list[tuple[Row, ...]] = []
    waiting = list(dict.fromkeys(pieces))
    while waiting:
        piece = waiting.pop(0)
        for other in done:
            union = joined(frame, other, piece)
            if union is not None:
                done.remove(other)
                waiting.append(union)
                break
        else:
            done.append(piece)
    return done


def _regime(cell: Cell, frame: Frame, own: Sequence[str]) -> Regime:
    rows = irredundant(frame, cell.rows)
    rays = frame.spread(rows, len(own))
    ray = frame.interior(rows)
    assert ray is not None  # cells without an interior are not kept
    if not any(ray[: len(own)]) and rays:
        ray = rays[0]  # nothing is assumed and nothing compared: every direction is inside
    return Regime(
        monomial=cell.monomial,
        exponents={name: cell.monomial.powers.get(name, ZERO) for name in own},
        logs={name: cell.monomial.logs.get(name, ZERO) for name in own},
        where=tuple(inequality(row, frame.names) for row in rows),
        ray=dict(zip(own, ray, strict=False)),
        rays=tuple(dict(zip(own, ray, strict=False)) for ray in rays),
    )
