"""When a run looks at its data, and how sure it must be to stop there.

Looking often at a fixed level finds a wrong verdict sooner or later.  So the level is spent: each
look may err with its share of what the whole run may, and the chance that any of them errs is at
most their sum.  A share is proportional to the replicates that are new at a look.  That leaves half
of it to the last one, whose interval is about an eighth wider than that of a run without looks.
"""

from itertools import pairwise

import attrs

from verify.verdict import LEVEL


@attrs.frozen
class Look:
    """A moment at which the open claims are judged, with intervals of `level`.

    Each cell has then the `fraction` of its replicates, in (0, 1].
    """

    fraction: float
    level: float


def looks(replicates: int, first: int) -> tuple[Look, ...]:
    """The doublings from `first` replicates on that end at `replicates`, a power of 2 times it."""
    doublings = (replicates // first).bit_length() - 1
    fractions = [0.0, *(0.5**k for k in reversed(range(doublings + 1)))]
    return tuple(
        Look(fraction, spending(fraction - before)) for before, fraction in pairwise(fractions)
    )


def spending(share: float) -> float:
    """The level of an interval that errs with `share`, in [0, 1], of what the whole run may."""
    return 1 - (1 - LEVEL) * share
