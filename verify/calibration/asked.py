"""What is asked of the estimator: error rates that are bounded, and power that is worth having.

The limits on errors are the product's promise; those on power and width are levels that a simpler
estimator reaches, so that no change may lose them unnoticed.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from scipy.special import bdtr, bdtrc

from verify.calibration.table import CellRow, Check, InsideRow
from verify.calibration.zoo import SETTINGS, Setting

COVERAGE, ERROR, NEVER = 0.93, 0.03, 0.045
SIGNIFICANT = 0.05
WIDTH_RATIO = dict(zip(SETTINGS, (0.58, 0.90, 1.15), strict=True))
"""Geometric-mean width relative to the profile's, which covers less."""
WIDTH_TOLERANCE = 1.15
REFUTES = dict(zip(SETTINGS, (0.38, 0.66, 0.86), strict=True))
HOLDS_O = {SETTINGS[2]: 0.40}
INSIDE_HOLDS = {1e-9: 0.9, 3e-3: 0.85, 1e-2: 0.6}


def checks(main: Sequence[CellRow], inside: Sequence[InsideRow], quick: bool) -> Iterator[Check]:
    """All checks, on the rows of the main zoo and of the laws inside the family.

    Over many cells an error rate is held against its limit by a binomial test, with Holm's
    correction for their number.  Estimates themselves are held against NEVER in full runs.
    """
    yield _worst_coverage(main)
    for what in ("false_refuted", "false_holds"):
        yield _worst_error(main, what)
        if not quick:
            top = max(main, key=lambda row: getattr(row, what))
            yield _at_most(f"{_words(what)} in any cell", getattr(top, what), NEVER, _place(top))
    for setting in SETTINGS:
        yield from _levels(setting, [row for row in main if _setting(row) == setting])
    for row in inside:
        yield from _inside(row)


def _worst_coverage(rows: Sequence[CellRow]) -> Check:
    """Whether the coverage of some cell is significantly too small, by Holm's first step."""
    chance = [bdtr(round(row.coverage * row.data_sets), row.data_sets, COVERAGE) for row in rows]
    worst = rows[int(np.argmin(chance))]
    return Check(
        asks="coverage not significantly below",
        found=worst.coverage,
        limit=COVERAGE,
        met=bool(min(chance) * len(rows) >= SIGNIFICANT),
        where=_place(worst),
    )


def _worst_error(rows: Sequence[CellRow], what: str) -> Check:
    """Whether some cell's errors are significantly too many, by Holm's first step."""
    chance = [
        bdtrc(round(getattr(row, what) * row.data_sets) - 1, row.data_sets, ERROR) for row in rows
    ]
    worst = rows[int(np.argmin(chance))]
    return Check(
        asks=f"{_words(what)} not significantly above",
        found=getattr(worst, what),
        limit=ERROR,
        met=bool(min(chance) * len(rows) >= SIGNIFICANT),
        where=_place(worst),
    )


def _levels(setting: Setting, rows: Sequence[CellRow]) -> Iterator[Check]:
    """Width and power, averaged over the zoo in one setting."""
    ratio = np.exp(np.mean([np.log(row.half_width / row.profile.half_width) for row in rows]))
    limit = WIDTH_RATIO[setting] * WIDTH_TOLERANCE
    yield _at_most("width relative to the profile's", float(ratio), limit, setting.label)
    refutes = np.mean([(row.refutes_o + row.refutes_omega) / 2 for row in rows])
    asks = "power to refute a claim wrong by a tenth"
    yield _at_least(asks, float(refutes), REFUTES[setting], setting.label)
    if setting in HOLDS_O:
        holds = float(np.mean([row.holds_o for row in rows]))
        yield _at_least("power to hold a true O claim", holds, HOLDS_O[setting], setting.label)


def _inside(row: InsideRow) -> Iterator[Check]:
    where = f"laws inside the family, noise {row.noise:g}"
    yield _at_least("coverage", row.coverage, COVERAGE, where)
    yield _at_most("model rejected", row.model_rejected, ERROR, where)
    yield _at_least("power to hold a true Theta", row.holds_theta, INSIDE_HOLDS[row.noise], where)


def _at_most(asks: str, found: float, limit: float, where: str) -> Check:
    return Check(asks=f"{asks}, at most", found=found, limit=limit, met=found <= limit, where=where)


def _at_least(asks: str, found: float, limit: float, where: str) -> Check:
    return Check(
        asks=f"{asks}, at least", found=found, limit=limit, met=found >= limit, where=where
    )


def _setting(row: CellRow) -> Setting:
    return Setting(row.points, row.replicates)


def _place(row: CellRow) -> str:
    return f"{row.law}, {_setting(row).label}"


def _words(what: str) -> str:
    return {"false_refuted": "true claims REFUTED", "false_holds": "wrong claims that HOLD"}[what]
