"""What became of a limit, as data: the limit against its target, and the curve place by place."""

import msgspec

from verify.claims.points import PointRow
from verify.outcome import ControlOutcome, Outcome
from verify.verdict import Reason, Verdict


class LastRow(msgspec.Struct, frozen=True):
    """The same number at the end of the sweep, x, where nothing is extrapolated."""

    x: float
    estimate: float
    low: float
    high: float


class BareLimit(msgspec.Struct, frozen=True):
    """What would have been found without what the claim declares of finite sizes."""

    verdict: Verdict
    reason: Reason
    estimate: float
    low: float
    high: float


class LimitRow(msgspec.Struct, frozen=True, kw_only=True):
    """One place of the curve: its target, its limit with the simultaneous band, and its points.

    `last` is the value at the end of the sweep; of a law the points are left out.
    """

    at: dict[str, float]
    target: float
    estimate: float
    low: float
    high: float
    last: float
    verdict: Verdict
    points: list[PointRow] = []


class LimitControl(ControlOutcome, frozen=True, kw_only=True):
    """A control of a limit, with its own number."""

    statement: str
    variable: str
    design: str
    distance: str | None
    target: float
    estimate: float | None
    low: float | None
    high: float | None
    margin: float
    last: LastRow | None = None


class LimitOutcome(Outcome, frozen=True, kw_only=True, tag="limit"):
    """What became of a limit; None where nothing could be estimated.

    Of a number, `estimate`, `low` and `high` are those of the limit.  Of a curve they are those of
    its largest difference from the target, and of a law those of the `distance` to it; then
    `target` is 0.  `needed` is the number of replicates at which a limit that is off by half of
    the margin would hold, with probability .9; None where no number is enough, or none is drawn.
    `assumes` is what the interval takes for granted of finite sizes, `bare` what is found without
    what the claim declares; `detail` and `notes` are sentences.
    """

    statement: str
    variable: str
    design: str
    distance: str | None
    target: float
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    margin: float
    last: LastRow | None = None
    needed: int | None = None
    detail: str = ""
    notes: list[str]
    assumes: str = ""
    bare: BareLimit | None = None
    rows: list[LimitRow]
    controls: list[LimitControl]  # type: ignore[assignment]
