"""Counterexamples of a file by itself: in every report, and as Python that runs beside the file."""

import json
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from .command_line import quick

SOURCE = '''
import numpy as np
from hypothesis import strategies as st

from verify import Identity, Source, Theorem, but


def zero(data):
    """A true one, of any data."""
    return 0


def doubles(data):
    """The sum of cube roots, in doubles alone."""
    return np.cbrt(np.abs(data)).sum()


def weighted(data):
    """A weight times a sum, of a dict with a list in it, in any arithmetic."""
    return data["weight"] * sum(data["terms"]) if data["used"] else data["weight"] * 0


def enclosed(data):
    """The largest exponential less 1, in balls."""
    return [x.exp() - 1 for x in data]


def nothing(data):
    """0 in balls."""
    return [x - x for x in data]


def right():
    """An expression that is zero."""
    from sympy import Symbol

    x = Symbol("x", positive=True)
    return [x - x, abs(x) - x]


def wrong():
    """The second of these is not zero for x < 0."""
    from sympy import Symbol

    x = Symbol("x", real=True)
    return [x - x, abs(x) - x]


LIST = {"data": st.lists(st.floats(-4, 4), min_size=2, max_size=4)}
DICT = {
    "data": st.fixed_dictionaries(
        {
            "weight": st.integers(0, 9),
            "terms": st.lists(st.sampled_from([0, 0.5, 2]), min_size=1),
            "used": st.booleans(),
            "name": st.sampled_from(["a", "it's"]),
        }
    )
}

THEOREM = Theorem(
    id="refuted",
    title="Counterexamples of every kind",
    source=Source("someone2026", where="nowhere"),
    statement="0 = 1",
    assumptions=(),
    claims=(
        Identity("floats", residual=zero, given=LIST, scope="lists",
                 controls=(but("doubles", "false", residual=doubles),)),
        Identity("exact", residual=zero, given=DICT, scope="dicts",
                 controls=(but("weighted", "false", residual=weighted),)),
        Identity("digits", residual=zero, given=DICT, scope="dicts", arithmetic="mpmath",
                 digits=40, controls=(but("weighted", "false", residual=weighted),)),
        Identity("balls", residual=nothing, given=LIST, scope="lists", arithmetic="ball",
                 controls=(but("enclosed", "false", residual=enclosed),)),
        Identity("point", proof=right, scope="symbols",
                 controls=(but("wrong", "false", proof=wrong),)),
        Identity("own", residual=doubles, given=LIST, scope="lists",
                 controls=(but("doubles", "false", residual=weighted, given=DICT),)),
    ),
)
'''
SHRUNK = {
    "floats": {"data": [0.0, 1.0]},
    "exact": {"data": {"name": "a", "terms": [0.5], "used": True, "weight": 1}},
    "digits": {"data": {"name": "a", "terms": [0.5], "used": True, "weight": 1}},
    "balls": {"data": [0.0, 1.0]},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("counterexamples")
    (made / "refuted.py").write_text(SOURCE, encoding="utf-8")
    run = quick(made, *["refuted.py", "--json", "r.json", "--html", "r.html", "--markdown", "r.md"])
    assert run.code == 1, run.err
    return made


@pytest.fixture(scope="module")
def claims(folder: Path) -> dict[str, Any]:
    found = json.loads((folder / "r.json").read_text(encoding="utf-8"))["claims"]
    return {claim["id"]: claim for claim in found}


def _of(claim: dict[str, Any]) -> Any:
    """The counterexample of its control."""
    return claim["controls"][0]["counterexample"]


def _printed(folder: Path, code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("name", ["floats", "exact", "digits", "balls", "point"])
def test_the_code_runs_in_a_new_interpreter_and_prints_what_is_not_zero(
    folder: Path, claims: dict[str, Any], name: str
) -> None:
    code = _of(claims[name])["code"]
    assert len(code.splitlines()) <= 10
    printed = re.findall(r"\d+\.\d+(?:e[-+]?\d+)?", _printed(folder, code))
    assert max(map(float, printed)) > 0.1


@pytest.mark.parametrize("name", SHRUNK)
def test_the_json_has_the_instance_its_choices_and_the_check(
    claims: dict[str, Any], name: str
) -> None:
    found = _of(claims[name])
    assert found["instance"] == SHRUNK[name]
    assert found["confirmed"] is (None if name == "floats" else True)
    assert found["choices"]
    assert found["replayed"] is False


def test_every_code_is_in_the_page_and_that_of_a_claim_in_markdown(
    folder: Path, claims: dict[str, Any]
) -> None:
    page = unescape((folder / "r.html").read_text(encoding="utf-8"))
    for claim in claims.values():
        assert _of(claim)["code"] in page
    own = claims["own"]["counterexample"]["code"]
    assert own in page
    assert f"```python\n{own}\n```" in (folder / "r.md").read_text(encoding="utf-8")


def test_the_terminal_shows_the_code_and_a_second_run_the_same(
    folder: Path, claims: dict[str, Any]
) -> None:
    run = quick(folder, "refuted.py:own", "--json", "again.json")
    for line in claims["own"]["counterexample"]["code"].splitlines():
        assert line in run.out
    again = json.loads((folder / "again.json").read_text(encoding="utf-8"))["claims"]
    assert again == [claims["own"]]
