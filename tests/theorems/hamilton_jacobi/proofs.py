"""Proofs in this process: one of their own costs seconds to start, and is tested elsewhere."""

from collections.abc import Callable
from multiprocessing import Pipe
from types import SimpleNamespace
from typing import Any

import pytest

from verify.claims.exact import apart


class _Here:
    """What stands for a process, and is over when it has started."""

    def __init__(self, target: Callable[..., None], args: tuple[Any, ...], daemon: bool) -> None:
        self.start = lambda: target(*args)

    def kill(self) -> None: ...

    def join(self) -> None: ...


@pytest.fixture
def _proofs_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "get_context", lambda _: SimpleNamespace(Pipe=Pipe, Process=_Here))
