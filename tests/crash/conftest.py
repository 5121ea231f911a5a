"""The digest of a run that nothing disturbed."""

from pathlib import Path

import pytest

from . import runs


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("undisturbed")
    runs.prepare(folder)
    found = runs.finish(folder)
    assert len(runs.calls(folder)) == runs.BLOCKS
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    runs.prepare(tmp_path)
    return tmp_path
