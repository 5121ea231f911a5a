"""Other machines: a Dask scheduler that is running already, and the workers that it has."""

import logging
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Future
from contextlib import contextmanager
from functools import lru_cache, partial
from importlib import import_module
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any

import attrs
from threadpoolctl import threadpool_limits

from verify.discovery import load_module
from verify.errors import InputError, MeasurementError
from verify.provenance import PACKAGES, hardware, versions
from verify.sampling.batch import Outcome, Sent, measure_sent, sent
from verify.sampling.block import Block
from verify.sampling.executors import Team
from verify.sampling.limits import NO_LIMITS, Limits
from verify.sampling.source import digest_as_loaded, source_files
from verify.spec.measure import Measure, home

PATIENCE = 10
"""Seconds within which a scheduler must answer."""

COUNTED = 5.0
"""Seconds for which it is taken as known how many workers there are."""

SHARED = *PACKAGES, "numba", "dask", "distributed"
"""What must have one version everywhere: the digits depend on it, or the way there does."""


@attrs.frozen
class Shipped:
    """A file that is run by its path, and those of its folder that it imports, for all machines."""

    module: str
    digest: str
    files: dict[str, bytes]


class Cluster(Team):
    """The workers of a Dask scheduler, reached through its client's executor."""

    def __init__(self, client: Any, address: str) -> None:
        self._client, self._address = client, address
        self._executor = client.get_executor(pure=False)
        self._versions = versions(SHARED)
        self._threads, self._counted = 0, -COUNTED
        self._sources: dict[Measure, Any] = {}
        found = self._about()
        for worker, (there, _) in found.items():
            if differing := _differing(self._versions, there):
                raise InputError(f"the Dask worker {worker} has {differing}: install the same")
        self._hardware = sorted({place for _, place in found.values()})

    @property
    def workers(self) -> int:
        """The threads of all workers, as many as there are now."""
        if monotonic() - self._counted > COUNTED:
            self._threads = max(1, sum(self._client.nthreads().values()))
            self._counted = monotonic()
        return self._threads

    @property
    def hardware(self) -> list[str]:
        """What the workers were that were there at the beginning."""
        return self._hardware

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The future of `fn(*args, **kwargs)` in a worker; BrokenExecutor if that dies of it."""
        future: Future[Any] = Future()
        inner = self._executor.submit(fn, *args, **kwargs)
        future.add_done_callback(lambda done: inner.cancel() if done.cancelled() else None)
        inner.add_done_callback(partial(self._pass_on, future))
        return future

    def measure(self, blocks: Sequence[Block], limits: Limits) -> Future[list[Outcome]]:
        """What becomes of some blocks in a worker."""
        del limits  # a thread of a worker cannot be interrupted
        measures = dict.fromkeys(block.cell.measure for block in blocks)
        shipped = [one for one in map(self._shipped, measures) if one is not None]
        return self.submit(measure_there, sent(blocks), shipped, self._versions)

    def _shipped(self, measure: Measure) -> Any:
        """The source of a measure as what the scheduler hands to each worker once.

        None if it is in a package, which has to be installed everywhere.
        """
        module, _ = home(measure)
        if "." not in module and measure not in self._sources:
            source = Shipped(module, digest_as_loaded(measure), source_files(measure))
            key = f"verify-{module}-{source.digest}"
            self._sources[measure] = self._client.submit(_same, source, key=key)
        return self._sources.get(measure)

    def _about(self) -> dict[str, tuple[dict[str, str], str]]:
        """The versions and the hardware of each worker."""
        answers: dict[str, Any] = self._client.run(about, on_error="return")
        for answer in answers.values():
            if isinstance(answer, ImportError | AttributeError):
                raise InputError(
                    f"the workers of {self._address} cannot import verify ({answer}): "
                    "install the same version there"
                )
        found = {name: one for name, one in answers.items() if not isinstance(one, Exception)}
        if not found:
            raise InputError(
                f"the Dask scheduler {self._address} has no workers; "
                f"start some with `dask worker {self._address}`"
            )
        return found

    def _pass_on(self, future: Future[Any], inner: Future[Any]) -> None:
        """What became of a task, in terms of any executor."""
        if not future.set_running_or_notify_cancel():
            return
        try:
            future.set_result(inner.result())
        except CancelledError:
            future.set_exception(
                MeasurementError(
                    f"the Dask scheduler {self._address} was lost, or gave up this run; what was "
                    "measured is kept: start it again, and repeat the command"
                )
            )
        except Exception as error:
            lost = type(error).__name__ == "KilledWorker"
            future.set_exception(BrokenExecutor(str(error)) if lost else error)


@contextmanager
def open_cluster(address: str) -> Iterator[Cluster]:
    """The workers of the Dask scheduler at `address`, such as tcp://HOST:8786.

    Raises InputError where there is none, or where its workers have other versions.
    """
    try:
        distributed = import_module("distributed")
    except ImportError:
        hint = 'pip install "verify-theorems[cluster]"'
        raise InputError(f"cluster {address}: found no dask.distributed; {hint}") from None
    log = logging.getLogger("distributed")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with _client(distributed, address) as client:
            yield Cluster(client, address)
    finally:
        log.setLevel(before)


@contextmanager
def _client(distributed: Any, address: str) -> Iterator[Any]:
    try:
        client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        first = str(error).partition("\n")[0] or type(error).__name__
        raise InputError(
            f"no Dask scheduler answers at {address} ({first}); expected an address as "
            "tcp://HOST:8786, which `dask scheduler` prints"
        ) from None
    try:
        yield client
    finally:
        client.close(timeout=PATIENCE)


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
    if differing := _differing(expected, _versions_here()):
        raise MeasurementError(f"a Dask worker has {differing}: install the same, and repeat")
    for one in shipped:
        _unpack(one)
    _use_one_thread(tuple(one.digest for one in shipped))
    return measure_sent(task, NO_LIMITS)


@lru_cache(maxsize=1)
def _versions_here() -> dict[str, str]:
    return versions(SHARED)


@lru_cache(maxsize=64)
def _use_one_thread(loaded: tuple[str, ...]) -> None:
    """Linear algebra that is loaded now has one thread in this process from here on."""
    del loaded  # it may have brought another library
    threadpool_limits(limits=1)


def _differing(expected: dict[str, str], found: dict[str, str]) -> str:
    return ", ".join(
        f"{name} {found.get(name)} (here {version})"
        for name, version in expected.items()
        if found.get(name) != version
    )


def _same(shipped: Shipped) -> Shipped:
    return shipped


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
