"""A Dask cluster of real processes: the digits of one, and an explanation of every failure."""

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future
from contextlib import suppress
from pathlib import Path

import pytest
from distributed import Client

import verify
from tests.cli.theorem_text import DRAWS, rate, write
from tests.sampling import measures
from tests.sampling.measures import plan
from verify.errors import InputError, MeasurementError, VerifyError
from verify.result import Result
from verify.sampling import Limits, Store, cluster, open_cluster, open_executor, sample
from verify.sampling.batch import Sent, measure_sent, sent
from verify.sampling.drawing import LOST
from verify.sampling.remote import measure_there

from .conftest import Dask

NAPPING = """
def error(rng, size, n):
    open(BEGUN, "w").close()
    time.sleep(1)
    return n**-0.5 * rng.lognormal(0, 0.01, size)
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of its own, whose theorems are forgotten again: names come twice."""
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    for name, module in list(sys.modules.items()):
        if str(getattr(module, "__file__", None) or "").startswith(str(tmp_path)):
            del sys.modules[name]


def run(name: str, **options: object) -> Result:
    return verify.run(name, budget="quick", fresh=True, **options)  # type: ignore[arg-type]


nightly = pytest.mark.skipif(
    "VERIFY_CRASHES" not in os.environ, reason="starts processes again and again; VERIFY_CRASHES"
)


@pytest.fixture
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dask]:
    """A scheduler that does not forgive a task the death of a worker, and a worker that returns."""
    os.environ["DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES"] = "0"
    started = Dask(tmp_path_factory.mktemp("own"))
    del os.environ["DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES"]
    try:
        yield started
    finally:
        started.close()


def test_processes_pools_and_clusters_of_any_size_give_the_same_digest(
    folder: Path, dask: Dask
) -> None:
    name = write(folder, "on_any", DRAWS, rate())
    found = {run(name, workers=count).digest for count in (1, 2, 3)}
    result = run(name, cluster=dask.address)
    assert found == {result.digest}
    assert result.provenance.workers == 2
    assert "on 1 thread" in result.provenance.measured_on[0]


def test_a_file_beside_the_theorem_goes_along_and_an_edited_one_again(
    folder: Path, dask: Dask
) -> None:
    """Workers live on: they must not measure by what they loaded for an earlier run."""
    import sys

    found = []
    for exponent in ("-0.5", "-0.25"):
        text = f"def law(n):\n    return n**{exponent}\n"
        (folder / "beside_it.py").write_text(text, encoding="utf-8")
        name = write(folder, "with_help", "from beside_it import law\n\n\ndef error(n):\n"
                     "    return law(n)\n", rate())  # fmt: skip
        found.append(str(run(name, cluster=dask.address).verdict))
        for module in ("with_help", "beside_it"):
            del sys.modules[module]
    assert found == ["HOLDS", "REFUTED"]


def test_a_numba_kernel_is_compiled_on_the_workers(folder: Path, dask: Dask) -> None:
    pytest.importorskip("numba")
    kernel = """
import numba


@numba.njit
def total(draws):
    found = 0.0
    for one in draws:
        found += one
    return found


def error(rng, n):
    return n**-0.5 * (1 + 1e-3 * total(rng.normal(size=100)))
"""
    name = write(folder, "compiled", kernel, rate())
    assert run(name, cluster=dask.address).digest == run(name, workers=1).digest


def test_a_measure_that_raises_is_reported_and_others_are_kept(dask: Dask, tmp_path: Path) -> None:
    with open_cluster(dask.address) as team, Store(tmp_path / "store") as store:
        found = sample(plan(measures.raises_at_16, (8, 16, 32)), 7, store, team)
    assert [one.label for one in found.samples] == ["raises_at_16(n=8)", "raises_at_16(n=32)"]
    (failure,) = found.failures.values()
    assert failure.error == "ValueError: 16 is too many"


def test_a_worker_that_is_killed_costs_nothing(dask: Dask, tmp_path: Path) -> None:
    work, killed = plan(measures.drowsy, range(8, 18)), []
    dask.work("three")

    def kill(_: object) -> None:
        if "three" in dask.processes:
            killed.append(dask.processes.pop("three"))
            killed[0].kill()

    with open_cluster(dask.address) as team, Store(tmp_path / "there") as store:
        assert team.workers == 3
        found = sample(work, 7, store, team, advance=kill)
    assert killed[0].wait() == -signal.SIGKILL
    with open_executor(1) as team, Store(tmp_path / "here") as store:
        expected = sample(work, 7, store, team)
    assert not found.stopped
    assert {one.label: values.tobytes() for one, values in found.samples.items()} == {
        one.label: values.tobytes() for one, values in expected.samples.items()
    }


class Deaf:
    """A client whose tasks come to the end that a test gives them."""

    def __init__(self) -> None:
        self.inner: Future[object] = Future()

    def get_executor(self, **_: object) -> "Deaf":
        return self

    def run(self, *_: object, **__: object) -> dict[str, object]:
        return {"tcp://one": (cluster.versions(cluster.SHARED), "a processor")}

    def submit(self, *_: object, **__: object) -> Future[object]:
        return self.inner


def test_a_task_that_killed_its_workers_breaks_its_future() -> None:
    """As one of a pool does, so that its blocks are measured again, alone."""
    from distributed.scheduler import KilledWorker

    client = Deaf()
    future = cluster.Cluster(client, "tcp://x:1").submit(abs, 1)
    client.inner.set_exception(KilledWorker("abs", None, 3))  # type: ignore[arg-type]
    assert isinstance(future.exception(), BrokenExecutor)


def test_a_run_that_the_scheduler_gave_up_is_told() -> None:
    client = Deaf()
    future = cluster.Cluster(client, "tcp://x:1").submit(abs, 1)
    client.inner.cancel()
    assert isinstance(future.exception(), MeasurementError)
    assert str(future.exception()) == (
        "the Dask scheduler tcp://x:1 was lost, or gave up this run; what was measured is kept: "
        "start it again, and repeat the command"
    )


def test_a_task_that_is_given_up_is_given_up_there() -> None:
    client = Deaf()
    assert cluster.Cluster(client, "tcp://x:1").submit(abs, 1).cancel()
    assert client.inner.cancelled()


@nightly
def test_a_cell_that_kills_its_workers_is_reported_and_others_are_kept(
    own: Dask, tmp_path: Path
) -> None:
    own.work("returning", "--nthreads", "1", "--no-dashboard")
    with open_cluster(own.address) as team, Store(tmp_path / "store") as store:
        work = plan(measures.dies_at_1000, (8, 1000, 16), replicates=32)
        found = sample(work, 7, store, team)
    assert [one.label for one in found.samples] == ["dies_at_1000(n=8)", "dies_at_1000(n=16)"]
    assert [failure.error for failure in found.failures.values()] == [LOST]


@nightly
def test_a_scheduler_that_is_lost_is_told(own: Dask, folder: Path) -> None:
    begun = folder / "begun"
    name = write(folder, "napping", NAPPING.replace("BEGUN", repr(str(begun))), rate())
    own.work("short")

    def lose() -> None:
        while not begun.exists():
            time.sleep(0.05)
        own.processes["scheduler"].kill()

    threading.Thread(target=lose, daemon=True).start()
    with pytest.raises(MeasurementError, match="was lost, or gave up this run") as caught:
        run(name, cluster=own.address)
    assert caught.value.exit_code == 4


def refusal(work: Callable[[], object]) -> str:
    with pytest.raises(InputError) as caught:
        work()
    return str(caught.value)


def opened(address: str) -> Callable[[], object]:
    return lambda: open_cluster(address).__enter__()


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("tcp://127.0.0.1:1", ""),
        ("127.0.0.1", "missing port number in address '127.0.0.1'"),
        ("", "missing port number in address ''"),
        ("http://127.0.0.1:1", "unknown address scheme 'http'"),
        ("tls://127.0.0.1:1", "TLS expects a `ssl_context` argument"),
    ],
)
def test_an_address_without_a_scheduler_is_refused_in_time(
    address: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    start = time.monotonic()
    error = refusal(opened(address))
    assert time.monotonic() - start < 5
    assert f"no Dask scheduler answers at {address} ({why}" in error
    assert "expected an address as tcp://HOST:8786" in error


@pytest.mark.parametrize("says", [b"", b"SSH-2.0-OpenSSH_9.6\r\n", b"HTTP/1.0 400 Bad Request\r\n"])
def test_what_listens_but_is_no_scheduler_is_refused_in_time(
    says: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        kept = []

        def answer() -> None:
            with suppress(OSError):
                while True:
                    kept.append(listening.accept()[0])
                    kept[-1].sendall(says)

        threading.Thread(target=answer, daemon=True).start()
        start = time.monotonic()
        error = refusal(opened(f"tcp://127.0.0.1:{listening.getsockname()[1]}"))
    assert time.monotonic() - start < 5
    assert "no Dask scheduler answers at tcp://127.0.0.1:" in error


def test_a_worker_is_not_taken_for_a_scheduler(dask: Dask) -> None:
    with Client(dask.address, set_as_default=False) as client:
        worker = next(iter(client.nthreads()))
    assert f"no Dask scheduler answers at {worker} (Worker)" in refusal(opened(worker))


def test_other_versions_on_a_worker_are_refused(
    dask: Dask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "versions", lambda names: {"numpy": "0.1", "verify-theorems": "?"})
    error = refusal(opened(dask.address))
    assert "the Dask worker tcp://" in error
    assert "has numpy " in error
    assert "(here 0.1)" in error
    assert "install the same" in error


def test_other_versions_on_a_worker_that_comes_later_stop_the_run() -> None:
    task = sent([measures.block(measures.draws)])
    with pytest.raises(MeasurementError, match=r"a Dask worker has numpy .* \(here 0.1\)"):
        measure_there(task, [], {"numpy": "0.1"})


@pytest.mark.parametrize("options", [{"workers": 2}, {"cell_timeout": 1.0}, {"memory": 1e9}])
def test_what_is_for_this_machine_is_refused_together_with_a_cluster(
    folder: Path, options: dict[str, float]
) -> None:
    name = write(folder, "bounded", DRAWS, rate())
    assert "are for `dask worker" in refusal(lambda: run(name, cluster="tcp://x:1", **options))


def test_a_measure_that_cannot_be_sent_is_refused_before_anything_is_measured(folder: Path) -> None:
    name = write(folder, "unsendable", "error = lambda n: n**-0.5\n", rate())
    assert "found" in refusal(lambda: run(name, cluster="tcp://x:1"))


def test_what_a_worker_cannot_read_is_a_failure_of_its_cells() -> None:
    found = measure_sent(Sent(b"not a pickle", 2), Limits())
    assert [str(raised)[:15] for raised, _ in found] == ["UnpicklingError"] * 2


def test_a_worker_that_dies_breaks_a_future_as_in_a_pool(dask: Dask) -> None:
    """One runner serves both: what it relies on is the same."""
    with open_cluster(dask.address) as team, open_executor(1) as one:
        both: list[Future[int]] = [team.submit(abs, -3), one.submit(abs, -3)]
        assert [future.result() for future in both] == [3, 3]
        with pytest.raises(VerifyError):
            team.submit(measure_there, sent([]), [], {"numpy": "0"}).result()
