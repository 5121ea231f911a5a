"""The library's theorems come out as they should."""

from pathlib import Path

import pytest

import verify


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_lipschitz_regression_holds_with_every_control_refuted() -> None:
    result = verify.run("lipschitz_regression", budget="quick", seed=0, workers=1)
    assert result.exit_code == 0
    for claim in result.claims:
        assert claim.verdict == "HOLDS"
        for row in claim.exponents:
            assert abs(row.estimate - row.predicted) <= 0.02
