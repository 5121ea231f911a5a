"""A counterexample as Python that computes it again, in at most ten lines."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from verify.errors import InputError
from verify.spec.measure import Measure, home

Term: TypeAlias = tuple[Measure, Mapping[str, Any]] | float | Fraction
"""A function with its arguments, or a number."""


def code_of_instance(terms: Sequence[Term], arithmetic: str, working: int | None) -> str:
    """What functions return at an instance, in the arithmetic of the claim, beside numbers.

    `working` is the precision at which it was confirmed (digits, or bits in balls), None where it
    could not be: then it is in doubles.
    """
    number = {"float": "{}", "mpmath": "mpf({})", "ball": "arb({})"}[arithmetic]
    if arithmetic == "float" and working is not None:
        number, arithmetic = "mpf({})", "mpmath"
    shown = [f"print({written(one, number)})" for one in terms]
    first, last = {
        "float": ((), shown),
        "mpmath": (
            ("from mpmath import mpf, workdps",),
            (f"with workdps({working}):", *(f"    {one}" for one in shown)),
        ),
        "ball": (("from flint import arb, ctx",), (f"ctx.prec = {working}", *shown)),
    }[arithmetic]
    return "\n".join([*first, *imports(terms), "", *last])


def written(term: Term, number: str = "{}") -> str:
    """A term in Python's notation, each of its numbers wrapped as that of an arithmetic."""
    match term:
        case (function, data):
            given = ", ".join(f"{key}={_literal(value, number)}" for key, value in data.items())
            return f"{function.__name__}({given})"
        case Fraction():
            return f"{number.format(term.numerator)} / {number.format(term.denominator)}"
        case float() if number != "{}":
            return number.format(repr(str(float(term))))
    return str(term)


def imports(terms: Sequence[Term]) -> list[str]:
    """The imports of the functions among some terms, a line for each module."""
    modules: dict[tuple[str, str], list[str]] = {}
    for function in (one[0] for one in terms if isinstance(one, tuple)):
        names = modules.setdefault(_home(function), [])
        names += [function.__name__] * (function.__name__ not in names)
    return [
        f"from {module} import {', '.join(names)}{told}"
        for (module, told), names in modules.items()
    ]


def code_of_point(
    proof: Any, index: int, point: Mapping[str, str], expression: str = "part"
) -> str:
    """The value of the expression of a proof, the one at `index` of several, at a point.

    `expression` says in Python how it is made of that `part` of what the proof returns.
    """
    part = f"flatten([{proof.__name__}()])[{index}]"
    made = [f"expression = {part}"]
    if expression != "part":
        made = [f"part = {part}", f"expression = {expression}"]
    return "\n".join(
        [
            "from sympy import S, flatten",
            *imports([(proof, {})]),
            "",
            *made,
            f"point = {dict(point)!r}",
            "values = {s: S(point[s.name]) for s in expression.free_symbols}",
            "print(expression.subs(values).evalf(50))",
        ]
    )


def _home(function: Measure) -> tuple[str, str]:
    """The module of a function, and a comment that names the file where it is one by itself."""
    try:
        module = f"{home(function)[0]}"
    except InputError:
        module = function.__module__
    return module, "" if "." in module else f"  # run beside {module}.py"


def _literal(value: Any, number: str) -> str:
    """Data in Python's notation, each number wrapped as that of an arithmetic."""
    match value:
        case int() | float() if not isinstance(value, bool):
            return number.format(repr(value))
        case list():
            return f"[{', '.join(_literal(one, number) for one in value)}]"
        case dict():
            pairs = (f"{key!r}: {_literal(one, number)}" for key, one in value.items())
            return f"{{{', '.join(pairs)}}}"
    return repr(value)
