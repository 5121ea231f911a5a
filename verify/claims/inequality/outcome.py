"""What became of an inequality, as data: its worst cases, a proof, or a counterexample."""

from typing import Any

import msgspec

from verify.claims.exact.counterexample import Counterexample
from verify.outcome import ControlOutcome, Outcome


class InequalityCounterexample(Counterexample, frozen=True, kw_only=True):
    """An instance on which a value is beyond a bound.

    `side` is low or high; `value` and `bound` are the numbers there, as text; `excess` is how far
    beyond, relative to the bound.  Of a noisy value `low` and `high` are the ends of its interval.
    """

    side: str
    value: str
    bound: str
    excess: float
    low: float | None = None
    high: float | None = None


class ExtremeRow(msgspec.Struct, frozen=True, kw_only=True):
    """The worst case of one bound: the largest ratio that was found, and where.

    The ratio is value/high for an upper bound above 0, low/value for a lower one, and above 1 where
    the bound is violated; `excess` is the ratio less 1, without the rounding of that.  `found` is
    `instances` or `search`.  `attained` says that the value is equal to its bound, or so near that
    nobody can tell.  Of a noisy value `low` and `high` are the ends of the interval of its excess.
    """

    side: str
    ratio: float
    excess: float
    value: str
    bound: str
    at: dict[str, Any]
    found: str
    attained: bool
    low: float | None = None
    high: float | None = None


class EnclosureRow(msgspec.Struct, frozen=True, kw_only=True):
    """What balls say of the whole box: how many parts were looked at, and what is left.

    `undecided` parts have the `share` of the volume of the box; `hull` are the bounds of the worst
    of them, by the names of the parameters; `told` says why it is left as a whole.
    """

    evaluations: int
    undecided: int
    share: float
    hull: dict[str, Any]
    told: str = ""


class InequalityControl(ControlOutcome, frozen=True, kw_only=True):
    """A control of an inequality, with its own numbers."""

    statement: str
    instances: int
    evaluations: int
    worst_ratio: float | None
    counterexample: InequalityCounterexample | None
    proof: str


class InequalityOutcome(Outcome, frozen=True, kw_only=True, tag="inequality"):
    """What became of an inequality.

    `worst_ratio` is the largest of the `extremes`, one for each bound, over the `instances` and the
    `evaluations` of the search.  `digits` is None in balls, and where nothing is evaluated.
    `margin` is None unless the value is noisy.  `proof` says what became of the proof, empty where
    none is declared; `detail` is a sentence on what kept the claim from being decided.
    """

    statement: str
    arithmetic: str
    digits: int | None
    margin: float | None = None
    instances: int = 0
    evaluations: int = 0
    worst_ratio: float | None = None
    extremes: list[ExtremeRow] = msgspec.field(default_factory=list)
    enclosure: EnclosureRow | None = None
    counterexample: InequalityCounterexample | None = None
    proof: str = ""
    detail: str = ""
    controls: list[InequalityControl]  # type: ignore[assignment]
