"""Random bounds and cones, and their growth by definitions of their own: no code of verify's.

A bound is a nested tuple: ("x", name), ("log", name), ("number", n), ("power", bound, exponent), or
(operation, bound, bound, ...) with operation one of + * min max.
"""

from fractions import Fraction as F
from functools import reduce
from operator import add, mul

import mpmath

NAMES = ("a", "b", "c", "d")
OPERATIONS = ("+", "*", "min", "max", "min", "max")
CONSTANT = (0, 0, 0, 0)
POWERS = (F(1), F(2), F(1, 2), F(1, 3), F(2, 3), F(-1), F(-1, 2), F(3, 2))


def random_monomial(rng, names, logs):
    chosen = rng.sample(names, rng.randint(0, min(3, len(names))))
    factors = [_raised(("x", name), rng.choice(POWERS)) for name in chosen]
    if logs and rng.random() < 0.5:
        factors.append(
            _raised(("log", rng.choice(names)), rng.choice((F(1), F(2), F(1, 2), F(-1))))
        )
    if not factors or rng.random() < 0.2:
        factors.append(("number", rng.choice((1, 2, 3))))
    return factors[0] if len(factors) == 1 else ("*", *factors)


def random_bound(rng, names, terms, logs=True, depth=3):
    """A bound of up to `terms` monomials, nested up to `depth`."""
    if terms == 1 or depth == 0:
        return random_monomial(rng, names, logs)
    cut = rng.randint(1, terms - 1)
    parts = [random_bound(rng, names, k, logs, depth - 1) for k in (cut, terms - cut)]
    found = (rng.choice(OPERATIONS), *parts)
    return (
        _raised(found, rng.choice((F(1, 2), F(-1), F(2), F(-1, 2))))
        if rng.random() < 0.2
        else found
    )


def names_of(node):
    """The variables that occur."""
    if node[0] in ("x", "log"):
        return {node[1]}
    return set().union(*(names_of(part) for part in node[1:] if isinstance(part, tuple)))


def text(node):
    kind = node[0]
    if kind == "x":
        return node[1]
    if kind == "log":
        return f"log({node[1]})"
    if kind == "number":
        return str(node[1])
    if kind == "power":
        return f"({text(node[1])})**({node[2]})"
    if kind in ("min", "max"):
        return f"{kind}({', '.join(map(text, node[1:]))})"
    return "(" + f" {kind} ".join(map(text, node[1:])) + ")"


def value(node, point):
    """The value at a point of mpmath numbers; log is |log|."""
    kind = node[0]
    if kind == "x":
        return point[node[1]]
    if kind == "log":
        return abs(mpmath.log(point[node[1]]))
    if kind == "number":
        return mpmath.mpf(node[1])
    if kind == "power":
        return value(node[1], point) ** (mpmath.mpf(node[2].numerator) / node[2].denominator)
    return _fold(kind, [value(part, point) for part in node[1:]])


def sequence_growth(node, scales):
    """The growth for log x_i = a s + b sqrt(s) + c log s + d log log s; `scales` has (a, b, c, d).

    A tuple in the same four functions of s, to be compared lexicographically.  |log x_i| is s, its
    square root, log s or a constant, by the first entry that is not zero; beyond a constant factor
    that is log s, log s / 2 or log log s in the exponent.
    """
    kind = node[0]
    if kind == "x":
        return scales.get(node[1], CONSTANT)
    if kind == "log":
        a, b, c, _ = scales.get(node[1], CONSTANT)
        return (0, 0, 1 if a else F(1, 2) if b else 0, int(not a and not b and c != 0))
    if kind == "number":
        return CONSTANT
    if kind == "power":
        return tuple(entry * node[2] for entry in sequence_growth(node[1], scales))
    parts = [sequence_growth(part, scales) for part in node[1:]]
    if kind == "*":
        return tuple(sum(entries) for entries in zip(*parts, strict=True))
    return min(parts) if kind == "min" else max(parts)


def random_cone(rng, names):
    """Conditions as (text, exponents), each prod x**e <= 1."""
    conditions = []
    for name in names:
        if rng.random() < 0.8:
            low = rng.random() < 0.75
            conditions.append(
                (f"1 <= {name}", {name: F(-1)}) if low else (f"{name} <= 1", {name: F(1)})
            )
    for _ in range(rng.randint(0, 2)):
        if len(names) > 1:
            a, b = rng.sample(names, 2)
            e = rng.choice((F(1), F(2), F(1, 2)))
            conditions.append((f"{a}**({e}) <= {b}", {a: e, b: F(-1)}))
    return conditions


def random_scales(rng, names, conditions):
    """Sequences (a, b, c, d) for every name that satisfy the conditions lexicographically."""
    signs = {name: -entry for _, e in conditions if len(e) == 1 for name, entry in e.items()}
    while True:
        scales = {name: _random_sequence(rng, signs.get(name)) for name in names}
        if all(satisfied(exponents, scales) for _, exponents in conditions):
            return scales


def satisfied(exponents, scales):
    """Whether prod x**e <= 1 along the sequence: lexicographically, so the first entry decides."""
    for k in range(4):
        total = sum(e * scales[name][k] for name, e in exponents.items() if name in scales)
        if total:
            return total < 0
    return True


def _random_sequence(rng, sign):
    entries = [rng.randint(-2, 2) if rng.random() < p else 0 for p in (0.7, 0.3, 0.7, 0.3)]
    leading = next((entry for entry in entries if entry), 0)
    flip = -1 if sign and leading * sign < 0 else 1
    return tuple(entry * flip for entry in entries)


def _raised(node, exponent):
    return node if exponent == 1 else ("power", node, exponent)


def _fold(kind, values):
    return reduce({"+": add, "*": mul, "min": min, "max": max}[kind], values)
