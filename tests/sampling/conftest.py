"""A store of one's own for every test, and executors that several tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from verify.sampling import Store, Team, open_executor


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store.sqlite") as opened:
        yield opened


@pytest.fixture
def one_worker() -> Iterator[Team]:
    with open_executor(1) as executor:
        yield executor


@pytest.fixture(scope="module")
def two_workers() -> Iterator[Team]:
    with open_executor(2) as executor:
        yield executor
