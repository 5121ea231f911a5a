"""What became of an identity, as data: its instances, a proof, or a counterexample."""

from verify.claims.exact.counterexample import Counterexample
from verify.outcome import ControlOutcome, Outcome


class IdentityCounterexample(Counterexample, frozen=True, kw_only=True):
    """An instance on which a residual does not vanish.

    `residual` is its value there, as text; `relative` the same over its scale, and in balls its
    least absolute value.
    """

    residual: str
    relative: float


class IdentityControl(ControlOutcome, frozen=True, kw_only=True):
    """A control of an identity, with its own numbers."""

    statement: str
    instances: int
    worst: float | None
    counterexample: IdentityCounterexample | None
    proof: str


class IdentityOutcome(Outcome, frozen=True, kw_only=True, tag="identity"):
    """What became of an identity.

    `digits` is None in balls and `width` otherwise, and both where nothing is evaluated.  `worst`
    is the largest relative residual over the `instances` that were evaluated; in balls the largest
    absolute value that an enclosure allows.  `proof` says what became of the proof, empty where
    none is declared; `detail` is a sentence on what kept the claim from being decided.
    """

    statement: str
    arithmetic: str
    digits: int | None
    width: float | None
    instances: int = 0
    worst: float | None = None
    counterexample: IdentityCounterexample | None = None
    proof: str = ""
    detail: str = ""
    controls: list[IdentityControl]  # type: ignore[assignment]
