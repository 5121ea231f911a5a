"""A worst case that a search found is tried by the next run, as long as it lies in the box."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from tests.spec.specs import theorem
from verify import Inequality, Theorem, but
from verify.claims.inequality.declaration import EVALUATIONS
from verify.result import Result
from verify.sampling import Store
from verify.settings import Settings
from verify.spec.known import Known
from verify.verdict import Verdict
from verify.verification import run_all

PLACE, WIDTH = 0.731225, 2.5e-5


def hill(x: Any) -> Any:
    """Above 1 near one place, with a slope that leads there."""
    return 1 + WIDTH - abs(x - PLACE)


def spike(x: Any) -> Any:
    """Above 1 at the same places, without a slope: nobody finds it by a search."""
    return 2 if abs(x - PLACE) < WIDTH else 0.5


def mended(x: Any) -> Any:
    """The same without the spike."""
    return 0.5


def shifted(x: Any, n: Any = 0) -> Any:
    """Above 1 everywhere."""
    return 3


def raised(x: Any, n: Any) -> Any:
    """Above 1 where the spike is, for every n."""
    return hill(x)


SHIFTED = but("shifted", "3 is above 1", value=shifted)


def claims(value: Any, **changes: Any) -> Theorem:
    known = {"value": value, "high": 1, "box": {"x": (0, 1)}, "evaluations": 2000}
    known |= {"scope": "a function", "controls": (SHIFTED,)}
    return theorem(Inequality("one", **(known | changes)), assumptions=())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


def _run(one: Theorem, path: Path, **options: Any) -> Any:
    settings = Settings(store=path)
    found: Result
    (found,) = run_all([one], settings, budget="quick", seed=1, command="", workers=1, **options)
    return found.outcomes[0]


def _known(path: Path) -> Known | None:
    with Store(path) as store:
        return store.known("sound").get("one", {}).get("")


def test_a_worst_case_refutes_where_no_search_leads_to_it(path: Path) -> None:
    assert _run(claims(spike), path).verdict is Verdict.HOLDS
    first = _run(claims(hill), path)
    assert (first.verdict, first.counterexample.replayed) == (Verdict.REFUTED, False)
    assert first.counterexample.choices == b""
    known = _known(path)
    assert known == Known.of(first.counterexample.instance)
    again = _run(claims(spike), path)
    assert (again.verdict, again.counterexample.replayed) == (Verdict.REFUTED, True)
    assert again.counterexample.instance == first.counterexample.instance
    assert again.counterexample.confirmed is True
    assert _run(claims(spike), path, fresh=True).verdict is Verdict.HOLDS


def test_a_run_that_finds_it_is_the_same_whatever_is_known(path: Path) -> None:
    first, second = (_run(claims(hill), path) for _ in range(2))
    assert first == second
    assert first.evaluations > 0


@pytest.mark.parametrize(
    "changes", [{"box": {"x": (0, 0.5)}}, {"box": {"x": (0, 1, 2)}}, {"box": {"x": (0.75, 1)}}]
)
def test_one_outside_of_the_box_is_not_looked_at(path: Path, changes: dict[str, Any]) -> None:
    _run(claims(hill), path)
    value = mended if len(changes["box"]["x"]) == 3 else hill
    assert _run(claims(value, **changes), path).verdict is Verdict.HOLDS
    assert _run(claims(spike), path).verdict is Verdict.REFUTED


def test_one_that_was_mended_is_forgotten(path: Path, tmp_path: Path) -> None:
    _run(claims(hill), path)
    found = _run(claims(mended), path)
    assert found == _run(claims(mended), tmp_path / "other.sqlite")
    assert _known(path) is None


def test_beside_what_is_drawn_nobody_knows_whether_it_is_an_instance(path: Path) -> None:
    """So it is not kept; the search of each run finds it again."""
    drawn = {"given": {"n": st.integers(0, 9)}, "instances": 4}
    wrong = but("shifted", "3 is above 1", value=shifted)
    assert _run(claims(raised, **drawn, controls=(wrong,)), path).verdict is Verdict.REFUTED
    assert _known(path) is None


def test_an_instance_of_the_draws_is_kept_with_its_choices(path: Path) -> None:
    given = {"given": {"x": st.floats(0, 1), "n": st.integers(0, 9)}, "box": {}}
    half = but("half", "tighter", high=0.5)
    found = _run(claims(shifted, **given, evaluations=EVALUATIONS, controls=(half,)), path)
    assert found.verdict is Verdict.REFUTED
    known = _known(path)
    assert known is not None
    assert known.choices
    assert known.data == found.counterexample.instance == {"x": 0.0, "n": 0}
