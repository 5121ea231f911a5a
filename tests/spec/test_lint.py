"""Every static fault has a finding, with its place, its words and its hint."""

from typing import Any

import pytest

from tests.spec.specs import GRID, TENTH, exact, measured, other, rate, theorem
from verify import Assumption, Design, Source, but
from verify.errors import Finding
from verify.spec.lint import lint


def _only(found: list[Finding]) -> Finding:
    assert len(found) == 1, [str(one) for one in found]
    return found[0]


def test_a_sound_theorem_has_no_findings() -> None:
    assert lint(theorem()) == []


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"mesure": measured}, "unknown-field", "did you mean 'measure'?"),
        ({"measure": ...}, "missing-field", "Rate without 'measure'"),
        ({"scope": ...}, "missing-field", "Rate without 'scope'"),
        ({"scope": ""}, "wrong-value", "expected what is really tested"),
        ({"id": "two words"}, "wrong-value", "expected an identifier"),
        ({"relation": "theta"}, "wrong-value", "expected 'O', 'Omega' or 'Theta'"),
        (
            {"statistic": "mode"},
            "wrong-value",
            "'sd', 'median', Quantile(level) or KaplanMeier(level)",
        ),
        ({"margin": 0}, "wrong-value", "a positive number"),
        ({"logs": 0.3}, "wrong-value", "a multiple of 1/4"),
        ({"expect": "MAYBE"}, "wrong-value", "HOLDS, REFUTED or INCONCLUSIVE"),
        ({"controls": ()}, "no-control", "must be refuted"),
        ({"uses": ("idd",)}, "unknown-assumption", "did you mean 'iid'?"),
        ({"bound": "n**(1/2"}, "bound", "column"),
        ({"bound": "__import__('os')"}, "bound", "column 1"),
        ({"bound": "n**(1/2) * J"}, "variable-without-value", "'J' of the bound"),
        ({"designs": ()}, "wrong-value", "at least one Design"),
        ({"margin": 0.06}, "wide-margin", "at most 0.05"),
        ({"measure": lambda rng, size, n: None}, "local-measure", "top level of a module"),
    ],
)
def test_a_faulty_claim_has_one_finding(changes: dict[str, Any], code: str, words: str) -> None:
    found = _only(lint(theorem(rate(**changes))))
    assert found.code == code
    assert words in str(found)
    assert found.where.startswith("tests/spec/specs.py:") or "specs.py" in found.where


@pytest.mark.parametrize(
    ("design", "code", "words"),
    [
        (Design(sweep={"n": [8, 16, 32, 64]}), "few-points", "4 distinct values of 'n' in 4"),
        (Design(sweep={"n": [8, 16, 32, 64, 64, 128]}), "few-points", "5 distinct values"),
        (Design(sweep={"n": [0, 8, 16, 32, 64]}), "wrong-value", "positive values"),
        (Design(sweep={"n": "many"}), "wrong-value", "positive values"),
        (Design(swep={"n": [8]}), "unknown-field", "did you mean 'sweep'?"),
        (Design(sweep=GRID.sweep, at={"D": 1}), "unknown-variable", "a value for 'D'"),
        (Design(sweep={"m": [8, 16, 32, 64, 128]}), "variable-without-value", "'n'"),
        (Design(sweep=GRID.sweep, at={"n": True}), "wrong-value", "fixed variables"),
    ],
)
def test_a_faulty_design_is_found_where_it_stands(design: Design, code: str, words: str) -> None:
    found = lint(theorem(rate(designs=(design,))))
    assert code in [one.code for one in found]
    chosen = next(one for one in found if one.code == code)
    assert words in str(chosen)
    assert "test_lint.py" in chosen.where


def test_logs_need_values_that_have_one() -> None:
    small = Design(sweep={"n": [2, 4, 8, 16, 32]})
    found = _only(lint(theorem(rate(designs=(small,), logs=1))))
    assert found.code == "small-log"
    assert "values beyond 3" in str(found)
    control = but("tenth", "off by a tenth", bound="n**(2/5)*log(n)")
    found = _only(
        lint(theorem(rate(designs=(small,), bound="sqrt(n)*log(n)", controls=(control,))))
    )
    assert found.found == "n = 2 with a log in the bound"


@pytest.mark.parametrize(
    ("control", "code"),
    [
        (but("same", "nothing is changed"), "control-changes-nothing"),
        (but("same", "the same bound", bound="n**(1/2)"), "control-changes-nothing"),
        (but("same", "the same growth", bound="3*sqrt(n)"), "control-changes-nothing"),
        (but("weak", "Theta gives O", relation="O"), "implied-control"),
        (but("odd", "misspelt", bond="n**(2/5)"), "unknown-field"),
        (but("odd", "wrong kind", relation="about"), "wrong-value"),
        (but("odd", "wrong bound", bound="n**"), "bound"),
        (but("odd", "no assumption", violates="id", measure=other), "unknown-assumption"),
        (but("", "no name", bound="n**(2/5)"), "wrong-value"),
        (but("mute", "", bound="n**(2/5)"), "wrong-value"),
    ],
)
def test_a_faulty_control_is_found_where_it_stands(control: Any, code: str) -> None:
    found = _only(lint(theorem(rate(controls=(TENTH, control)))))
    assert found.code == code
    assert "test_lint.py" in found.where


@pytest.mark.parametrize(("relation", "bound"), [("O", "n**(3/5)"), ("Omega", "n**(2/5)")])
def test_a_weaker_bound_can_never_be_refuted(relation: str, bound: str) -> None:
    weak = but("weak", "implied", bound=bound)
    codes = [one.code for one in lint(theorem(rate(relation=relation, controls=(weak,))))]
    assert "implied-control" in codes


def test_a_control_near_the_claim_is_asked_for_unless_the_spec_says_why_not() -> None:
    far = but("far", "too large", bound="n")
    found = _only(lint(theorem(rate(controls=(far,)))))
    assert found.code == "no-near-control"
    assert lint(theorem(rate(controls=(far,), no_near_control="the next class is n"))) == []


def test_duplicate_ids_are_found_at_the_second() -> None:
    found = _only(lint(theorem(rate(), rate())))
    assert (found.code, found.found) == ("duplicate-id", "a claim 'upper' twice")
    twice = (Assumption("iid", "one"), Assumption("iid", "two"))
    assert _only(lint(theorem(assumptions=twice))).found == "an assumption 'iid' twice"
    found = _only(lint(theorem(rate(controls=(TENTH, TENTH)))))
    assert found.found == "a control 'tenth' twice"


@pytest.mark.parametrize("word", ["list", "run", "fit", "calibrate"])
def test_an_id_may_not_be_a_command(word: str) -> None:
    assert _only(lint(theorem(id=word))).code == "reserved-id"


def test_an_argument_of_the_measure_needs_a_value_unless_it_has_a_default() -> None:
    assert lint(theorem(rate(measure=exact))) == []
    found = _only(lint(theorem(rate(measure=_needs_d))))
    assert (found.code, found.found) == ("variable-without-value", "_needs_d needs 'd'")


def _needs_d(n: int, d: int) -> float:
    return float(n * d)


def test_all_findings_come_at_once_in_the_order_of_the_file() -> None:
    claim = rate(scoop="x", relation="theta", bound="n**(", uses=("idd",), controls=())
    found = lint(theorem(claim, id="list", source="a book", titel="x"))
    codes = [one.code for one in found]
    assert sorted(codes) == sorted(
        [
            *("unknown-field", "wrong-value", "bound", "unknown-assumption", "no-control"),
            *("unknown-field", "wrong-value", "reserved-id"),
        ]
    )
    lines = [int(one.where.rpartition(":")[2]) for one in found]
    assert lines == sorted(lines)


def test_a_source_is_checked_too() -> None:
    found = _only(lint(theorem(source=Source("two words", where="Theorem 1"))))
    assert (found.code, found.field) == ("wrong-value", "key")
