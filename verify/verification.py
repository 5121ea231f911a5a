"""From theorems to results: lint, draw, open the store and the pool, examine one by one."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from math import inf
from pathlib import Path
from time import monotonic

from verify.discovery import catalogue, find, load
from verify.errors import InputError, nearest
from verify.planning import BUDGETS, Advice, Plan, plan
from verify.provenance import Clock, Provenance, provenance
from verify.result import Result
from verify.sampling import (
    NO_LIMITS,
    Limits,
    Measured,
    Store,
    Team,
    open_cluster,
    open_executor,
    processors,
    remember,
    sample,
    theorem_digest,
)
from verify.sequential import Examination, examine, pilot
from verify.settings import Settings, read_settings
from verify.spec import Theorem
from verify.spec.lint import refuse_faults
from verify.verdict import Judgement, conjunction
from verify.watcher import Watcher


def run(
    theorem: Theorem | str,
    *,
    budget: str = "standard",
    seed: int = 0,
    workers: int | None = None,
    cluster: str | None = None,
    fresh: bool = False,
    time_limit: float = inf,
    cell_timeout: float = inf,
    memory: float = inf,
) -> Result:
    """Check a theorem, given as an object, an id or the path of its file.

    `budget` is quick, standard or full; the same `seed` gives the same digits for any number of
    `workers` (default: one for each processor), or on a `cluster`, the address of a Dask scheduler
    such as "tcp://HOST:8786", but for counterexamples that an earlier run left in the store: they
    are tried too, and may refute what these digits do not.  `fresh` takes nothing from the store.
    After `time_limit` seconds nothing more is measured, and what is there is judged.  A cell of
    which a block takes longer than `cell_timeout` seconds, or more than `memory` bytes of address
    space, is reported as failed.
    Raises InputError or SpecError before anything is measured, MeasurementError or StoreError
    where the run cannot go on.
    """
    settings = read_settings()
    if isinstance(theorem, str):
        found = find(theorem, catalogue(settings.paths))
        if len(found) > 1:
            raise InputError(f"{theorem!r} is a package of {len(found)} theorems; name one")
        theorem = load(found[0])
    options = {"budget": budget, "seed": seed, "workers": workers, "fresh": fresh}
    bounds = {"time_limit": time_limit, "cell_timeout": cell_timeout, "memory": memory}
    options |= {name: value for name, value in bounds.items() if value != inf}
    options |= {} if cluster is None else {"cluster": cluster}
    command = f"verify.run({theorem.id!r}, {', '.join(f'{k}={v!r}' for k, v in options.items())})"
    (result,) = run_all(
        [theorem], settings, budget=budget, seed=seed, workers=workers, cluster=cluster,
        fresh=fresh, time_limit=time_limit, limits=Limits(cell_timeout, memory), command=command,
    )  # fmt: skip
    return result


def run_all(
    theorems: Iterable[Theorem],
    settings: Settings,
    *,
    budget: str,
    seed: int,
    command: str,
    workers: int | None = None,
    cluster: str | None = None,
    fresh: bool = False,
    time_limit: float = inf,
    limits: Limits = NO_LIMITS,
    watcher: Watcher | None = None,
) -> Iterator[Result]:
    """The results of several theorems, one after the other, on one store and one pool.

    `time_limit`, in seconds, is for all of them together, `limits` for each block.
    """
    if not time_limit >= 0:
        raise InputError(f"found {time_limit} as time limit; expected a number of seconds")
    if budget not in BUDGETS:
        raise InputError(f"unknown budget {budget!r}; {nearest(budget, BUDGETS)}")
    chosen = list(theorems)
    for theorem in chosen:
        refuse_faults(theorem)
    drawn = [theorem.drawn(seed) for theorem in chosen]
    watcher, until = watcher or Watcher(), monotonic() + time_limit
    with Store(settings.store) as store, _team(workers, cluster, limits) as executor:
        for declared, theorem in zip(chosen, drawn, strict=True):
            clock = Clock()
            known = {} if fresh else store.known(theorem.id)
            watcher.planned(theorem, plan(theorem, BUDGETS[budget]))

            def draw(work: Plan, before: Measured) -> Measured:
                return sample(
                    work, seed, store, executor,
                    fresh=fresh, advance=watcher.advanced, before=before, until=until,
                    limits=limits,
                )  # fmt: skip

            foresee = watcher.foreseen if watcher.asks else None
            found = examine(theorem.knowing(known), BUDGETS[budget], draw, foresee, watcher.judged)
            remember(store, theorem, known, found.outcomes)
            origin = provenance(
                clock,
                spec=theorem_digest(declared),
                seed=seed,
                budget=budget,
                command=command,
                samples=found.samples,
                folder=Path(theorem.place.rpartition(":")[0]).parent,
                measured_on=executor.hardware,
                workers=executor.workers,
            )
            result = result_of(theorem, found, origin)
            watcher.finished(result)
            yield result


def _team(workers: int | None, cluster: str | None, limits: Limits) -> AbstractContextManager[Team]:
    """Those who measure: processes of this machine, or of a cluster."""
    if cluster is None:
        return open_executor(workers or processors())
    if workers is not None or limits != NO_LIMITS:
        raise InputError(
            f"cluster {cluster} together with a number of workers, a time-out or a memory limit; "
            "expected one or the other: on a cluster they are for `dask worker --nworkers` and "
            "`--memory-limit` to say"
        )
    return open_cluster(cluster)


def pilot_of(
    theorem: Theorem, settings: Settings, *, budget: str, seed: int, workers: int | None = None
) -> dict[str, Advice | None]:
    """What is to be expected of each claim at a budget, from one block of each cell.

    None where nothing is open that could be forecast.
    """
    refuse_faults(theorem)
    with Store(settings.store) as store, open_executor(workers or processors()) as executor:

        def draw(work: Plan, before: Measured) -> Measured:
            return sample(work, seed, store, executor, before=before)

        return pilot(theorem.drawn(seed), BUDGETS[budget], draw)


def result_of(theorem: Theorem, found: Examination, origin: Provenance) -> Result:
    """The result of a theorem, given what became of its claims; open ones do not count in it."""
    claims = found.outcomes
    asked = [claim for claim in claims if not claim.open] or claims
    overall = conjunction(Judgement(claim.verdict, claim.reason) for claim in asked)
    return Result(
        theorem=theorem.id,
        title=theorem.title,
        source=f"{theorem.source.key}, {theorem.source.where}",
        statement=theorem.statement,
        assumptions={one.id: one.states for one in theorem.assumptions},
        verdict=overall.verdict,
        as_expected=all(claim.exit_code == 0 for claim in claims),
        outcomes=claims,
        failures=list(found.measured.failures.values()),
        stopped=found.measured.stopped,
        provenance=origin,
    )
