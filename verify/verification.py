"""From theorems to results: lint, draw, open the store and the pool, examine one by one."""

from collections.abc import Iterable, Iterator
from math import inf
from pathlib import Path
from time import monotonic

from verify.discovery import catalogue, find, load
from verify.errors import InputError, nearest
from verify.planning import BUDGETS, Advice, Plan, plan
from verify.provenance import Clock, Provenance, provenance
from verify.result import Result
from verify.sampling import (
    Measured,
    Store,
    open_executor,
    processors,
    remember,
    sample,
    theorem_digest,
)
from verify.sequential import Examination, examine, pilot
from verify.settings import Settings, read_settings
from verify.spec import Claim, Theorem
from verify.spec.lint import refuse_faults
from verify.verdict import Judgement, conjunction


class Watcher:
    """Is told how a run goes on; this one says nothing.

    Forecasts take a second or two for each open claim, and are made for those that `asks`.
    """

    asks = False

    def planned(self, theorem: Theorem, work: Plan) -> None:
        """The cells of a theorem are known, and nothing is measured yet."""

    def foreseen(self, claim: Claim, expected: Advice) -> None:
        """A claim is open after the first look; this is what its budget is likely to say."""

    def advanced(self, replicates: int) -> None:
        """So many more replicates are there."""


def run(
    theorem: Theorem | str,
    *,
    budget: str = "standard",
    seed: int = 0,
    workers: int | None = None,
    fresh: bool = False,
    time_limit: float = inf,
) -> Result:
    """Check a theorem, given as an object, an id or the path of its file.

    `budget` is quick, standard or full; the same `seed` gives the same digits for any number of
    `workers` (default: one for each processor), but for counterexamples that an earlier run left in
    the store: they are tried too, and may refute what these digits do not.  `fresh` takes nothing
    from the store.  After `time_limit` seconds nothing more is measured, and what is there is
    judged.
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
    options |= {} if time_limit == inf else {"time_limit": time_limit}
    command = f"verify.run({theorem.id!r}, {', '.join(f'{k}={v!r}' for k, v in options.items())})"
    (result,) = run_all(
        [theorem], settings, budget=budget, seed=seed, workers=workers, fresh=fresh,
        time_limit=time_limit, command=command,
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
    fresh: bool = False,
    time_limit: float = inf,
    watcher: Watcher | None = None,
) -> Iterator[Result]:
    """The results of several theorems, one after the other, on one store and one pool.

    `time_limit`, in seconds, is for all of them together.
    """
    if budget not in BUDGETS:
        raise InputError(f"unknown budget {budget!r}; {nearest(budget, BUDGETS)}")
    chosen = list(theorems)
    for theorem in chosen:
        refuse_faults(theorem)
    drawn = [theorem.drawn(seed) for theorem in chosen]
    watcher, until = watcher or Watcher(), monotonic() + time_limit
    count = workers or processors()
    with Store(settings.store) as store, open_executor(count) as executor:
        for declared, theorem in zip(chosen, drawn, strict=True):
            clock = Clock()
            known = {} if fresh else store.known(theorem.id)
            watcher.planned(theorem, plan(theorem, BUDGETS[budget]))

            def draw(work: Plan, before: Measured) -> Measured:
                return sample(
                    work, seed, store, executor,
                    fresh=fresh, advance=watcher.advanced, before=before, until=until,
                )  # fmt: skip

            foresee = watcher.foreseen if watcher.asks else None
            found = examine(theorem.knowing(known), BUDGETS[budget], draw, foresee)
            remember(store, theorem, known, found.outcomes)
            origin = provenance(
                clock,
                spec=theorem_digest(declared),
                seed=seed,
                budget=budget,
                command=command,
                samples=found.samples,
                folder=Path(theorem.place.rpartition(":")[0]).parent,
            )
            yield result_of(theorem, found, origin)


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
