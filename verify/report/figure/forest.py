"""The claim and its controls in one strip: each interval less its prediction, and the margin."""

import math
from collections.abc import Sequence

import attrs
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from verify.claims.rate.outcome import ExponentRow, RateOutcome
from verify.report.decisive import Decision, decisions
from verify.report.figure.axes import BOTTOM, SMALL, TOP, Box, frame, key, plain_ticks
from verify.report.figure.labels import cut
from verify.report.figure.marks import DASHED, WIDTH, padded
from verify.report.figure.palette import BAD, GOOD, INK, OPEN, PREDICTED, SOFT, ZONE, Colour
from verify.report.figure.subject import zone
from verify.verdict import Verdict

NAMES, VERDICTS = 136, 88
"""Room for the names on the left and the verdicts on the right, in pixels."""

STEP = 22
"""Height of a line of the strip, in pixels."""

SHAPE = {Verdict.HOLDS: "o", Verdict.REFUTED: "X", Verdict.INCONCLUSIVE: "s"}


@attrs.frozen
class Entry:
    """An exponent of the claim or of a control, and the verdict that it should have."""

    name: str
    row: ExponentRow
    wanted: Verdict

    @property
    def off(self) -> tuple[float, float, float] | None:
        """Estimate and ends less the prediction, perhaps infinite; None if nothing is known."""
        row = self.row
        if row.estimate is None:
            return None
        low = -math.inf if row.low is None else row.low
        high = math.inf if row.high is None else row.high
        return row.estimate - row.predicted, low - row.predicted, high - row.predicted

    @property
    def colour(self) -> Colour:
        """As it should be, undecided, or against what it should be."""
        if self.row.verdict is self.wanted:
            return GOOD
        return OPEN if self.row.verdict is Verdict.INCONCLUSIVE else BAD


def entries(claim: RateOutcome) -> list[Entry]:
    """What decides the claim, then what decides its controls, which are to be refuted."""
    found = _entries(claim.id, decisions(claim), claim.expected)
    for control in claim.controls:
        found += _entries(control.id, decisions(control), Verdict.REFUTED)
    return found


def height(claim: RateOutcome) -> int:
    """Pixels that the strip of a claim needs."""
    return TOP + BOTTOM + STEP * len(entries(claim))


def forest(figure: Figure, box: Box, claim: RateOutcome) -> None:
    """Draw the interval of every exponent less its prediction, beside the margin."""
    axes = frame(figure, box, "Estimate minus prediction", left=NAMES, right=VERDICTS)
    lines = entries(claim)
    edges = zone(0.0, claim.relation, claim.margin)
    known = [end for entry in lines for end in entry.off or ()]
    margins = -claim.margin, claim.margin
    low, high = padded([end for end in (*known, *margins) if math.isfinite(end)])
    axes.set_xlim(low, high)
    axes.set_ylim(len(lines) - 0.5, -0.5)
    area = axes.axvspan(
        max(low, edges[0]), min(high, edges[1]), facecolor=ZONE.light, alpha=0.45, linewidth=0
    )
    line = axes.axvline(0, color=PREDICTED.light, linewidth=WIDTH, linestyle=DASHED)
    axes.axhline(len(decisions(claim)) - 0.5, color=SOFT.light, linewidth=0.8)
    for place, entry in enumerate(lines):
        _draw(axes, place, entry)
    key(figure, axes, box, {"prediction": line, "margin of the claim": area})
    axes.set_yticks([])
    plain_ticks(axes.xaxis, low, high, most=4)


def _entries(owner: str, found: Sequence[Decision], wanted: Verdict) -> list[Entry]:
    """The design is named where there is more than one."""
    rows = [one.row for one in found]
    if len(rows) == 1:
        return [Entry(cut(owner, 20), rows[0], wanted)]
    return [Entry(f"{cut(owner, 12)} {cut(_design(row), 8)}", row, wanted) for row in rows]


def _design(row: ExponentRow) -> str:
    design = row.instance.design if row.instance else row.design
    return design or row.variable


def _draw(axes: Axes, place: int, entry: Entry) -> None:
    """One line of the strip: the name, the interval, the verdict."""
    left, right = axes.get_xlim()
    room = axes.get_window_extent().width
    _write(axes, (4 - NAMES) / room, place, entry.name, INK)
    _write(axes, 1 + 8 / room, place, entry.row.verdict, entry.colour)
    if entry.off is None:
        nought = -left / (right - left)
        _write(axes, nought + 6 / room if nought < 0.5 else 0, place, "not estimated", SOFT)
        return
    estimate, low, high = entry.off
    axes.plot(
        [max(low, left), min(high, right)], [place, place], color=entry.colour.light, linewidth=2
    )
    axes.plot(
        [estimate], [place], color=entry.colour.light, marker=SHAPE[entry.row.verdict],
        markersize=6, markeredgewidth=0,
    )  # fmt: skip


def _write(axes: Axes, share: float, place: int, text: str, colour: Colour) -> None:
    """Text in a line of the strip, from a share of the width of the frame."""
    axes.text(
        share, place, text, color=colour.light, fontsize=SMALL, va="center",
        transform=axes.get_yaxis_transform(),
    )  # fmt: skip
