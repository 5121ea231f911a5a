"""Cells of directions: joining, thinning and probing."""

from fractions import Fraction as F

from verify.algebra import cone
from verify.algebra.cells import Frame, irredundant, joined


def row(*entries):
    return tuple(F(entry) for entry in entries)


PLANE = Frame.of("xy", cone())
QUADRANT = Frame.of("xy", cone("1 <= x, 1 <= y"))


def test_rows_that_can_only_be_equalities_are_told_apart():
    frame = Frame.of("xy", cone("x <= y, y <= x, 1 <= x"))
    assert set(frame.tight) == {row(1, -1), row(-1, 1)}
    assert frame.assumed == (row(-1, 0),)
    assert frame.vanishes(row(2, -2))
    assert not frame.vanishes(row(1, 0))
    assert not PLANE.vanishes(row(1, 0))


def test_an_interior_direction_is_strictly_inside():
    ray = QUADRANT.interior([row(2, -1)])
    assert ray[0] > 0
    assert 2 * ray[0] - ray[1] < 0
    assert QUADRANT.interior([row(1, 1)]) is None
    assert QUADRANT.interior([row(1, -1), row(-1, 1)]) is None


def test_halves_join_and_an_l_shape_does_not():
    assert joined(PLANE, [row(1, 0)], [row(-1, 0)]) == ()
    assert joined(PLANE, [row(1, 0)], [row(0, 1)]) is None
    assert joined(QUADRANT, [row(1, -1)], [row(-1, 1)]) == ()
    assert joined(QUADRANT, [row(2, -1)], [row(1, -1)]) == (row(1, -1),)
    assert joined(QUADRANT, [row(2, -1)], [row(-1, 2)]) is None
    assert joined(QUADRANT, [row(1, -1), row(-3, 1)], [row(3, -1)]) == (row(1, -1),)


def test_implied_rows_are_dropped():
    assert irredundant(QUADRANT, [row(1, -1), row(1, -2), row(-1, 0)]) == (row(1, -1),)
    assert irredundant(PLANE, [row(1, 0), row(1, 0)]) == (row(1, 0),)


def test_directions_spread_over_the_cell_and_are_independent():
    first, second = QUADRANT.spread([row(1, -1)], 2)
    assert first[0] * second[1] != first[1] * second[0]
    for ray in (first, second):
        assert min(ray) >= 0
        assert ray[0] - ray[1] <= F(-1, 2)
    assert len(QUADRANT.spread([], 1)) == 1
