"""Corollaries: statements about bounds alone, decided exactly by the algebra, nothing measured."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, ClassVar, TypeAlias

from verify import algebra
from verify.errors import Finding, InputError
from verify.outcome import ControlOutcome, Outcome
from verify.spec.claim import Claim, Samples
from verify.spec.control import Control
from verify.spec.declaration import declaration, item, tuple_of
from verify.spec.measure import Cell
from verify.verdict import LEVEL, Evidence, Judgement, Reason, Verdict, inconclusive

STATEMENTS = "by", "equal", "growth", "regime"

Decision: TypeAlias = tuple[Judgement, str, str]
"""The judgement, the certificate and the witness; texts, empty where there is none."""


class CorollaryOutcome(Outcome, frozen=True, kw_only=True, tag="corollary"):
    """What became of a corollary: the statement, and its certificate or its witness."""

    statement: str
    certificate: str
    witness: str


def _is_bound(value: object) -> bool:
    return value is not None and not isinstance(value, bool)


def _optional(check: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: value is None or check(value)


def _is_exact(value: object) -> bool:
    if not isinstance(value, str):
        return isinstance(value, int | Fraction)
    try:
        Fraction(value)
    except (ValueError, ZeroDivisionError):
        return False
    return True


def _is_ray(value: object) -> bool:
    return isinstance(value, Mapping) and all(isinstance(name, str) for name in value)


@declaration
class Corollary(Claim):
    """What follows from a `bound` by algebra: exactly one of the four statements.

    `by`: bound <= C by everywhere on `cone`; `equal`: of the same order there; `growth`: its power
    along the ray `along`, such as "2/3"; `regime`: the monomial that is active along it.
    `substitute` puts values into the bound first; with `up_to_logs` logs are dropped.
    """

    bound: Any = item("a bound as text", _is_bound, kw_only=True)
    by: Any = item("a bound as text", _optional(_is_bound), default=None, kw_only=True)
    equal: Any = item("a bound as text", _optional(_is_bound), default=None, kw_only=True)
    growth: Any = item("a number such as '2/3'", _optional(_is_exact), default=None, kw_only=True)
    regime: Any = item("a monomial as text", _optional(_is_bound), default=None, kw_only=True)
    cone: tuple[str, ...] = item("conditions as text", tuple_of(str), default=(), kw_only=True)
    along: Mapping[str, Any] = item("a ray, as {'T': 1}", _is_ray, default={}, kw_only=True)
    substitute: Mapping[str, Any] = item("values by name", _is_ray, default={}, kw_only=True)
    up_to_logs: bool = item(
        "True or False", lambda value: isinstance(value, bool), default=False, kw_only=True
    )

    needs_control: ClassVar[bool] = False

    def findings(self) -> Iterator[Finding]:
        """Not exactly one statement, or a text that the algebra refuses."""
        made = [name for name in STATEMENTS if getattr(self, name) is not None]
        if len(made) != 1:
            found = f"{' and '.join(made) or 'no statement'} in {self.id!r}"
            yield self.fault("one-statement", found, f"exactly one of {', '.join(STATEMENTS)}")
        elif self.sound("bound", "cone", "along", "substitute", *STATEMENTS):
            try:
                self.decide()
            except InputError as error:
                found = f"{self.text} which the algebra refuses"
                yield self.fault("bound", found, "bounds that can be compared", str(error))

    def control_findings(self, control: Control, variant: Any) -> Iterator[Finding]:
        """None: whether a changed statement is false is what deciding it shows."""
        return iter(())

    def cells(self) -> Sequence[Cell]:
        """Nothing is measured."""
        return ()

    def costs(self) -> Mapping[Cell, float]:
        """Nothing is measured."""
        return {}

    def judge(self, samples: Samples, level: float = LEVEL) -> CorollaryOutcome:
        """HOLDS with a certificate, REFUTED with a witness, or INCONCLUSIVE where undecided."""
        judgement, certificate, witness = self.decide()
        return CorollaryOutcome(
            id=self.id,
            verdict=judgement.verdict,
            expected=Verdict(self.expect),
            reason=judgement.reason,
            evidence=Evidence.PROVED,
            scope=self.scope,
            uses=list(self.uses),
            place=self.place,
            corrected=self.corrected,
            open=self.open,
            not_tested=[],
            controls=[],
            statement=self.text,
            certificate=certificate,
            witness=witness,
        )

    def judge_control(
        self, control: Control, samples: Samples, level: float = LEVEL
    ) -> ControlOutcome:
        """The changed statement, decided in the same way."""
        judgement, _, _ = self.variant(control).decide()
        return ControlOutcome(
            id=control.id,
            why=control.why,
            violates=control.violates,
            verdict=judgement.verdict,
            reason=judgement.reason,
        )

    @property
    def text(self) -> str:
        """The statement on one line."""
        given = f" at {_listed(self.substitute)}" if self.substitute else ""
        ray = f" along {_listed(self.along)}"
        cone = f" on {', '.join(self.cone)}" if self.cone else ""
        logs = " up to logs" if self.up_to_logs else ""
        if self.by is not None:
            return f"{self.bound}{given} <= C * ({self.by}){logs}{cone}"
        if self.equal is not None:
            return f"{self.bound}{given} of the order of {self.equal}{logs}{cone}"
        if self.growth is not None:
            return f"{self.bound}{given} grows with power {self.growth}{ray}"
        return f"{self.bound}{given} is of the order of {self.regime}{ray}"

    def decide(self) -> Decision:
        """The verdict, its certificate and its witness; BoundError for what cannot be compared."""
        subject, logs = self._put(self.bound), self.up_to_logs
        if self.by is not None:
            found = algebra.dominates(self._put(self.by), subject, self.cone, up_to_logs=logs)
            return _of_dominance([found])
        if self.equal is not None:
            both = algebra.same_growth(subject, self._put(self.equal), self.cone, up_to_logs=logs)
            return _of_dominance([both.upper, both.lower])
        grown = _growth(subject, self.along)
        if self.growth is not None:
            same = grown.power == Fraction(self.growth)
        else:
            same = grown == _growth(self._put(self.regime), self.along)
        return _settled(same, f"{grown} along {_listed(self.along)}")

    def _put(self, source: Any) -> algebra.Bound:
        """A bound with the values of `substitute` in the place of its symbols."""
        found = algebra.bound(source)
        return found.substitute({k: v for k, v in self.substitute.items() if k in found.symbols})


def _growth(bound: algebra.Bound, ray: Mapping[str, Any]) -> algebra.Growth:
    return bound.growth({k: v for k, v in ray.items() if k in bound.base_symbols})


def _of_dominance(found: Sequence[algebra.Dominance]) -> Decision:
    witness = next((str(part.witness) for part in found if part.witness is not None), "")
    if witness:
        return _settled(False, f"fails along {witness}")
    if not all(found):
        return inconclusive(Reason.UNDECIDED), "", ""
    proofs = dict.fromkeys(line for part in found for line in part.proof())
    return _settled(True, "; ".join(proofs))


def _settled(true: bool, shown: str) -> Decision:
    if true:
        return Judgement(Verdict.HOLDS, Reason.PROVED), shown, ""
    return Judgement(Verdict.REFUTED, Reason.WITNESS), "", shown


def _listed(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in values.items())
