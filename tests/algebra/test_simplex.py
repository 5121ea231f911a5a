"""The exact simplex method: every answer proved, random programs against scipy."""

import random
from fractions import Fraction as F

import numpy as np
import pytest
from scipy.optimize import linprog

from verify.algebra.simplex import Optimum, Unbounded, maximise


def dot(a, b):
    return sum((x * y for x, y in zip(a, b, strict=True)), F(0))


def check(found, objective, rows, limits):
    if isinstance(found, Unbounded):
        assert all(dot(row, found.direction) <= 0 for row in rows)
        assert dot(objective, found.direction) > 0
        return
    assert all(dot(row, found.point) <= limit for row, limit in zip(rows, limits, strict=True))
    assert dot(objective, found.point) == found.value == dot(found.multipliers, limits)
    assert min(found.multipliers, default=0) >= 0
    for k, entry in enumerate(objective):
        assert dot(found.multipliers, [row[k] for row in rows]) == entry


def random_program(rng):
    size, count = rng.randint(1, 6), rng.randint(1, 14)
    entries = [F(0), F(0), F(1), F(-1), F(2), F(-3, 2), F(1, 3)]
    rows = [[rng.choice(entries) for _ in range(size)] for _ in range(count)]
    inside = [F(rng.randint(-2, 2), 2) for _ in range(size)]
    limits = [dot(row, inside) + rng.choice((0, 0, 1, F(1, 2))) for row in rows]
    return [rng.choice(entries) for _ in range(size)], rows, limits


def test_random_programs_are_solved_with_proof_and_agree_with_scipy():
    rng = random.Random(12)
    kinds = set()
    for k in range(600):
        objective, rows, limits = random_program(rng)
        found = maximise(objective, rows, limits)
        check(found, objective, rows, limits)
        kinds.add(type(found))
        if k % 4 == 0:
            other = linprog(
                -np.array(objective, float),
                np.array(rows, float),
                np.array(limits, float),
                bounds=(None, None),
            )
            if isinstance(found, Optimum):
                assert -other.fun == pytest.approx(float(found.value), abs=1e-7)
            else:
                assert other.status in (2, 3, 4)
    assert kinds == {Optimum, Unbounded}


def test_homogeneous_programs_are_zero_or_unbounded():
    rng = random.Random(13)
    for _ in range(300):
        objective, rows, _ = random_program(rng)
        found = maximise(objective, rows)
        check(found, objective, rows, [F(0)] * len(rows))
        assert isinstance(found, Unbounded) or found.value == 0


def test_a_degenerate_program_on_which_the_largest_coefficient_rule_cycles():
    """E. M. L. Beale's example; its optimum is 1/20."""
    rows = [
        [F(1, 4), F(-60), F(-1, 25), F(9)],
        [F(1, 2), F(-90), F(-1, 50), F(3)],
        [F(0), F(0), F(1), F(0)],
        *([F(-(j == k)) for j in range(4)] for k in range(4)),
    ]
    objective, limits = [F(3, 4), F(-150), F(1, 50), F(-6)], [F(0), F(0), F(1)] + [F(0)] * 4
    found = maximise(objective, rows, limits)
    assert found.value == F(1, 20)
    check(found, objective, rows, limits)


def test_edge_cases():
    assert maximise([], []) == Optimum(F(0), (), ())
    assert maximise([F(0)], []).value == 0
    assert isinstance(maximise([F(1)], []), Unbounded)
    with pytest.raises(ValueError, match="no point"):
        maximise([F(1)], [[F(1)], [F(-1)]], [F(-1), F(0)])
