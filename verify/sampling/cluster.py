"""Other machines: a Dask scheduler that is running already, and the workers that it has."""

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Future
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from time import monotonic
from typing import Any

from verify.errors import InputError, MeasurementError
from verify.provenance import versions
from verify.sampling.batch import Outcome, sent
from verify.sampling.block import Block
from verify.sampling.executors import Team
from verify.sampling.limits import Limits
from verify.sampling.remote import SHARED, Shipped, about, differing, measure_there
from verify.sampling.source import digest_as_loaded, source_files
from verify.spec.measure import Measure, home

PATIENCE = 10
"""Seconds within which a scheduler must answer."""

COUNTED = 5.0
"""Seconds for which it is taken as known how many workers there are."""


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
            if other := differing(self._versions, there):
                raise InputError(f"the Dask worker {worker} has {other}: install the same")
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
            future.set_exception(BrokenExecutor() if lost else error)


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
    kind = asyncio.run(_kind(distributed, address))
    if kind != "Scheduler":
        raise InputError(
            f"no Dask scheduler answers at {address} ({kind}); expected an address as "
            "tcp://HOST:8786, which `dask scheduler` prints"
        )
    client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
    try:
        yield client
    finally:
        client.close(timeout=PATIENCE)


async def _kind(distributed: Any, address: str) -> str:
    """What answers at an address, Scheduler or Worker; else why nothing of Dask does, in words.

    Asked before there is a client, which waits for long where something else listens.
    """
    ways = distributed.Security().get_connection_args("client")
    try:
        async with distributed.rpc(address, timeout=PATIENCE, connection_args=ways) as there:
            found = await asyncio.wait_for(there.identity(), PATIENCE)
        return str(found["type"])
    except TimeoutError:
        return f"no answer within {PATIENCE} s"
    except Exception as error:
        return str(error).partition("\n")[0] or type(error).__name__


def _same(shipped: Shipped) -> Shipped:
    return shipped
