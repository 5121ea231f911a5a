"""What a rate is maximised over: the values that are searched at each place of a design."""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import attrs
import numpy as np

from verify import algebra
from verify.spec.declaration import Declaration, declaration, is_positive, is_text, item
from verify.spec.design import Design, whole

ENDS = "low", "high"
SIDES = (*ENDS, "both")

Values = Mapping[str, float]


def _is_grid(value: object) -> bool:
    return isinstance(value, Sequence) and all(
        (is_positive(one) and not isinstance(one, bool)) or is_text(one) for one in value
    )


def _is_search(value: object) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(name, str) and not isinstance(grid, str) and _is_grid(grid)
        for name, grid in value.items()
    )


def _is_end(value: object) -> bool:
    return isinstance(value, tuple) and len(value) == 2 and value[0] in SIDES and is_text(value[1])


def _are_ends(value: object) -> bool:
    return isinstance(value, Mapping) and all(map(_is_end, value.values()))


@attrs.frozen
class Candidate:
    """One of the settings that are searched at a place, and the ends of grids that it stands at."""

    at: Values
    ends: Mapping[str, str]


@declaration
class Search(Declaration):
    """The fields of a rate that say over what its quantity is maximised.

    `worst_over` names variables with their grids, positive numbers or bounds in the variables of
    the design; `closed` says which ends of a grid are true ends, and why.
    """

    worst_over: Mapping[str, Sequence[float | str]] = item(
        "variables with positive numbers or bounds as text, as {'gap': ('n**(-1/2)', .1, .5)}",
        _is_search,
        default={},
        kw_only=True,
    )
    closed: Mapping[str, tuple[str, str]] = item(
        "variables with 'low', 'high' or 'both' and a reason, as {'gap': ('high', 'why')}",
        _are_ends,
        default={},
        kw_only=True,
    )

    def candidates_in(self, design: Design) -> list[list[Candidate]]:
        """At each place of a design all that is searched there; one empty candidate if nothing.

        Raises InputError for a text that is no bound in the variables of the design.
        """
        grids = {name: self.grid_in(design, name) for name in self.worst_over}
        ranks = list(product(*(range(len(grid)) for grid in grids.values())))
        return [
            [_candidate(grids, dict(zip(grids, rank, strict=True)), place) for rank in ranks]
            for place in range(len(design.grid))
        ]

    def grid_in(self, design: Design, name: str) -> list[list[float]]:
        """Each value of a variable that is searched, at the K places of a design.

        Raises InputError for a text that is no bound in the variables of the design.
        """
        return [_along(value, design) for value in self.worst_over[name]]

    def open_ends(self, candidate: Candidate) -> list[tuple[str, str]]:
        """The ends of grids at which a candidate stands, unless they are declared closed."""
        return [
            (name, end)
            for name, end in candidate.ends.items()
            if name not in self.closed or self.closed[name][0] not in (end, "both")
        ]


def _along(value: float | str, design: Design) -> list[float]:
    """A value at each place of a design."""
    if not isinstance(value, str):
        return [value] * len(design.grid)
    subject = algebra.bound(value)
    known: dict[str, Any] = {**design.at, **design.sweep}
    found = subject.evaluate({k: v for k, v in known.items() if k in subject.symbols})
    return [whole(float(one)) for one in np.broadcast_to(found, len(design.grid))]


def _candidate(
    grids: Mapping[str, list[list[float]]], rank: Mapping[str, int], place: int
) -> Candidate:
    ends = {}
    for name, k in rank.items():
        if k in (0, len(grids[name]) - 1):
            ends[name] = ENDS[k > 0]
    return Candidate({name: grids[name][k][place] for name, k in rank.items()}, ends)
