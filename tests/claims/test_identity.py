"""Identities in doubles, in mpmath and in balls: true ones hold, their mutants are refuted."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import mpmath
import pytest
from hypothesis import strategies as st

from tests.claims.identities import (
    POSITIVE,
    REAL,
    blurred,
    cancelled,
    cube,
    curve,
    cut,
    doubled,
    doubles,
    duplicated,
    duplication,
    empty,
    euler,
    fraction,
    halved,
    identity,
    infinite,
    judged,
    machin,
    matrix,
    minus,
    nothing,
    off,
    paired,
    raising,
    root,
    scaled,
    skewed,
    spending,
    square,
    turned,
    twisted,
)
from verify import but
from verify.claims import IdentityOutcome
from verify.claims.exact.guarded import makes_doubles
from verify.errors import InputError
from verify.verdict import Evidence, Reason, Verdict

ROOT = Path(__file__).parents[2]
PAIR = {"x": REAL, "y": REAL}
X = {"x": REAL}
FINE = {"arithmetic": "mpmath", "digits": 30, "given": {"x": POSITIVE}}
BALL = {"arithmetic": "ball", "given": {"x": REAL}}
WHOLE = {"n": st.integers(1, 10**9)}
SLOPES = {"slopes": st.lists(st.integers(-9, 9), min_size=1, max_size=6)}


def _reproduced(found: IdentityOutcome) -> str:
    """What the code of a counterexample prints, in a process of its own."""
    assert found.counterexample is not None
    code = found.counterexample.code
    assert len(code.splitlines()) <= 10
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"residual": square, "given": PAIR},
        {"residual": root, "given": {"x": POSITIVE}},
        {"residual": curve, "given": SLOPES},
        {"residual": cube, "given": WHOLE},
        {"residual": fraction, "given": WHOLE, "arithmetic": "mpmath", "digits": 40},
        {"residual": fraction, "given": WHOLE, "arithmetic": "ball"},
        {"residual": matrix, "given": {"x": POSITIVE}, "arithmetic": "mpmath", "digits": 40},
        {"residual": duplication, **FINE},
        {"residual": square, "given": PAIR, "arithmetic": "mpmath", "digits": 300},
        {"residual": euler, **BALL},
        {"residual": euler, **BALL, "width": 1e-200},
    ],
)
def test_a_true_identity_holds_on_all_instances(changes: dict[str, Any]) -> None:
    found = judged(identity(**changes))
    assert (found.verdict, found.reason) == (Verdict.HOLDS, Reason.INSTANCES)
    assert found.evidence is Evidence.SEARCHED
    assert found.instances == 64
    assert found.counterexample is None
    allowed = 2 * found.width if found.digits is None else 10.0**-found.digits
    assert 0 <= found.worst <= allowed


def test_a_constant_is_one_instance_and_exact() -> None:
    found = judged(identity(residual=machin, given={}, arithmetic="ball", width=1e-60))
    assert (found.verdict, found.instances, found.evidence) == ("HOLDS", 1, Evidence.EXACT)
    assert found.worst < 1e-59


def test_a_wrong_sign_is_refuted_at_the_simplest_instance() -> None:
    found = judged(identity(residual=minus))
    assert (found.verdict, found.reason) == (Verdict.REFUTED, Reason.COUNTEREXAMPLE)
    one = found.counterexample
    assert one.instance == {"x": 0.0}
    assert (one.residual, one.relative, one.confirmed) == ("-2", 2.0, None)
    assert one.check.startswith("not computed in 50 digits: minus raised TypeError: a number of ")
    assert _reproduced(found) == "-2.0"


def test_a_counterexample_is_confirmed_in_fifty_digits_and_reproduces() -> None:
    found = judged(identity(residual=cut, given=PAIR))
    one = found.counterexample
    assert found.verdict is Verdict.REFUTED
    assert one.confirmed is True
    assert one.check.startswith("in 50 digits it is ")
    x, y = one.instance["x"], one.instance["y"]
    assert 2 * x * y != 0
    assert one.relative == pytest.approx(abs(2 * x * y) / (1 + x**2 + y**2))
    assert "workdps(50)" in one.code
    assert _reproduced(found).startswith("(mpf(")


def test_an_identity_that_needs_an_assumption_is_refuted_without_it() -> None:
    claim = identity(
        residual=root,
        given={"x": POSITIVE},
        controls=(but("any", "false for x < 0", violates="positive", given=X),),
    ).drawn(3)
    assert claim.judge({}).verdict is Verdict.HOLDS
    (control,) = claim.controls
    outcome = claim.judge_control(control, {})
    assert outcome.verdict is Verdict.REFUTED
    assert outcome.violates == "positive"
    assert outcome.counterexample.instance == {"x": -1.0}
    assert outcome.counterexample.confirmed is True


def test_an_instance_is_shrunk_among_what_the_strategy_draws() -> None:
    given = {"slopes": st.lists(st.integers(-9, 9).map(lambda k: 3 * k), min_size=2)}
    found = judged(identity(residual=skewed, given=given))
    assert found.counterexample.instance == {"slopes": [0, 3]}
    assert found.counterexample.residual == "3"


def test_a_residual_may_write_into_its_data() -> None:
    one = judged(identity(residual=spending, given=SLOPES)).counterexample
    assert (one.instance, one.residual, one.confirmed) == ({"slopes": [1]}, "1", True)


def test_mpmath_sees_what_doubles_do_not() -> None:
    found = judged(identity(residual=duplicated, **FINE))
    assert found.verdict is Verdict.REFUTED
    assert found.counterexample.confirmed is True
    assert found.counterexample.relative == pytest.approx(1e-25)
    assert "workdps(90)" in found.counterexample.code
    assert _reproduced(found).startswith("(mpf('0.000000000000000000000000088622692545")
    assert judged(identity(residual=duplicated, **{**FINE, "digits": 20})).verdict is Verdict.HOLDS


def test_balls_exclude_0_and_reproduce() -> None:
    found = judged(identity(residual=off, **BALL))
    assert found.verdict is Verdict.REFUTED
    one = found.counterexample
    assert one.instance == {"x": 0.0}
    assert one.relative == pytest.approx(1e-20)
    assert one.confirmed is True
    assert "ctx.prec = " in one.code
    assert _reproduced(found).startswith("[1.0000000000000")


def test_a_ball_that_stays_wide_decides_nothing() -> None:
    found = judged(identity(residual=blurred, **BALL, instances=2))
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, Reason.PRECISION)
    assert found.detail.startswith("undecided on 2 instances, first at x = 0.0: at the largest")
    assert found.detail.endswith("wider than 1e-30")
    wide = judged(identity(residual=blurred, **BALL, instances=2, width=0.1))
    assert wide.verdict is Verdict.HOLDS


def test_rounding_of_doubles_refutes_nothing() -> None:
    found = judged(identity(residual=cancelled))
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, Reason.PRECISION)
    assert "in 50 digits it is 0.0" in found.detail
    finer = identity(residual=cancelled, arithmetic="mpmath")
    assert judged(finer).verdict is Verdict.HOLDS


def test_a_double_inside_mpmath_refutes_nothing() -> None:
    found = judged(identity(residual=doubled, **FINE))
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, Reason.PRECISION)
    assert "a number of mpmath was made a double" in found.detail


@pytest.mark.parametrize(
    ("residual", "arithmetic", "words"),
    [
        (raising, "float", "raising raised ValueError: no value here"),
        (infinite, "float", "infinite returned inf; expected finite numbers, or them and a scale"),
        (nothing, "float", "nothing returned None; expected finite numbers"),
        (empty, "float", "empty returned []; expected finite numbers"),
        (scaled, "float", "scaled returned the scale -1.0; expected a positive number"),
        (doubles, "mpmath", "expected mpmath's numbers, or them and a scale"),
        (nothing, "mpmath", "expected mpmath's numbers, or them and a scale"),
        (empty, "mpmath", "expected mpmath's numbers, or them and a scale"),
        (paired, "ball", "expected a ball (arb or acb) or a list of them"),
        (infinite, "mpmath", "infinite returned (inf, 1); expected mpmath's numbers"),
        (infinite, "ball", "infinite returned inf; expected a ball (arb or acb) or a list of them"),
    ],
)
def test_a_residual_that_cannot_be_computed_is_a_failed_measurement(
    residual: Any, arithmetic: str, words: str
) -> None:
    found = judged(identity(residual=residual, arithmetic=arithmetic))
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, Reason.MEASUREMENT)
    assert found.exit_code == 4
    assert words in found.detail
    assert "long story" not in found.detail


def test_a_double_inside_a_ball_refutes_nothing() -> None:
    found = judged(identity(residual=halved, **BALL))
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, Reason.PRECISION)
    assert "e-17 +/- " in found.detail
    assert found.detail.endswith("], halved makes a double of a ball")


def test_balls_are_watched_without_being_changed() -> None:
    assert judged(identity(residual=turned, **BALL)).verdict is Verdict.HOLDS
    found = judged(identity(residual=twisted, **BALL))
    assert (found.verdict, found.counterexample.instance) == (Verdict.REFUTED, {"x": 0.0})
    for residual, makes in ((turned, False), (twisted, False), (off, False), (halved, True)):
        assert makes_doubles(residual, {"x": 1.5}, 200) is makes


def test_afterwards_a_number_of_mpmath_is_a_double_again() -> None:
    judged(identity(residual=doubled, **FINE))
    assert float(mpmath.mpf(2)) == 2.0
    assert complex(mpmath.mpc(2, 1)) == complex(mpmath.mpf(2)) + 1j


def test_the_instances_depend_on_the_seed_alone() -> None:
    claim = identity(residual=cut, given=PAIR)
    assert judged(claim, 1) == judged(claim, 1)
    assert claim.drawn(1).drawn_instances != claim.drawn(2).drawn_instances


def test_a_strategy_that_yields_nothing_is_told_before_anything_is_evaluated() -> None:
    never = {"x": REAL.filter(lambda x: x > 9)}
    with pytest.raises(InputError, match="claim 'one': the strategy of 'x' yields nothing"):
        identity(given=never).drawn(0)
    with pytest.raises(InputError, match="claim 'one': the strategy of 'x' yields nothing"):
        identity(controls=(but("never", "nothing", given=never),)).drawn(0)
