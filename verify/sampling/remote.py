"""What a Dask worker does for a run on another machine: it says what it is, and measures."""

import sys
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock

import attrs
from threadpoolctl import threadpool_limits

from verify.discovery import load_module
from verify.errors import MeasurementError
from verify.provenance import PACKAGES, hardware, versions
from verify.sampling.batch import Outcome, Sent, measure_sent
from verify.sampling.limits import NO_LIMITS

SHARED = *PACKAGES, "numba", "dask", "distributed"
"""What must have one version everywhere: the digits depend on it, or the way there does."""


@attrs.frozen
class Shipped:
    """A file that is run by its path, and those of its folder that it imports, for all machines."""

    module: str
    digest: str
    files: dict[str, bytes]


def about() -> tuple[dict[str, str], str]:
    """The versions and the hardware here."""
    _use_one_thread(())
    return versions(SHARED), hardware()


def measure_there(
    task: Sent, shipped: Sequence[Shipped], expected: dict[str, str]
) -> list[Outcome]:
    """What becomes of blocks on another machine.

    Raises MeasurementError where versions differ: a worker may have come while the run went on.
    """
    if other := differing(expected, _versions_here()):
        raise MeasurementError(f"a Dask worker has {other}: install the same, and repeat")
    for one in shipped:
        _unpack(one)
    _use_one_thread(tuple(one.digest for one in shipped))
    return measure_sent(task, NO_LIMITS)


def differing(expected: dict[str, str], found: dict[str, str]) -> str:
    """The packages whose versions differ, in words; nothing if all are the same."""
    return ", ".join(
        f"{name} {found.get(name)} (here {version})"
        for name, version in expected.items()
        if found.get(name) != version
    )


@lru_cache(maxsize=1)
def _versions_here() -> dict[str, str]:
    return versions(SHARED)


@lru_cache(maxsize=64)
def _use_one_thread(loaded: tuple[str, ...]) -> None:
    """Linear algebra that is loaded now has one thread in this process from here on."""
    del loaded  # it may have brought another library
    threadpool_limits(limits=1)


_lock = Lock()
_unpacked: dict[str, str] = {}


def _unpack(shipped: Shipped) -> None:
    """Load a file that was shipped, in place of an earlier state of it."""
    with _lock:
        if _unpacked.get(shipped.module) == shipped.digest:
            return
        folder = Path(tempfile.mkdtemp(prefix="verify-"))
        for name, content in shipped.files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            if not name.startswith("verify/"):  # this package itself is the installed one
                sys.modules.pop(_module(name), None)
        load_module(None, folder / f"{shipped.module}.py")
        _unpacked[shipped.module] = shipped.digest


def _module(name: str) -> str:
    """The module that a file is imported as."""
    return name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
