"""The regimes of a bound: which monomial is the active one on which cone of directions.

Written as max of mins and as min of maxes, the bound equals a monomial m wherever m is the least of
a clause of the first form (the bound is no smaller) and the greatest of a clause of the second (no
larger).  So every regime is a union of such cells, each a linear program; no sign vectors of
comparisons are enumerated.  (Derived here.)
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

import attrs

from verify.algebra.cells import Frame, Row, irredundant, joined
from verify.algebra.cone import Cone, inequality, vector
from verify.algebra.expression import Node, base_symbols
from verify.algebra.monomial import Monomial
from verify.algebra.normal_form import Clause, max_of_mins, min_of_maxes

_ZERO = Fraction(0)


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


@attrs.frozen
class _Cell:
    """Where the bound is `monomial`: the rows that say so, within the frame."""

    monomial: Monomial
    rows: tuple[Row, ...]


def regimes(node: Node, given: Cone) -> tuple[Regime, ...]:
    """The regimes of `node` with an interior in the cone `given`, in order of appearance.

    A monomial whose regime is not convex has several, which may overlap.  Powers decide; where they
    tie on the whole cone, the logs do.  Raises `BoundError` for exponents without a number.
    """
    own = sorted(base_symbols(node))
    names = (*own, *(name for name in given.names if name not in own))
    frame = Frame.of(len(names), given.rows(names))
    return tuple(_regime(cell, frame, own, names) for cell in cells(node, frame, names))


def cells(node: Node, frame: Frame, names: Sequence[str]) -> list[_Cell]:
    """The cells of all monomials of `node`, convex and as large as they can be."""
    order = _Order(frame, names)
    found: dict[Monomial, list[tuple[Row, ...]]] = {}
    uppers = min_of_maxes(node)
    for lower in max_of_mins(node):
        for upper in uppers:
            for monomial, rows in order.cells(lower, upper):
                if frame.interior(rows) is not None:
                    found.setdefault(monomial, []).append(rows)
    return [
        _Cell(monomial, rows)
        for monomial, pieces in found.items()
        for rows in _merged(frame, pieces)
    ]
