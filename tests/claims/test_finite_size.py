"""What a rate declares of finite sizes: what it buys, what is said of it, what is refused."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tests.spec.specs import TENTH, exact, rate, theorem
from verify import Design, but
from verify.claims import Rate
from verify.claims.rate.finite_size import UNDECLARED
from verify.claims.rate.outcome import ExponentRow
from verify.errors import Finding
from verify.report.kinds import account
from verify.spec.lint import lint
from verify.verdict import Verdict

VALUES = [64 * 2**k for k in range(10)]
GRID = Design(sweep={"n": VALUES})
TO_ZERO = Design(sweep={"n": [2.0**-k for k in range(3, 13)]})
RESTS = "; the verdict rests on the declaration"
DECLARED = [
    {"corrections": ("n**(-2/5)",)},
    {"slowest_correction": 0.39},
    {"correction_scale": 0.05},
    {"exact_factor": "1 + 1/n"},
]


def _rate(design: Design = GRID, **changes: Any) -> Rate:
    known = {"measure": exact, "designs": (design,), "bound": "n**(-1/2)", "margin": 0.03}
    return rate(**{**known, "controls": (), **changes})


def _row(claim: Rate, law: Callable[[Any], float]) -> ExponentRow:
    """What is found where the measure, without an error, is `law`."""
    samples = {cell: np.array([law(dict(cell.at)["n"])]) for cell in claim.cells()}
    return claim.judge(samples).exponents[0]


def _ends(row: ExponentRow) -> tuple[float, float]:
    assert row.low is not None
    assert row.high is not None
    return row.low, row.high


def _bent(n: float) -> float:
    return n**-0.5 * (1 + 0.8 * n**-0.4)


def _slow(n: float) -> float:
    return n**-0.5 * (1 + 2 * n**-0.1)


def _known(n: float) -> float:
    return 1 + 3 / n


@pytest.mark.parametrize("field", [DECLARED[0], DECLARED[1]])
def test_what_is_known_narrows_the_interval_and_it_still_covers(field: dict[str, Any]) -> None:
    free, told = _row(_rate(), _bent), _row(_rate(**field, because="known"), _bent)
    (low, high), (left, right) = _ends(free), _ends(told)
    assert left < -0.5 < right
    assert right - left < 0.7 * (high - low)


@pytest.mark.parametrize("factor", ["1 + 3/n", _known])
@pytest.mark.parametrize("values", [VALUES, VALUES[::-1]])
def test_an_exact_factor_gives_the_pure_power_back(factor: Any, values: list[int]) -> None:
    claim = _rate(Design(sweep={"n": values}), exact_factor=factor, because="by an identity")
    found = _row(claim, lambda n: n**-0.5 * _known(n))
    pure = _row(_rate(), lambda n: n**-0.5)
    assert _ends(found) == pytest.approx(_ends(pure), abs=1e-6)
    assert found.estimate == pytest.approx(pure.estimate, abs=1e-6)
    assert found.range is not None
    assert found.range.predicted == pytest.approx(found.range.estimate, abs=1e-9)
    assert found.range.predicted < -0.505
    assert found.points[0].fit == pytest.approx(found.points[0].value, rel=1e-2)


@pytest.mark.parametrize("factor", ["1 + 3*n", lambda n: 1 + 3 * n])
def test_an_exact_factor_of_a_variable_that_shrinks(factor: Any) -> None:
    asked = {"bound": "n**(1/2)", "to_zero": ("n",)}
    claim = _rate(TO_ZERO, **asked, exact_factor=factor, because="by an identity")
    found = _row(claim, lambda n: n**0.5 * (1 + 3 * n))
    pure = _row(_rate(TO_ZERO, **asked), lambda n: n**0.5)
    assert _ends(found) == pytest.approx(_ends(pure), abs=1e-6)
    assert found.range is not None
    assert found.range.predicted == pytest.approx(found.range.estimate, abs=1e-9)
    assert found.range.predicted > 0.505


def test_without_a_declaration_nothing_is_said() -> None:
    found = _row(_rate(), _bent)
    assert (found.bare, found.notes) == (None, [])
    assert "power from 0.25 to 1.5" in found.assumes


@pytest.mark.parametrize("field", DECLARED)
def test_what_is_found_without_the_declaration_stands_beside(field: dict[str, Any]) -> None:
    found, silent = _row(_rate(**field, because="by Lemma 3"), _bent), _row(_rate(), _bent)
    assert found.bare is not None
    names = "verdict", "reason", "estimate", "low", "high"
    assert [getattr(found.bare, k) for k in names] == [getattr(silent, k) for k in names]
    (note,) = found.notes
    assert note.startswith(f"{next(iter(field))} declared: by Lemma 3; without, HOLDS [-0.5043")
    assert RESTS not in note


@pytest.mark.parametrize("power", ["-1/2", "-12/25", "-11/20", "-2/5"])
@pytest.mark.parametrize("slowest", [0.08, 0.2, 0.5])
def test_the_note_tells_when_the_verdict_rests_on_the_declaration(
    power: str, slowest: float
) -> None:
    claim = _rate(bound=f"n**({power})", slowest_correction=slowest, because="known")
    found = _row(claim, _slow)
    assert found.bare is not None
    assert (RESTS in found.notes[0]) is (found.bare.verdict is not found.verdict)


def test_a_declaration_can_decide_and_every_report_tells_it() -> None:
    claim = _rate(slowest_correction=0.08, because="the chain mixes slowly")
    cells = {cell: np.array([_slow(dict(cell.at)["n"])]) for cell in claim.cells()}
    outcome = claim.judge(cells)
    row = outcome.exponents[0]
    assert row.bare is not None
    assert (row.verdict, row.bare.verdict) == (Verdict.INCONCLUSIVE, Verdict.REFUTED)
    assert row.notes[0].endswith(RESTS)
    assert row.notes[0] in account(outcome)
    assert "power from 0.08 to 1.5" in row.assumes


def test_signs_are_those_of_the_variable_that_shrinks() -> None:
    """The row without the declaration, the note and the excess, too."""
    claim = _rate(
        TO_ZERO, bound="n**(1/2)", to_zero=("n",), corrections=("n**(2/5)",), because="known"
    )
    found = _row(claim, lambda n: n**0.5 * (1 + 0.8 * n**0.4))
    assert found.bare is not None
    assert found.bare.low < found.bare.estimate < found.bare.high
    assert 0.4 < found.bare.low < 0.5
    assert f"[{found.bare.low:+.4f}, {found.bare.high:+.4f}]" in found.notes[0]
    near = _row(_rate(TO_ZERO, bound="n**(1/2)", to_zero=("n",)), lambda n: n**0.51)
    assert near.reason == "holds_within_margin"
    assert near.detail == f"the interval is off the prediction by {_ends(near)[0] - 0.5:+.4f}"


def test_what_the_interval_takes_for_granted_names_the_declared_corrections() -> None:
    found = _row(_rate(corrections=("n**(-1/2)", "1/n"), because="an expansion"), _bent)
    assert found.assumes.startswith("corrections n**(-1/2) and 1/n, others that decay")
    assert "beside the terms of the bound" in _row(_rate(bound="n**(-1/2) + 1/n"), _bent).assumes


def test_a_control_may_change_a_declaration() -> None:
    """It is judged by its own, and needs a reason of its own if the claim has none."""
    control = but("slow", "slower than it is", bound="n**(-2/5)", slowest_correction=0.1)
    claim = _rate(slowest_correction=0.39, because="known", controls=(control,))
    cells = {cell: np.array([_bent(dict(cell.at)["n"])]) for cell in claim.cells()}
    found = claim.judge_control(control, cells)
    assert found.verdict is Verdict.REFUTED
    assert "power from 0.1 to" in found.exponents[0].assumes
    lone = but("slow", "without a reason", slowest_correction=0.1)
    assert _lint(controls=(TENTH, lone)).code == "no-reason"
    assert lint(theorem(rate(controls=(TENTH, _reasoned(lone))))) == []


def _reasoned(control: Any) -> Any:
    return but(control.id, control.why, **control.changes, because="known")


def _lint(**changes: Any) -> Finding:
    found = lint(theorem(rate(**changes)))
    assert len(found) == 1, [str(one) for one in found]
    return found[0]


def _raises(n: float) -> float:
    raise KeyError("no such n")


@pytest.mark.parametrize(
    ("fields", "code", "words"),
    [
        ({"slowest_correction": 0.5}, "no-reason", "slowest_correction without a reason"),
        ({"corrections": ("1/n",), "exact_factor": "1 + 1/n"}, "no-reason", "corrections and ex"),
        ({"because": "known"}, "nothing-declared", "because without anything declared"),
        ({"because": ""} | {"correction_scale": 0.1}, "no-reason", "because='how this is known'"),
        ({"slowest_correction": 0}, "wrong-value", "a positive number"),
        ({"correction_scale": math.inf}, "wrong-value", "a positive number"),
        ({"corrections": "1/n"}, "wrong-value", "up to 2 terms"),
        ({"corrections": ("1/n", "1/n**2", "1/n**3")}, "wrong-value", "up to 2 terms"),
        ({"exact_factor": None}, "wrong-value", "a factor as text"),
    ],
)
def test_a_declaration_needs_a_reason_and_values_of_its_kind(
    fields: dict[str, Any], code: str, words: str
) -> None:
    found = _lint(**fields)
    assert found.code == code
    assert words in str(found)


@pytest.mark.parametrize(
    ("corrections", "words"),
    [
        (("n**(1/10)",), "of power 1/10, log 0 along n; expected a term that vanishes"),
        (("2",), "of power 0, log 0 along n; expected a term that vanishes"),
        (("1/n", "7/n"), "correction 7/n, which grows like another"),
        (("1/n", "1/n + n**(-2)"), "which grows like another"),
        (("1/m",), "no value for 'm' in sweep or at"),
        (("m/n",), "no value for 'm' in sweep or at"),
        (("n**(-1/2",), "column"),
        (("-1/n",), "a negative term"),
    ],
)
def test_a_correction_vanishes_in_variables_that_are_known(
    corrections: tuple[str, ...], words: str
) -> None:
    found = _lint(corrections=corrections, because="known")
    assert found.code == "correction"
    assert words in str(found)


def test_a_correction_with_a_log_needs_values_that_have_one() -> None:
    small = Design(sweep={"n": [1, 2, 4, 8, 16]})
    found = _lint(designs=(small,), corrections=("1/(n*log(n))",), because="known")
    assert (found.code, found.found) == (
        *("small-log", "n = 1 with a log in the correction 1/(n*log(n))"),
    )


@pytest.mark.parametrize(
    ("factor", "words"),
    [
        ("n**0.1", "of power 1/10, log 0 along n; expected a positive factor that tends to"),
        ("n**(1/50)*(1 + 10/n)", "of power 1/50"),
        ("log(n)", "of power 0, log 1"),
        ("-1", "a negative term"),
        ("1 + 1/m", "no value for 'm'"),
        ("one", "no value for 'one'"),
        (3.5, "of type float"),
        ([1], "of type list"),
        (lambda n: n**0.1, "slope is 0.1 at first and 0.1 at last"),
        (lambda n: 2 * math.log(n), "slope is"),
        (lambda n: 1 / n - 1, "with the value -0.99"),
        (lambda n: 0.0, "with the value 0"),
        (lambda n: math.nan, "with the value nan"),
        (lambda n: "a", "could not convert string to float"),
        (lambda n: 1 + 1j, "complex"),
        (lambda n, m: 1.0, "'m'"),
        (_raises, "KeyError: 'no such n'"),
    ],
)
def test_an_exact_factor_settles_so_that_it_buys_no_exponent(factor: Any, words: str) -> None:
    found = _lint(exact_factor=factor, because="known")
    assert found.code == "exact-factor"
    assert words in str(found)


@pytest.mark.parametrize(
    "fields",
    [
        *DECLARED,
        {"corrections": ("n**(-1/2)", "1/n")},
        {"corrections": ("1/log(n)",)},
        {"exact_factor": 2},
        {"exact_factor": lambda n: 2.5},
        {"exact_factor": lambda n: 1 - 1 / n},
        {"exact_factor": lambda n: 1 + math.exp(-n)},
        {"exact_factor": lambda n: math.exp(math.lgamma(n + 0.5) - math.lgamma(n)) / n**0.5},
        {"exact_factor": lambda n, d=1: 1 + d / n},
    ],
)
def test_sound_declarations_have_no_findings(fields: dict[str, Any]) -> None:
    assert lint(theorem(rate(**fields, because="known"))) == []


def test_the_fields_are_those_that_a_row_without_them_assumes() -> None:
    assert _rate().declared == []
    claim = _rate(**UNDECLARED)
    assert claim.declared == []
    assert _rate(exact_factor="2", corrections=("1/n",)).declared == [
        *("corrections", "exact_factor"),
    ]
