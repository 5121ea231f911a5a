"""Every theorem of the library: no findings, the expected verdicts, every control refuted."""

from pathlib import Path

import pytest

import verify
from verify.discovery import catalogue, load
from verify.spec.lint import lint
from verify.verdict import Verdict

ENTRIES = catalogue()


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_a_theorem_has_no_findings_and_its_id_names_its_module(
    entry: verify.discovery.Entry,
) -> None:
    theorem = load(entry)
    assert lint(theorem) == []
    assert theorem.id == entry.path.stem
    assert theorem.title == entry.title


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 4])
def test_lipschitz_regression_holds_at_the_quick_budget(seed: int) -> None:
    result = verify.run("lipschitz_regression", budget="quick", seed=seed, workers=1)
    assert result.exit_code == 0
    assert result.verdict is Verdict.HOLDS
    upper, everywhere, lower, *corollaries = result.outcomes
    assert [one.evidence for one in corollaries] == ["proved", "proved"]
    assert [row.predicted for row in upper.exponents] == [-1 / 3, -1 / 4]
    assert [row.predicted for row in everywhere.exponents] == [-1 / 3] * 8 + [-1 / 4] * 8
    for row in (*upper.exponents, *everywhere.exponents):
        assert row.estimate == pytest.approx(row.predicted, abs=0.02)
    for row in lower.exponents:
        assert row.estimate == pytest.approx(row.predicted, abs=5e-4)


def test_monte_carlo_holds_at_the_standard_budget() -> None:
    result = verify.run("monte_carlo", seed=0)
    assert result.exit_code == 0
    assert [claim.exponents[0].predicted for claim in result.outcomes] == [-1 / 2, -1 / 3]
