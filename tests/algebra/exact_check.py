"""Certificates of dominance checked from the definitions, in Fractions, by code of its own."""

from collections import Counter, defaultdict
from fractions import Fraction as F
from itertools import product

from tests.algebra.random_bounds import CONSTANT, random_scales, sequence_growth


def check_proofs(dominance, conditions):
    """Every proof is valid on the conditions, exponents e of prod x**e <= 1; none is missing."""
    rows = [dict(condition.ratio.powers) for condition in dominance.cone.conditions]
    assert all(row in conditions for row in rows)
    halves = defaultdict(set)
    for proof in dominance.certificate:
        sides = [{name: F(-sign)} for name, sign in proof.halves]
        check_proof(proof, rows + sides)
        halves[frozenset(proof.low), frozenset(proof.high)].add(frozenset(proof.halves))
    lows, highs = ({case[k] for case in halves} for k in (0, 1))
    assert set(halves) == set(product(lows, highs))
    for parts in halves.values():
        names = {name for part in parts for name, _ in part}
        assert len(parts) == 2 ** len(names)
        assert all(len(part) == len(names) for part in parts)


def check_proof(proof, rows):
    """weights . low = weights . high + slack in powers; the logs left over are proved harmless."""
    assert sum(proof.low_weights) == sum(proof.high_weights) == 1
    for weights in (proof.low_weights, proof.high_weights, proof.conditions):
        assert all(weight >= 0 for weight in weights)
    sides = list(zip(proof.low, proof.low_weights, strict=True))
    sides += [(m, -weight) for m, weight in zip(proof.high, proof.high_weights, strict=True)]
    powers, logs = Counter(), Counter()
    for monomial, weight in sides:
        for name, exponent in monomial.powers.items():
            powers[name] += weight * exponent
        for name, exponent in monomial.logs.items():
            logs[name] += weight * exponent
    for row, weight in zip(rows, proof.conditions, strict=True):
        for name, exponent in row.items():
            powers[name] -= weight * exponent
    assert not any(powers.values())
    for step in proof.logs:
        check_log_bound(step, rows, proof.conditions)
        logs[step.smaller] -= step.weight
        if step.larger is not None:
            logs[step.larger] += step.weight
    assert all(excess <= 0 for excess in logs.values())


def check_log_bound(step, rows, weights):
    """y_i and -y_i combine y_k and the conditions, backwards only where slack is left."""
    assert step.weight >= 0
    for sign, multipliers, slope in zip(
        (1, -1), (step.above, step.below), step.slopes, strict=True
    ):
        total = Counter({step.smaller: F(-sign)})
        if step.larger is not None:
            total[step.larger] += slope
        for row, multiplier, weight in zip(rows, multipliers, weights, strict=True):
            assert multiplier >= 0 or weight > 0
            for name, exponent in row.items():
                total[name] += multiplier * exponent
        assert not any(total.values())


def check_forms(dominance, smaller, larger, rng, names, conditions):
    """The cases compared make up the two bounds: max of mins below, min of maxes above."""
    lows = {proof.low for proof in dominance.certificate}
    highs = {proof.high for proof in dominance.certificate}
    for _ in range(5):
        scales = random_scales(rng, names, conditions)
        low = max(min(_growth(m, scales) for m in clause) for clause in lows)
        high = min(max(_growth(m, scales) for m in clause) for clause in highs)
        assert low == sequence_growth(smaller, scales)
        assert high == sequence_growth(larger, scales)


def _growth(monomial, scales):
    factors = [("power", ("x", name), e) for name, e in monomial.powers.items()]
    factors += [("power", ("log", name), e) for name, e in monomial.logs.items()]
    return sequence_growth(("*", *factors), scales) if factors else CONSTANT
