"""What strategies yield is used by a property test and by a rate; loading verify loads neither."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

import verify
from verify.spec.lint import lint
from verify.verdict import Verdict

from .example import THEOREM


@settings(derandomize=True, database=None, deadline=None, max_examples=25)
@given(verify.strategies.covariances(verify.strategies.power_law(3, 2)))
def test_a_property_of_every_covariance(data: Any) -> None:
    matrix = verify.strategies.covariance(data)
    assert np.linalg.det(matrix) == pytest.approx(1 / 36, rel=1e-12)


def test_a_rate_holds_for_every_instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert not lint(THEOREM)
    (outcome,) = verify.run(THEOREM, budget="quick", workers=1).outcomes
    assert outcome.verdict is Verdict.HOLDS


LOADED = """
import sys
import verify
verify.Theorem, verify.Rate
assert not {"hypothesis", "verify.strategies"} & set(sys.modules)
verify.strategies.covariances
assert "hypothesis" in sys.modules
"""


def test_strategies_are_loaded_when_they_are_used() -> None:
    subprocess.run([sys.executable, "-c", LOADED], check=True)


PAGE = (Path(__file__).parents[2] / "docs/strategies.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", verify.strategies.__all__)
def test_every_public_name_is_documented(name: str) -> None:
    assert f"`{name}`" in PAGE


def test_the_examples_of_the_page_are_true() -> None:
    names: dict[str, Any] = {}
    for code in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL):
        exec(code, names)  # noqa: S102 - our own page
    names["test_the_mean_of_a_link_is_zero"]()
    law = {"spectrum": [1.0, 0.25], "reflections": []}
    assert names["bias"](3, law) == pytest.approx(1 / 4, rel=1e-12)
