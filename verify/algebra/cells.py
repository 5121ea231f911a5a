"""Polyhedral cells: cones of directions cut out by rows, compared, joined and probed by rays.

A row is a tuple of coefficients, for the condition row . u <= 0; a cell is cut out of a given cone
by rows of its own.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction

import attrs

from verify.algebra.cones import Cone, relative_interior
from verify.algebra.linear import ONE, ZERO, Row, Vector, box, dot, minus, plus, scaled, unit
from verify.algebra.simplex import Optimum, maximise


@attrs.frozen
class Frame:
    """An assumption cone in the variables `names`, on which rows are compared.

    `tight` rows hold with equality on all of it, the `assumed` ones strictly inside it.
    """

    names: tuple[str, ...]
    tight: tuple[Row, ...]
    assumed: tuple[Row, ...]

    @classmethod
    def of(cls, names: Sequence[str], given: Cone) -> "Frame":
        """The frame of the cone `given` in `names`, which come first, and its own variables."""
        every = (*names, *(name for name in given.names if name not in names))
        rows = given.rows(every)
        inside = relative_interior(rows)
        tight = tuple(row for row in rows if dot(row, inside) == 0)
        return cls(every, tight, tuple(row for row in rows if row not in tight))

    @property
    def equalities(self) -> list[Row]:
        """Rows that make the tight ones equalities."""
        return [*self.tight, *(minus(row) for row in self.tight)]

    def implied(self, row: Row, rows: Iterable[Row]) -> bool:
        """Whether row . u <= 0 wherever `rows` hold in this cone."""
        return isinstance(maximise(row, [*self.equalities, *self.assumed, *rows]), Optimum)

    def vanishes(self, row: Row) -> bool:
        """Whether row . u = 0 in all of this cone."""
        if not self.tight:
            return not any(row)
        return self.implied(row, ()) and self.implied(minus(row), ())

    def interior(self, rows: Sequence[Row]) -> Row | None:
        """A direction strictly inside the assumptions and `rows`, or None if there is none."""
        strict = [(*row, ONE) for row in (*self.assumed, *rows)]
        depth, ray = self._deepest([*strict, *((*row, ZERO) for row in self.equalities)])
        return ray if depth > 0 else None

    def spread(self, rows: Sequence[Row], count: int) -> list[Row]:
        """Directions whose first `count` entries are independent, as many as the cell has.

        They lie far apart, within |u_i| <= 1, and keep at least half of the largest distance from
        `rows` that any direction in the cone has; they may touch the assumptions.
        """
        weak = [*self.assumed, *self.equalities]
        depth, _ = self._deepest([*((*row, ONE) for row in rows), *((*row, ZERO) for row in weak)])
        size = len(self.names)
        walls = box(size, size)
        bounded = [*weak, *rows, *walls]
        limits = [ZERO] * len(weak) + [-depth / 2] * len(rows) + [ONE] * len(walls)
        found: list[Row] = []
        basis: list[Row] = []
        for k in range(count):
            while any(target := _residual(unit(size, k), basis)):
                ray = _farthest(target, bounded, limits)
                if ray is None:
                    break
                found.append(ray)
                basis.append(_residual((*ray[:count], *[ZERO] * (size - count)), basis))
        return found

    def _deepest(self, rows: Sequence[Row]) -> tuple[Fraction, Row]:
        """The largest t <= 1 with rows . (u, t) <= 0 for some |u_i| <= 1, and that u."""
        size = len(self.names)
        depth = unit(size + 1, size)
        walls = [*box(size, size + 1), depth]
        found = maximise(depth, [*rows, *walls], [ZERO] * len(rows) + [ONE] * len(walls))
        assert isinstance(found, Optimum)  # the box bounds it
        return found.value, found.point[:-1]


def joined(frame: Frame, first: Sequence[Row], second: Sequence[Row]) -> tuple[Row, ...] | None:
    """The rows of the union of two cells if it is convex, else None.

    The union is convex iff it is all of the envelope, which keeps the rows that hold on both cells
    (A. Bemporad, K. Fukuda, F. D. Torrisi, Comput. Geom. 18, 2001): no direction of the envelope
    violates a row of each.
    """
    envelope = [row for row in first if frame.implied(row, second)]
    envelope += [row for row in second if frame.implied(row, first)]
    for a in first:
        for b in second:
            if a in envelope or b in envelope:
                continue
            if frame.interior([*envelope, minus(a), minus(b)]) is not None:
                return None
    return tuple(dict.fromkeys(envelope))


def irredundant(frame: Frame, rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows without those that the others and the assumptions imply."""
    kept = list(dict.fromkeys(rows))
    for row in tuple(kept):
        others = [other for other in kept if other != row]
        if frame.implied(row, others):
            kept = others
    return tuple(kept)


def _residual(row: Row, basis: Sequence[Row]) -> Row:
    """`row` without its projection on the orthogonal `basis`."""
    for other in basis:
        row = plus(row, scaled(other, -dot(row, other) / dot(other, other)))
    return row


def _farthest(target: Row, rows: Sequence[Row], limits: Vector) -> Row | None:
    """The direction with rows . u <= limits that has the largest |target . u|, if that is not 0."""
    ends = [maximise(end, rows, limits) for end in (target, minus(target))]
    best = max((end for end in ends if isinstance(end, Optimum)), key=lambda end: abs(end.value))
    return best.point if best.value else None
