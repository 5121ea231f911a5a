"""Which branch of a min or max is active along a sweep, and where it changes."""

import numpy as np
import pytest

from verify.algebra import bound
from verify.algebra.branches import Switch

T = [2.0**k for k in range(20)]


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("min(n**(2/3), sqrt(20*n))", {"n": T}, [Switch(13, "n**(2/3)", "sqrt(20*n)")]),
        ("max(n, 100)", {"n": T}, [Switch(7, "100", "n")]),
        ("min(n, n**2)", {"n": T}, []),  # a tie at n = 1 is no change
        ("min(n**2, n)", {"n": T}, []),
        ("n + min(n, 4)**2", {"n": T}, [Switch(3, "n", "4")]),
        ("n**2", {"n": T}, []),
        (
            "min(n, max(8, 64/n))",
            {"n": T},
            [Switch(4, "n", "max(8, 64/n)"), Switch(4, "64/n", "8")],
        ),
    ],
)
def test_changes_of_branch(
    text: str, values: dict[str, list[float]], expected: list[Switch]
) -> None:
    found = bound(text).switches(values)
    assert [(one.place, one.after) for one in found] == [(e.place, e.after) for e in expected]
    assert [one.before for one in found] == [e.before for e in expected]


def test_a_place_is_the_first_at_which_the_new_branch_is_strictly_better() -> None:
    """By brute force, on random min and max of powers."""
    rng = np.random.default_rng(0)
    for _ in range(100):
        a, b = (round(float(x), 3) for x in rng.uniform(0.1, 50, 2))
        kind = rng.choice(["min", "max"])
        text = f"{kind}({a}*n**(1/2), {b}*n**(1/3))"
        (left, right) = a * np.array(T) ** 0.5, b * np.array(T) ** (1 / 3)
        first = left < right if kind == "min" else left > right
        changes = np.flatnonzero(first[1:] != first[:-1]) + 1
        assert [one.place for one in bound(text).switches({"n": T})] == changes.tolist()
