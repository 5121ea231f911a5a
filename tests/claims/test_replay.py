"""A counterexample that one run finds is tried by the next, and counts if it still is one."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from tests.claims.identities import REAL, identity, pythagoras
from tests.spec.specs import theorem
from verify import Identity, Theorem, but
from verify.result import Result
from verify.sampling import Store
from verify.settings import Settings
from verify.spec.known import Known
from verify.spec.shrinking import replayed
from verify.verdict import Reason, Verdict
from verify.verification import run_all

WHOLE = {"n": st.integers(0, 10**6)}


def rare(n: int) -> int:
    """0 but for one in a thousand."""
    return int(n > 999_000)


def never(n: int) -> int:
    """The same, mended."""
    return 0


def refusing(n: int) -> int:
    """Not computed where the other is wrong."""
    if n > 999_000:
        raise ValueError("no value here")
    return 0


def tied(n: float) -> float:
    """Rounding of doubles where the other is wrong, of which fifty digits know nothing."""
    return (n + 1e20 - 1e20 - n) * (n > 999_000)


def shifted(n: int) -> int:
    """Never 0."""
    return 1


def always() -> int:
    """A constant that is not 0."""
    return 1


SHIFTED = but("shifted", "1 is not 0", residual=shifted)


def claims(**changes: Any) -> Theorem:
    """A theorem of one identity, which few instances refute."""
    known = {"residual": rare, "given": WHOLE, "instances": 64, "controls": (SHIFTED,)}
    return theorem(identity(**(known | changes)), assumptions=())


def _seeds(one: Theorem, *, refuted: bool) -> int:
    (claim,) = one.claims
    assert isinstance(claim, Identity)
    for seed in range(1000):
        wrong = any(rare(row["n"]) for row in claim.drawn(seed).drawn_instances)
        if wrong is refuted:
            return seed
    raise AssertionError("no such seed")


RARE = claims()
FINDING, MISSING = _seeds(RARE, refuted=True), _seeds(RARE, refuted=False)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


def _run(one: Theorem, path: Path, seed: int, **options: Any) -> Result:
    settings = Settings(store=path)
    (found,) = run_all([one], settings, budget="quick", seed=seed, command="", workers=1, **options)
    return found


def _claim(found: Result) -> Any:
    (claim,) = found.outcomes
    return claim


def _known(path: Path, control: str = "") -> Known | None:
    """What the store has of the claim, or of a control."""
    with Store(path) as store:
        return store.known(RARE.id).get("one", {}).get(control)


def _kept(path: Path, control: str = "") -> Any:
    """Its data."""
    known = _known(path, control)
    return known and known.data


def test_a_counterexample_that_the_draws_miss_refutes_since_an_earlier_run_found_it(
    path: Path,
) -> None:
    """One instance in a thousand is wrong: of 64 draws 6 % find one, so most seeds do not."""
    assert _claim(_run(RARE, path, MISSING)).verdict is Verdict.HOLDS
    first = _claim(_run(RARE, path, FINDING))
    assert (first.verdict, first.counterexample.instance) == (Verdict.REFUTED, {"n": 999_001})
    assert first.counterexample.replayed is False
    assert _kept(path) == {"n": 999_001}
    again = _claim(_run(RARE, path, MISSING))
    assert (again.verdict, again.reason) == (Verdict.REFUTED, Reason.COUNTEREXAMPLE)
    assert again.counterexample.instance == {"n": 999_001}
    assert again.counterexample.replayed is True
    assert again.counterexample.confirmed is True
    assert again.counterexample.check.startswith("in 50 digits it is 1")


def test_fresh_depends_on_the_seed_alone_and_forgets_nothing(path: Path) -> None:
    _run(RARE, path, FINDING)
    assert _claim(_run(RARE, path, MISSING, fresh=True)).verdict is Verdict.HOLDS
    assert _claim(_run(RARE, path, MISSING)).verdict is Verdict.REFUTED


def test_a_run_whose_draws_refute_is_the_same_whatever_is_known(path: Path) -> None:
    first, second = (_claim(_run(RARE, path, FINDING)) for _ in range(2))
    assert first == second


def test_what_was_mended_is_forgotten_and_leaves_no_trace(path: Path, tmp_path: Path) -> None:
    _run(RARE, path, FINDING)
    mended = claims(residual=never)
    found = _claim(_run(mended, path, MISSING))
    assert _kept(path) is None
    assert found == _claim(_run(mended, tmp_path / "other.sqlite", MISSING))
    assert (found.verdict, found.instances, found.detail) == (Verdict.HOLDS, 64, "")


def test_an_instance_that_the_assumptions_exclude_now_does_not_refute_and_is_not_forgotten(
    path: Path,
) -> None:
    _run(RARE, path, FINDING)
    narrow = claims(given={"n": st.integers(0, 10**6).filter(lambda n: n < 999_000)})
    assert _claim(_run(narrow, path, MISSING)).verdict is Verdict.HOLDS
    assert _claim(_run(RARE, path, MISSING)).verdict is Verdict.REFUTED


def test_other_strategies_draw_something_else_from_the_choices_or_nothing(path: Path) -> None:
    _run(RARE, path, FINDING)
    known = _known(path)
    assert known is not None
    assert replayed(WHOLE, known) == {"n": 999_001}
    assert replayed({"n": st.integers(0, 999_000)}, known) == {"n": 0}
    assert replayed({"n": st.integers().filter(lambda n: n < 999_000)}, known) != {"n": 999_001}
    assert replayed({"n": st.text(max_size=3)}, known) == {"n": ""}
    assert replayed({"n": st.nothing()}, known) is None
    assert replayed({"n": WHOLE["n"].filter(lambda n: False)}, known) is None
    assert replayed(WHOLE, Known("{}", b"\xff broken")) is None


@pytest.mark.parametrize(
    ("residual", "reason"), [(refusing, Reason.MEASUREMENT), (tied, Reason.PRECISION)]
)
def test_what_cannot_be_decided_now_is_neither_passed_over_nor_forgotten(
    path: Path, residual: Any, reason: Reason
) -> None:
    _run(RARE, path, FINDING)
    assert _claim(_run(claims(residual=residual), path, MISSING, fresh=True)).verdict == "HOLDS"
    found = _claim(_run(claims(residual=residual), path, MISSING))
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, reason)
    assert found.detail
    assert _kept(path) == {"n": 999_001}


def test_choices_that_draw_something_else_now_are_not_forgotten(path: Path) -> None:
    """As those of another version of Hypothesis may: nobody knows of the instance itself."""
    with Store(path) as store:
        store.keep("sound", "one", "", Known('{"n":999001}', b"\xff broken"))
    assert _claim(_run(RARE, path, MISSING)).verdict is Verdict.HOLDS
    assert _kept(path) == {"n": 999_001}


def test_controls_have_their_own(path: Path) -> None:
    wrong = but("rare", "it is not 0", residual=rare)
    one = claims(controls=(wrong,), residual=never)
    assert _claim(_run(one, path, MISSING)).controls[0].verdict is Verdict.HOLDS
    assert _claim(_run(one, path, FINDING)).controls[0].verdict is Verdict.REFUTED
    assert (_kept(path), _kept(path, "rare")) == (None, {"n": 999_001})
    found = _claim(_run(one, path, MISSING))
    assert found.verdict is Verdict.HOLDS
    assert found.controls[0].counterexample.replayed is True


def test_a_claim_of_no_draws_leaves_nothing(path: Path) -> None:
    same = but("same", "1 is not 0", scope="the same", residual=always)
    found = _claim(_run(claims(residual=always, given={}, controls=(same,)), path, 0))
    assert found.verdict is Verdict.REFUTED
    assert _kept(path) is None


def test_a_filtered_instance_is_kept_and_replayed(path: Path) -> None:
    odd = {"n": st.integers(0, 10**6).filter(lambda n: n % 2 == 0).filter(lambda n: n > 1000)}
    one = claims(given=odd)
    finding, wanting = _seeds(one, refuted=True), _seeds(one, refuted=False)
    assert _claim(_run(one, path, finding)).counterexample.instance == {"n": 999_002}
    assert _claim(_run(one, path, wanting)).counterexample.instance == {"n": 999_002}


def test_a_store_of_before_is_given_the_table_and_keeps_its_blocks(path: Path) -> None:
    with Store(path):
        pass
    with sqlite3.connect(path) as other:
        other.execute("DROP TABLE counterexample")
        other.execute("INSERT INTO block VALUES (x'00', 'm', '{}', 0, '0', '', x'00', x'00')")
    other.close()
    _run(RARE, path, FINDING)
    assert _kept(path) == {"n": 999_001}
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT count(*) FROM block").fetchone() == (1,)
    other.close()


def test_a_true_claim_is_not_refuted_by_what_stands_in_the_store(path: Path) -> None:
    """Whatever was written there: the residual is computed anew."""
    with Store(path) as store:
        store.keep("sound", "one", "", Known('{"x":1.0}', b"(?\xf0\x00\x00\x00\x00\x00\x00"))
    one = theorem(identity(residual=pythagoras, given={"x": REAL}), assumptions=())
    assert _claim(_run(one, path, 0)).verdict is Verdict.HOLDS
