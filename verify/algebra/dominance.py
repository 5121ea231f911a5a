"""Which of two bounds is the larger, up to a constant, everywhere on a cone; with proof."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

import attrs

from verify.algebra.bounds import Bound, BoundLike, bound
from verify.algebra.case import Case, proof, solve_powers, steepest
from verify.algebra.certificate import Farkas, Witness, covers
from verify.algebra.cones import Cone, ConeLike, cone
from verify.algebra.expression import (
    ONE,
    Log,
    Max,
    Min,
    Node,
    Power,
    Product,
    Sum,
    power_of,
    rebuilt,
)
from verify.algebra.growth import growth_along
from verify.algebra.log_proof import prove_with_logs
from verify.algebra.normal_form import Clause, max_of_mins, min_of_maxes
from verify.algebra.simplex import Unbounded
from verify.algebra.two_scales import refute_with_logs


@attrs.frozen
class Dominance:
    """Whether `smaller` <= C * `larger` for some constant C everywhere on `cone`; true if proved.

    Proved: `certificate` has a proof for each case (least monomials of `smaller`, greatest of
    `larger`), or several for parts of the cone that make it up.  Refuted: `witness` is a sequence
    along which `smaller` outgrows `larger`.  Neither: `undecided`.
    """

    smaller: Bound
    larger: Bound
    cone: Cone
    certificate: tuple[Farkas, ...] | None
    witness: Witness | None

    def __bool__(self) -> bool:
        return self.certificate is not None

    @property
    def undecided(self) -> bool:
        """Whether neither a proof nor a refutation was found."""
        return self.certificate is None and self.witness is None

    def proof(self) -> tuple[str, ...]:
        """The certificate in words, one line for each case, each once; () if there is none."""
        lines = [part.text(self.cone) for part in self.certificate or ()]
        return tuple(dict.fromkeys(lines))

    def check(self) -> bool:
        """Whether certificate or witness stands, recomputed in exact arithmetic without a search.

        A certificate must cover every case of the two bounds.  Undecided: False.
        """
        if self.witness is not None:
            return self.witness.check(self.smaller.tree, self.larger.tree, self.cone)
        if self.certificate is None:
            return False
        proofs: dict[tuple[Clause, Clause], list[Farkas]] = {}
        for part in self.certificate:
            proofs.setdefault((part.low, part.high), []).append(part)
        return all(part.check(self.cone) for part in self.certificate) and all(
            covers(proofs.get(pair, ())) for pair in _pairs(self.smaller, self.larger)
        )

    def __str__(self) -> str:
        claim = f"{self.smaller} <= C * ({self.larger}) on {self.cone}"
        if self.witness is not None:
            return f"{claim}: fails along {self.witness}"
        return f"{claim}: {'holds' if self else 'undecided'}"


def dominates(
    larger: BoundLike, smaller: BoundLike, conditions: ConeLike = (), *, up_to_logs: bool = False
) -> Dominance:
    """Whether `smaller` <= C * `larger` for some constant C, everywhere on the cone.

    `conditions` are texts such as "1 <= J <= T"; variables that no condition bounds take all
    positive values.  A log counts as ``max(1, |log x|)``, so that x = 1 is no exception.  With
    `up_to_logs` logs are dropped from both sides first, and the comparison is of powers alone.

    Without logs always decided: by Farkas' lemma a case either has a proof by multipliers or a ray
    on which it fails.  Where logs must break a tie of powers both are looked for, the refutation on
    two scales exp(s) and s; what neither settles is undecided, never true.  Raises `BoundError`
    for a design symbol without a number.
    """
    small, large, given = bound(smaller), bound(larger), cone(conditions)
    if up_to_logs:
        small, large = Bound(_without_logs(small.tree)), Bound(_without_logs(large.tree))
    proofs: list[Farkas] = []
    open_cases = 0
    for case in _cases(small, large, given):
        found = _decide(case)
        if isinstance(found, tuple):
            return Dominance(small, large, given, None, _witness(small, large, case.names, found))
        proofs += found
        open_cases += not found
    return Dominance(small, large, given, None if open_cases else tuple(proofs), None)


@attrs.frozen
class Equivalence:
    """Whether two bounds are of the same order on a cone: each dominates the other; true if so."""

    upper: Dominance
    lower: Dominance

    def __bool__(self) -> bool:
        return bool(self.upper) and bool(self.lower)

    @property
    def undecided(self) -> bool:
        """Whether nothing refutes it and a proof is missing."""
        return not self and self.upper.witness is None and self.lower.witness is None


def same_growth(
    first: BoundLike, second: BoundLike, conditions: ConeLike = (), *, up_to_logs: bool = False
) -> Equivalence:
    """Whether c * `second` <= `first` <= C * `second` on the cone, for constants c, C > 0.

    With `up_to_logs` ("tight up to logs") the constants may be powers of logs.  As `dominates`.
    """
    return Equivalence(
        upper=dominates(second, first, conditions, up_to_logs=up_to_logs),
        lower=dominates(first, second, conditions, up_to_logs=up_to_logs),
    )


def _pairs(smaller: Bound, larger: Bound) -> Iterator[tuple[Clause, Clause]]:
    highs = min_of_maxes(larger.tree)
    for low in max_of_mins(smaller.tree):
        for high in highs:
            yield low, high


def _cases(smaller: Bound, larger: Bound, given: Cone) -> Iterator[Case]:
    symbols = smaller.symbols | larger.symbols
    names = tuple(sorted(symbols | {*given.names}))
    rows = given.rows(names)
    return (Case(low, high, names, rows) for low, high in _pairs(smaller, larger))


def _decide(case: Case) -> list[Farkas] | tuple[Sequence[Fraction], Sequence[Fraction]]:
    """Proofs of `case`, or rays (u, w) along which it fails; no proofs if it stays open."""
    found = solve_powers(case)
    if isinstance(found, Unbounded):
        return steepest(case), [Fraction(0)] * len(case.names)
    if not case.log_names:
        return [proof(case, found.multipliers)]
    return prove_with_logs(case) or refute_with_logs(case) or []


def _witness(
    smaller: Bound,
    larger: Bound,
    names: Sequence[str],
    rays: tuple[Sequence[Fraction], Sequence[Fraction]],
) -> Witness:
    ray, weights = ({n: e for n, e in zip(names, r, strict=True) if e} for r in rays)
    growth = growth_along(smaller.tree, ray, weights)
    return Witness(ray, weights, growth, growth_along(larger.tree, ray, weights))


def _without_logs(node: Node) -> Node:
    match node:
        case Log():
            return ONE
        case Power(base, exponent):
            return power_of(_without_logs(base), exponent)
        case Sum(parts) | Product(parts) | Max(parts) | Min(parts):
            return rebuilt(node, [_without_logs(part) for part in parts])
        case _:
            return node
