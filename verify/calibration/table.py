"""What calibration found, as data: a row for each law and setting, and what is asked of them."""

from collections.abc import Callable, Sequence

import msgspec
import numpy as np

from verify.calibration.inside import InsideTrial
from verify.calibration.trial import Trial
from verify.calibration.zoo import Law, Setting


class Reference(msgspec.Struct, frozen=True):
    """The profile interval on the same data sets."""

    coverage: float
    half_width: float
    refutes_o: float
    refutes_omega: float


class CellRow(msgspec.Struct, frozen=True, kw_only=True):
    """Rates over the data sets of one law in one setting.

    `false_refuted`: a true claim of some relation was refuted.  `false_holds`: a claim that is
    wrong by a tenth held.  `refutes_...` and `holds_...`: the power to refute such a claim, and to
    hold the true one.  Half-widths are geometric means; `first` is the interval of the first data
    set, by which a later version can tell whether it is still the same estimator.
    """

    zoo: str
    law: str
    points: int
    replicates: int
    data_sets: int
    coverage: float
    model_rejected: float
    false_refuted: float
    false_holds: float
    refutes_o: float
    refutes_omega: float
    holds_o: float
    holds_omega: float
    holds_theta: float
    half_width: float
    profile: Reference
    first: tuple[float, float]


class InsideRow(msgspec.Struct, frozen=True, kw_only=True):
    """Rates over laws drawn inside the family, at one relative noise of the points."""

    noise: float
    data_sets: int
    coverage: float
    model_rejected: float
    holds_theta: float
    half_width: float


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is asked: what was found, what is asked for, and whether that is met."""

    asks: str
    found: float
    limit: float
    met: bool
    where: str


class Calibration(msgspec.Struct, frozen=True, kw_only=True):
    """All rows, and the checks; `quick` runs are too small for anything but gross faults."""

    schema: int = 1
    seed: int
    quick: bool
    cells: list[CellRow]
    inside: list[InsideRow]
    checks: list[Check]

    @property
    def passed(self) -> bool:
        """Whether every check is met."""
        return all(check.met for check in self.checks)


def cell_row(zoo: str, law: Law, setting: Setting, trials: Sequence[Trial]) -> CellRow:
    """The rates over the trials of one law in one setting."""

    def share(of: Callable[[Trial], bool]) -> float:
        return float(np.mean([of(one) for one in trials]))

    return CellRow(
        zoo=zoo,
        law=law.name,
        points=setting.points,
        replicates=setting.replicates,
        data_sets=len(trials),
        coverage=share(lambda one: one.covered),
        model_rejected=share(lambda one: one.model_rejected),
        false_refuted=share(lambda one: one.false_refuted),
        false_holds=share(lambda one: one.false_holds),
        refutes_o=share(lambda one: one.refuted_o),
        refutes_omega=share(lambda one: one.refuted_omega),
        holds_o=share(lambda one: one.holds_o),
        holds_omega=share(lambda one: one.holds_omega),
        holds_theta=share(lambda one: one.holds_theta),
        half_width=_half([one.high - one.low for one in trials]),
        profile=Reference(
            coverage=share(lambda one: one.profile_covered),
            half_width=_half([one.profile_width for one in trials]),
            refutes_o=share(lambda one: one.profile_refuted_o),
            refutes_omega=share(lambda one: one.profile_refuted_omega),
        ),
        first=(trials[0].low, trials[0].high),
    )


def inside_row(noise: float, trials: Sequence[InsideTrial]) -> InsideRow:
    """The rates over laws inside the family."""
    return InsideRow(
        noise=noise,
        data_sets=len(trials),
        coverage=float(np.mean([one.covered for one in trials])),
        model_rejected=float(np.mean([one.model_rejected for one in trials])),
        holds_theta=float(np.mean([one.holds_theta for one in trials])),
        half_width=_half([one.width for one in trials]),
    )


def _half(widths: Sequence[float]) -> float:
    return float(np.exp(np.mean(np.log(widths))) / 2)
