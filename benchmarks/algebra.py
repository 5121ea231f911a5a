"""Times of the calculus of bounds: `python -m benchmarks.algebra`.  Medians over repeats.

Each figure stands next to what it is compared with in the same run, so that the ratio means
something on any machine: sympy's limit for an exponent, scipy's HiGHS for a linear program, and the
enumeration of all sign vectors of comparisons for regimes.
"""

import random
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from itertools import combinations
from statistics import median
from time import perf_counter

import numpy as np
import sympy
from scipy.optimize import linprog

from verify.algebra import bound, cone, dominates
from verify.algebra.case import Case, objective
from verify.algebra.cells import Frame
from verify.algebra.linear import minus, vector
from verify.algebra.normal_form import max_of_mins, min_of_maxes
from verify.algebra.simplex import maximise

REGRET = "min(sqrt(J*T), V**(1/3)*T**(2/3) + sqrt(T))"
CONE = ["1 <= J <= T", "1/T <= V <= 1"]
NESTED = (
    "min(sqrt(J*T) + max(A*J, B*T**(1/3)), V**(1/3)*T**(2/3) + min(sqrt(T)*A, J*B) + sqrt(T*B))"
)
NESTED_CONE = [*CONE, "1 <= A <= T", "1 <= B <= J"]
LOGS = ("1", "min(J, log(T)**2/J)", "1 <= J, 1 <= T")


def milliseconds(run: Callable[[], object], repeats: int = 9) -> float:
    """The median time of `run` in milliseconds, after one run that is not counted."""
    times = []
    for _ in range(repeats + 1):
        start = perf_counter()
        run()
        times.append(perf_counter() - start)
    return 1e3 * median(times[1:])


def report(what: str, value: float, other: str = "", compared: float = 0.0) -> None:
    """One line: a time, and the time it is compared with."""
    ratio = f"   {other}: {compared:.3f} ms, {compared / value:.1f} times" if compared else ""
    print(f"{what:<58}{value:>9.3f} ms{ratio}")


def growth() -> None:
    """The exponent of one bound along one ray."""
    regret, ray = bound(REGRET), {"T": 1, "J": Fraction(1, 2)}
    T, V = sympy.symbols("T V", positive=True)
    branch = V ** sympy.Rational(1, 3) * T ** sympy.Rational(2, 3) + sympy.sqrt(T)

    def limit() -> object:
        sympy.core.cache.clear_cache()
        return sympy.limit(sympy.log(branch) / sympy.log(T), T, sympy.oo)

    report("read the regret bound", milliseconds(lambda: bound(REGRET)))
    report(
        "growth along a ray",
        milliseconds(lambda: regret.growth(ray), 99),
        "sympy.limit (of one branch: it refuses Min)",
        milliseconds(limit, 3),
    )


def simplex() -> None:
    """One linear program of a dominance query."""
    names = ("J", "T", "V")
    (low, _), (high, *_) = max_of_mins(bound(REGRET).tree), min_of_maxes(bound("T").tree)
    case = Case(low, high, names, cone(CONE).rows(names))
    rows = case.rows()
    matrix, goal = np.array(rows, float), -np.array(objective(rows), float)
    report(
        "one linear program, exactly",
        milliseconds(lambda: maximise(objective(rows), rows), 99),
        "HiGHS",
        milliseconds(lambda: linprog(goal, matrix, np.zeros(len(rows)), bounds=(None, None)), 29),
    )


def dominance() -> None:
    """Dominance queries: references, a tie broken on two scales, twelve terms against 5 x 3."""
    pairs = [("T", REGRET), ("sqrt(J*T)", REGRET), (REGRET, "sqrt(T)"), ("sqrt(T)", REGRET)]
    times = [milliseconds(lambda p=p: dominates(*p, CONE)) for p in pairs]
    report("dominance, the regret bound (slowest of 4)", max(times))
    report("dominance on two scales", milliseconds(lambda: dominates(*LOGS)))
    rng = random.Random(1)
    terms = [_product(rng) for _ in range(12)]
    larger = f"min({', '.join(' + '.join(_product(rng) for _ in range(3)) for _ in range(5))})"
    box = [f"1 <= {name}" for name in "abcde"]
    smaller = " + ".join(terms)
    report("12 terms against 5 x 3, refuted", milliseconds(lambda: dominates(larger, smaller, box)))
    factor = f"min({smaller}, ({smaller})*(a + b))"
    report(
        "12 terms against 12 + 24, proved", milliseconds(lambda: dominates(factor, smaller, box))
    )


def _product(rng: random.Random) -> str:
    return "*".join(f"{name}**({Fraction(rng.randint(-2, 4), 3)})" for name in "abcde")


def regimes() -> None:
    """Regimes with their rays, against the enumeration of sign vectors."""
    for what, source, conditions in (
        ("regimes of the regret bound", REGRET, CONE),
        ("regimes of a nested bound in 5 variables", NESTED, NESTED_CONE),
    ):
        found = bound(source).regimes(conditions)
        count, naive = sign_vectors(source, conditions)
        report(
            f"{what} ({len(found)})",
            milliseconds(lambda s=source, c=conditions: bound(s).regimes(c), 5),
            f"{count} sign vectors, without rays",
            naive,
        )


def sign_vectors(source: str, conditions: list[str]) -> tuple[int, float]:
    """How many orders of the monomials have an interior in the cone, and the time to find them."""
    node, given = bound(source).tree, cone(conditions)
    frame = Frame.of(sorted(bound(source).symbols), given)
    monomials = list(dict.fromkeys(m for clause in max_of_mins(node) for m in clause))
    start = perf_counter()
    cells = [[]]
    for a, b in combinations(monomials, 2):
        row = vector((a / b).powers, frame.names)
        halves = [[*cell, side] for cell in cells for side in (row, minus(row))]
        cells = [rows for rows in halves if frame.interior(rows) is not None]
    return len(cells), 1e3 * (perf_counter() - start)


def start_up() -> None:
    """Importing the package in a new interpreter, beside an empty one."""
    for what, code in (("an empty interpreter", "pass"), ("import verify.algebra",) * 2):
        run = [sys.executable, "-c", code]
        report(what, milliseconds(lambda run=run: subprocess.run(run, check=True)))


if __name__ == "__main__":
    for part in (growth, simplex, dominance, regimes, start_up):
        part()
