"""The worst case: at each place of a design the candidate with the largest statistic.

The largest of many estimates is too large, the more so the noisier they are, and where the noise
falls along the design the exponent is biased.  So it is chosen on the first half of the replicates,
and its statistic is that of the second half.
"""

from collections.abc import Sequence

import numpy as np
from msgspec.structs import replace

from verify.claims.rate.declaration import RateDeclaration
from verify.claims.rate.outcome import ExponentRow
from verify.claims.rate.search import Candidate
from verify.errors import InputError
from verify.inference.points import Array
from verify.inference.statistic import Statistic
from verify.spec.claim import Samples
from verify.spec.design import Design
from verify.spec.measure import convention
from verify.verdict import Reason, Verdict


def replicates_in(claim: RateDeclaration, design: Design, samples: Samples) -> list[Array]:
    """What was measured at each place of a design; InputError if it was not.

    Shape (R_k,), or (R_k, W) where a replicate carries a reduction of variance in W columns.  Of a
    worst case it is the second half of the replicates of the chosen candidate.
    """
    measured = _measured(claim, design, samples)
    if not claim.worst_over:
        return [row[0] for row in measured]
    chosen = _largest(claim, measured)
    rows = zip(measured, chosen, strict=True)
    return [_halves(claim, row[index])[1] for row, index in rows]


def located(
    claim: RateDeclaration, design: Design, row: ExponentRow, samples: Samples
) -> ExponentRow:
    """The row with where its maxima lie; INCONCLUSIVE if one lies at the open end of a grid."""
    if not claim.worst_over:
        return row
    chosen = _largest(claim, _measured(claim, design, samples))
    found = [row[k] for row, k in zip(claim.candidates_in(design), chosen, strict=True)]
    order = np.argsort([x ** claim.direction(design) for x in design.grid])
    points = [
        replace(point, worst=dict(found[k].at)) for point, k in zip(row.points, order, strict=True)
    ]
    told = replace(row, points=points, notes=[*_where(claim, design, found), *row.notes])
    beyond = _beyond(claim, design, found)
    return _open(told, beyond) if beyond else told


def _measured(claim: RateDeclaration, design: Design, samples: Samples) -> list[list[Array]]:
    """The replicates at each place of each candidate; InputError where there are none."""
    cells = claim.cells_in(design)
    missing = [one.label for one in cells if one not in samples]
    if missing:
        raise InputError(f"no data for {', '.join(missing)}")
    values, places = [samples[one] for one in cells], len(design.grid)
    if claim.together:
        by_place = [np.moveaxis(runs, 1, 0) for runs in values]
        columns = [np.ascontiguousarray(runs) for runs in by_place]  # summed like samples apart
        return [list(row) for row in zip(*columns, strict=True)]
    count = len(values) // places
    return [values[place * count : (place + 1) * count] for place in range(places)]


def _largest(claim: RateDeclaration, measured: Sequence[Sequence[Array]]) -> list[int]:
    """The candidate at each place whose statistic is largest on the first half."""
    return [
        int(np.argmax([_size(_halves(claim, one)[0], claim.functional) for one in row]))
        for row in measured
    ]


def _halves(claim: RateDeclaration, replicates: Array) -> tuple[Array, Array]:
    """The replicates to choose by and those to evaluate; what is exact serves as both."""
    if not convention(claim.measure).random:
        return replicates, replicates
    half = len(replicates) // 2
    return replicates[:half], replicates[half:]


def _size(replicates: Array, statistic: Statistic) -> float:
    """The log of the statistic; of one that lies beyond what was observed infinity."""
    estimate = statistic.estimate(np.asarray(replicates, dtype=float))
    if estimate.absent:
        return np.inf
    return -np.inf if np.isnan(estimate.value) else estimate.value


def _where(claim: RateDeclaration, design: Design, found: Sequence[Candidate]) -> list[str]:
    """Where the maximum lies at the first and the last place; the ends that are closed, and why."""
    ends = [
        f"{', '.join(f'{name} = {value:.3g}' for name, value in one.at.items())} "
        f"({design.variable} = {x:g})"
        for one, x in ((found[0], design.grid[0]), (found[-1], design.grid[-1]))
    ]
    closed = [
        f"{'both ends' if side == 'both' else f'the {side} end'} of {name} closed: {reason}"
        for name, (side, reason) in claim.closed.items()
    ]
    place = f"along {design.label}, " if design.label else ""
    return [f"{place}largest at {' .. '.join(ends)}", *closed]


def _beyond(claim: RateDeclaration, design: Design, found: Sequence[Candidate]) -> str:
    """At which open ends of which grids the maximum lies, and where; empty if at none."""
    places: dict[tuple[str, str], list[str]] = {}
    for candidate, x in zip(found, design.grid, strict=True):
        for end in claim.open_ends(candidate):
            places.setdefault(end, []).append(f"{x:g}")
    return "; ".join(
        f"the maximum lies at the {end} end of {name} at {design.variable} = {', '.join(at)}"
        for (name, end), at in places.items()
    )


def _open(row: ExponentRow, detail: str) -> ExponentRow:
    """The row whose maximum is not known, whatever its interval says."""
    unknown = {"verdict": Verdict.INCONCLUSIVE, "reason": Reason.GRID, "p_value": 1.0}
    bare = row.bare and replace(row.bare, **unknown)
    return replace(row, **unknown, detail=detail, sees=None, bare=bare)
