"""What became of a rate, as data: one row for each exponent, with the points it rests on."""

from typing import Any

import msgspec

from verify.outcome import ControlOutcome, Outcome
from verify.verdict import Reason, Relation, Verdict


class RangeRow(msgspec.Struct, frozen=True):
    """The slope on the tested range, beside the slope that the bound itself has there."""

    predicted: float
    estimate: float
    low: float
    high: float


class PointRow(msgspec.Struct, frozen=True):
    """One place of the sweep: the estimated statistic and the fitted curve, with intervals.

    `worst` says where a maximum lies there; empty where nothing is maximised over.
    """

    x: float
    value: float
    low: float
    high: float
    fit: float
    fit_low: float
    fit_high: float
    worst: dict[str, float] = {}


class BareRow(msgspec.Struct, frozen=True):
    """What would have been found without what the claim declares of finite sizes."""

    verdict: Verdict
    reason: Reason
    estimate: float
    low: float
    high: float
    p_value: float


class MutantRow(msgspec.Struct, frozen=True):
    """The claim with one `change`, such as `exponent -0.1`, and what these data say of it."""

    change: str
    predicted: float
    verdict: Verdict
    reason: Reason


class ReductionRow(msgspec.Struct, frozen=True):
    """What a reduction of variance brought: the variances without it over those with it.

    For as many draws.  `ratios` has one number for each of the points, in their order; with common
    random numbers one, of the slope on the tested range.  None says that no variance is left.
    """

    by: str
    ratios: list[float | None]


class InstanceRow(msgspec.Struct, frozen=True):
    """What was drawn for a row, by the arguments of the measure; `design` is the row's without it.

    `number` counts from 1.
    """

    number: int
    design: str
    data: dict[str, Any]


class ExponentRow(msgspec.Struct, frozen=True, kw_only=True):
    """One predicted exponent and what was found; None where nothing could be estimated.

    `p_value` is that of the prediction, by itself; `notes` are sentences that a reader of the
    verdict should know; `assumes` is what the interval takes for granted of finite sizes, `bare`
    what is found without what the claim declares.  `mutants` are claims that are false if this one
    is true; `sees` is how far off a false one must be for these data to refute it; `reductions` are
    what the measure declares of its variance.
    """

    variable: str
    design: str
    instance: InstanceRow | None = None
    predicted: float
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    range: RangeRow | None = None
    p_value: float | None = None
    verdict: Verdict
    reason: Reason
    detail: str = ""
    notes: list[str] = []
    assumes: str = ""
    bare: BareRow | None = None
    mutants: list[MutantRow] = []
    sees: float | None = None
    reductions: list[ReductionRow] = []
    points: list[PointRow] = []


class JointExponent(msgspec.Struct, frozen=True):
    """The exponent of one variable, from all designs of a regime; None where they disagree."""

    variable: str
    predicted: float
    estimate: float
    low: float | None
    high: float | None


class JointRow(msgspec.Struct, frozen=True):
    """The exponents of a regime, with intervals that hold all of them at once.

    `regime` is its monomial; `designs` is the number of those that the row rests on.
    """

    regime: str
    designs: int
    exponents: list[JointExponent]


class RatioRow(msgspec.Struct, frozen=True):
    """The smallest and the largest ratio of the measured values to the bound, over all `places`."""

    low: float
    high: float
    places: int


class RateControl(ControlOutcome, frozen=True, kw_only=True):
    """A control of a rate, with its own exponents."""

    bound: str
    exponents: list[ExponentRow]


class RateOutcome(Outcome, frozen=True, kw_only=True, tag="rate"):
    """What became of a rate: one row for each design, and what several of them say together."""

    bound: str
    relation: Relation
    statistic: str
    margin: float
    exponents: list[ExponentRow]
    joint: list[JointRow] = msgspec.field(default_factory=list)
    ratio: RatioRow | None = None
    controls: list[RateControl]  # type: ignore[assignment]
