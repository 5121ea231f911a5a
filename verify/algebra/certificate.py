"""Proofs and refutations of f <= C g on a cone, and their check in exact arithmetic.

Nothing here searches: a certificate can be checked without trusting how it was found.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import product

import attrs

from verify.algebra.cones import Cone
from verify.algebra.expression import Log, Node, Symbol
from verify.algebra.growth import CONSTANT, Growth, growth_along
from verify.algebra.linear import ONE, ZERO
from verify.algebra.monomial import Monomial
from verify.algebra.normal_form import Clause

_Table = Mapping[str, Fraction]


@attrs.frozen
class LogBound:
    """A proof that |log x_i| <= K (|log x_k| + slack), i `smaller` and k `larger` (None: no x_k).

    With y = log x and the conditions a_m . y <= 0: y_i = sum_m above_m a_m . y + slopes_0 y_k and
    -y_i = sum_m below_m a_m . y + slopes_1 y_k.  A negative multiplier is allowed for a condition
    whose slack -a_m . y counts, one with positive weight in the `Farkas` proof that this serves.
    """

    weight: Fraction
    smaller: str
    larger: str | None
    above: tuple[Fraction, ...]
    below: tuple[Fraction, ...]
    slopes: tuple[Fraction, Fraction]


@attrs.frozen
class Farkas:
    """A proof that the least monomial of `low` is at most C times the greatest of `high`.

    prod low_j**low_weights_j = prod high_l**high_weights_l prod ratio_m**conditions_m in powers,
    weights >= 0, those of `low` and of `high` with sum 1, and every ratio_m <= 1 on the cone.  What
    is left of the logs is at most 1, or is made up for by `logs`: |log x_i| is bounded there by
    |log x_k| and by the logarithm of what the conditions leave over, which is of a higher order.

    A proof may be for part of the cone only: `halves` are further conditions, (name, 1) for x >= 1
    and (name, -1) for x <= 1, whose weights come last in `conditions`.
    """

    low: Clause
    high: Clause
    low_weights: tuple[Fraction, ...]
    high_weights: tuple[Fraction, ...]
    conditions: tuple[Fraction, ...]
    halves: tuple[tuple[str, int], ...] = ()
    logs: tuple[LogBound, ...] = ()

    def check(self, cone: Cone) -> bool:
        """Whether the proof is valid on `cone`: a few sums of Fractions."""
        weights = (*self.low_weights, *self.high_weights, *self.conditions)
        if min(weights) < 0 or not sum(self.low_weights) == sum(self.high_weights) == 1:
            return False
        ratios = [condition.ratio.powers for condition in cone.conditions]
        ratios += [{name: Fraction(-sign)} for name, sign in self.halves]
        low = list(zip(self.low_weights, self.low, strict=True))
        high = [(-weight, m) for weight, m in zip(self.high_weights, self.high, strict=True)]
        powers = _combine((weight, monomial.powers) for weight, monomial in low + high)
        used = _combine(zip(self.conditions, ratios, strict=True))
        logs = _combine((weight, monomial.logs) for weight, monomial in low + high)
        left = _combine([(ONE, logs), *((-ONE, _gain(step)) for step in self.logs)])
        return (
            powers == used
            and all(excess <= 0 for excess in left.values())
            and all(self._is_valid(step, ratios) for step in self.logs)
        )

    def text(self, cone: Cone) -> str:
        """The proof on one line: low = high times ratios that are at most 1.

        Such as `n**(-1/2) = n**(-1/3) * (1/n)**(1/6), with 1/n <= 1`.
        """
        sides = [f"{name}**({-sign})" for name, sign in self.halves]
        ratios = [*(str(condition.ratio) for condition in cone.conditions), *sides]
        used = [ratio for ratio, k in zip(ratios, self.conditions, strict=True) if k]
        right = _written([*zip(self.high, self.high_weights, strict=True)])
        factors = _written(list(zip(ratios, self.conditions, strict=True)))
        lines = [f"{_written([*zip(self.low, self.low_weights, strict=True)])} = {right}"]
        lines[0] += f" * {factors}" if used else ""
        lines += [f"with {', '.join(f'{ratio} <= 1' for ratio in used)}"] if used else []
        lines += [f"log {s.smaller} at most log {s.larger or 'slack'}" for s in self.logs]
        return ", ".join(lines)

    def _is_valid(self, step: LogBound, ratios: Sequence[_Table]) -> bool:
        """Whether `step` is proved, negative multipliers only where `conditions` has weight."""
        for sign, multipliers, slope in zip(
            (1, -1), (step.above, step.below), step.slopes, strict=True
        ):
            other = {step.larger: slope} if step.larger else {}
            found = _combine([*zip(multipliers, ratios, strict=True), (ONE, other)])
            if found != {step.smaller: sign}:
                return False
            if any(k < 0 and not w for k, w in zip(multipliers, self.conditions, strict=True)):
                return False
        return step.weight >= 0


def covers(proofs: Iterable[Farkas]) -> bool:
    """Whether the halves of these proofs of one case make up the whole cone."""
    parts = [set(proof.halves) for proof in proofs]
    names = sorted({name for part in parts for name, _ in part})
    patterns = product(*([(name, 1), (name, -1)] for name in names))
    return all(any(part <= set(pattern) for part in parts) for pattern in patterns)


@attrs.frozen
class Witness:
    """A sequence in the cone along which f outgrows g: x_i = exp(u_i s) s**w_i, s to infinity.

    `ray` is u and `weights` is w, without zeros; `growth` is that of f and `other` that of g,
    (power of exp(s), power of s), the larger one lexicographically larger.
    """

    ray: _Table
    weights: _Table
    growth: Growth
    other: Growth

    def check(self, f: Node, g: Node, cone: Cone) -> bool:
        """Whether the sequence satisfies `cone` and f outgrows g along it, by their trees."""
        inside = all(
            growth_along(condition.ratio.tree, self.ray, self.weights) <= CONSTANT
            for condition in cone.conditions
        )
        growth = growth_along(f, self.ray, self.weights)
        other = growth_along(g, self.ray, self.weights)
        return inside and (growth, other) == (self.growth, self.other) and growth > other

    def __str__(self) -> str:
        """The sequence in terms of x = exp(s), such as `J = log(x), T = x`."""
        names = sorted({*self.ray, *self.weights})
        x = "x"
        while x in names:
            x += "_"
        return ", ".join(f"{name} = {self._sequence(name, Symbol(x))}" for name in names)

    def _sequence(self, name: str, x: Symbol) -> Monomial:
        power, log = self.ray.get(name, ZERO), self.weights.get(name, ZERO)
        return Monomial.of([(x, power), (Log(x), log)])


def _written(factors: Iterable[tuple[object, Fraction]]) -> str:
    """A product of powers as text; factors of power 0 are left out."""
    shown = [f"({f})**({w})" if w != 1 else f"{f}" for f, w in factors if w]
    return " * ".join(shown)


def _combine(terms: Iterable[tuple[Fraction, _Table]]) -> dict[str, Fraction]:
    """The weighted sum of tables, without zeros."""
    total: dict[str, Fraction] = {}
    for weight, table in terms:
        for name, entry in table.items():
            total[name] = total.get(name, ZERO) + weight * entry
    return {name: entry for name, entry in total.items() if entry}


def _gain(step: LogBound) -> dict[str, Fraction]:
    """What `step` allows the logs to exceed 1 by."""
    return _combine(
        [
            (step.weight, {step.smaller: ONE}),
            (-step.weight, {step.larger: ONE} if step.larger else {}),
        ]
    )
