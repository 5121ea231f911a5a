"""Proofs in this process: one of their own costs seconds to start, and is tested elsewhere."""

from collections.abc import Callable
from typing import Any

import pytest

from verify.claims.identity import judgement as identities
from verify.claims.inequality import judgement as inequalities


@pytest.fixture
def _proofs_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def here(attempt: Callable[[Any], Any], proof: Any) -> Any:
        return attempt(proof)

    for kind in (identities, inequalities):
        monkeypatch.setattr(kind, "apart", here)
