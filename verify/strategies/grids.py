"""Numbers from which instances are built: dyadic fractions, so that their sums are exact.

Each strategy shrinks to 0 first, then to 1, -1, 1/2 and so on: the smaller the denominator, the
simpler the number.  Nothing is filtered out, so every draw succeeds.
"""

from itertools import pairwise

from hypothesis.strategies import SearchStrategy, integers, lists, sampled_from

PARTS = 64
"""Numbers are multiples of 1/PARTS."""


def fractions(parts: int) -> list[float]:
    """The multiples of 1/parts in [0,1], the simplest first; `parts` is a power of two."""
    order = sorted(range(parts + 1), key=lambda k: (k / parts).as_integer_ratio()[::-1])
    return [k / parts for k in order]


def signed_fractions(parts: int) -> list[float]:
    """The multiples of 1/parts in [-1,1], the simplest first: 0, 1, -1, 1/2, and so on."""
    return [0.0] + [sign * x for x in fractions(parts)[1:] for sign in (1.0, -1.0)]


UNIT = tuple(fractions(PARTS))
SIGNED = tuple(signed_fractions(PARTS))


def vectors(d: int) -> SearchStrategy[list[float]]:
    """Vectors of d multiples of 1/64 in [-1,1]; shrink to 0."""
    return lists(sampled_from(SIGNED), min_size=d, max_size=d)


def nonzero_vectors(d: int) -> SearchStrategy[list[float]]:
    """The same without 0; shrink to (1, 0, ..., 0)."""
    return vectors(d).map(lambda v: v if any(v) else [1.0, *v[1:]])


def frequencies(d: int, highest: int) -> SearchStrategy[list[int]]:
    """Vectors of d whole numbers from -highest to highest, not all 0; shrink to (1, 0, ..., 0)."""
    numbers = [0] + [sign * k for k in range(1, highest + 1) for sign in (1, -1)]
    found = lists(sampled_from(numbers), min_size=d, max_size=d)
    return found.map(lambda k: k if any(k) else [1, *k[1:]])


def compositions(total: int, parts: int) -> SearchStrategy[list[int]]:
    """`parts` whole numbers from 0 with the sum `total`; shrink to (total, 0, ..., 0)."""
    cuts = lists(integers(0, total), min_size=parts - 1, max_size=parts - 1)
    return cuts.map(lambda found: [b - a for a, b in pairwise([0, *sorted(found), total])][::-1])
