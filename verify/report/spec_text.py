"""What a claim says before anything is measured, part by part, whatever the notation.

A new kind of claim is one more entry of `OWN`.
"""

from collections.abc import Callable, Iterator
from typing import Any

import attrs

from verify.claims import Corollary, Identity, Inequality, Limit, Rate
from verify.claims.finite_size import FiniteSize
from verify.report.wording import CORRECTED, exact
from verify.spec import Claim
from verify.spec.measure import convention
from verify.verdict import Verdict


@attrs.frozen
class Part:
    """One thing that a claim says: its name and its text, which is `code` or a sentence."""

    name: str
    text: str
    code: bool = False


def claim_parts(claim: Claim) -> Iterator[Part]:
    """All that a claim without faults says: its kind's own part, then what all kinds share."""
    yield from OWN[type(claim)](claim)
    if claim.expect != Verdict.HOLDS:
        yield Part("expected", claim.expect)
    if claim.corrected:
        yield Part(CORRECTED, claim.corrected)
    yield Part("scope", claim.scope)
    if claim.uses:
        yield Part("uses", ", ".join(claim.uses))
    for control in claim.controls:
        dropped = f", without ({control.violates})" if control.violates else ""
        yield Part(f"but {control.id}{dropped}", control.why)


def _rate(claim: Rate) -> Iterator[Part]:
    label = claim.functional.label if convention(claim.measure).random else "value"
    stated = f"{label} of {claim.measure.__name__} = {claim.relation}({claim.bound})"
    yield Part("claim", stated, code=True)
    yield Part("margin", f"{claim.margin:g}")
    if claim.together:
        yield Part("together", "a replicate is one run that is read at every place")
    if claim.reduction.label:
        yield Part("less variance", claim.reduction.label)
    yield from _designs(claim)
    yield from _instances(claim)
    yield from _regimes(claim)
    yield from _finite_size(claim)


def _designs(claim: Rate) -> Iterator[Part]:
    """Where each design goes, and the exponent that the bound has there."""
    for design in claim.designs:
        growth, grid = claim.growth_in(design), design.grid
        power = exact(claim.direction(design) * float(growth.power))
        log = f", log power {growth.log}" if growth.log else ""
        place = f" ({design.label})" if design.label else ""
        ends = f"{grid[0]:g} .. {grid[-1]:g}, {len(grid)} points"
        yield Part("along", f"{design.variable} = {ends}{place}: exponent {power}{log}")


def _instances(claim: Rate) -> Iterator[Part]:
    """What is searched for the worst case, and what is drawn."""
    for name, grid in claim.worst_over.items():
        yield Part("largest over", f"{name} = {', '.join(map(str, grid))}", code=True)
    for name, (side, reason) in claim.closed.items():
        yield Part(f"closed, {name} {side}", reason)
    yield from _drawn(claim)


def _drawn(claim: Rate | Identity | Inequality) -> Iterator[Part]:
    """What is drawn, how often, and from what."""
    for name, strategy in claim.given.items():
        count = f"{claim.instances} instances" if claim.instances > 1 else "one instance"
        yield Part("given", f"{count} of {name}, drawn from {strategy}")


def _regimes(claim: Rate) -> Iterator[Part]:
    """Which term of the bound is active where, for each setting of its design symbols."""
    for subject in dict.fromkeys(claim.bound_in(design) for design in claim.designs):
        cone = [f"{n} <= 1" if n in claim.to_zero else f"{n} >= 1" for n in subject.base_symbols]
        regimes = subject.regimes(sorted(cone))
        for regime in regimes if len(regimes) > 1 else ():
            where = f" where {', '.join(regime.where)}" if regime.where else ""
            yield Part("regime", f"{regime.monomial}{where}", code=True)


def _finite_size(claim: FiniteSize) -> Iterator[Part]:
    """What is declared of finite sizes, and why it is known."""
    for name in claim.declared:
        yield Part(name.replace("_", " "), _value(getattr(claim, name)), code=True)
    if claim.because:
        yield Part("because", claim.because)


def _value(value: Any) -> str:
    """A declared value in a line: terms one after the other, a function by its name."""
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(getattr(value, "__name__", value))


def _corollary(claim: Corollary) -> Iterator[Part]:
    yield Part("claim", claim.text, code=True)


def _identity(claim: Identity) -> Iterator[Part]:
    yield Part("claim", claim.statement, code=True)
    yield from _drawn(claim)
    if claim.residual is not None:
        ball = claim.arithmetic == "ball"
        narrow = f"in balls, to a width of {claim.width:g}"
        yield Part("vanishes", narrow if ball else f"to {claim.digits} digits, {claim.arithmetic}")
    yield from _proof(claim)


def _proof(claim: Identity | Inequality) -> Iterator[Part]:
    if claim.proof is not None:
        yield Part("proof", claim.proof.__name__, code=True)


def _inequality(claim: Inequality) -> Iterator[Part]:
    yield Part("claim", claim.statement, code=True)
    yield from _drawn(claim)
    for name, (low, high, *many) in claim.box.items():
        count = f", {many[0]} numbers" if many else ""
        yield Part("box", f"{low:g} <= {name} <= {high:g}{count}", code=True)
    if claim.box:
        yield Part("worst case", f"a search of {claim.evaluations:,} evaluations")
    if claim.is_noisy:
        yield Part("mean", f"of {claim.replicates:,} replicates, margin {claim.margin:g}")
    elif claim.value is not None:
        digits = f"doubles, to {claim.digits} digits"
        fine = f"mpmath, to {claim.digits} digits"
        yield Part("arithmetic", {"float": digits, "mpmath": fine}.get(claim.arithmetic, "balls"))
    yield from _proof(claim)


def _limit(claim: Limit) -> Iterator[Part]:
    yield Part("claim", claim.statement, code=True)
    yield Part("margin", f"{claim.margin:g}")
    design = claim.design
    place = f" ({design.label})" if design.label else ""
    ends = f"{design.grid[0]:g} .. {design.grid[-1]:g}, {len(design.grid)} points"
    yield Part("along", f"{design.variable} = {ends}{place}")
    for name, grid in claim.each.items():
        many = f"{grid[0]:.4g} .. {grid[-1]:.4g}, {len(grid)} places"
        shown = many if len(grid) > MOST_PLACES else ", ".join(f"{value:.4g}" for value in grid)
        yield Part("at every", f"{name} = {shown}")
    if claim.together:
        yield Part("together", "a replicate sees the whole curve")
    if claim.unit is not None:
        yield Part("unit", f"{claim.unit:g}")
    yield from _finite_size(claim)


MOST_PLACES = 8
"""Places of a curve that are listed one by one."""

OWN: dict[type[Claim], Callable[[Any], Iterator[Part]]] = {
    Rate: _rate,
    Corollary: _corollary,
    Identity: _identity,
    Inequality: _inequality,
    Limit: _limit,
}
"""What a claim of each kind says that others do not."""
