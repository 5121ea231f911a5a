"""The only loop: lint, draw, plan, sample, judge; a theorem becomes a Result."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from verify.claims import AnyOutcome
from verify.discovery import catalogue, find, load
from verify.errors import InputError, nearest
from verify.planning import BUDGETS, Plan, plan
from verify.provenance import Clock, Provenance, provenance
from verify.result import Failure, Result
from verify.sampling import Store, open_executor, processors, sample, theorem_digest
from verify.settings import Settings, read_settings
from verify.spec import Claim, Theorem
from verify.spec.claim import Samples
from verify.spec.lint import refuse_faults
from verify.verdict import Judgement, conjunction, tempered


class Watcher:
    """Is told how a run goes on; this one says nothing."""

    def planned(self, theorem: Theorem, work: Plan) -> None:
        """The cells of a theorem are known, and nothing is measured yet."""

    def advanced(self, replicates: int) -> None:
        """So many more replicates are there."""


def run(
    theorem: Theorem | str,
    *,
    budget: str = "standard",
    seed: int = 0,
    workers: int | None = None,
    fresh: bool = False,
) -> Result:
    """Check a theorem, given as an object, an id or the path of its file.

    `budget` is quick, standard or full; the same `seed` gives the same digits for any number of
    `workers` (default: one for each processor); `fresh` measures again what is stored.
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
    command = f"verify.run({theorem.id!r}, {', '.join(f'{k}={v!r}' for k, v in options.items())})"
    (result,) = run_all(
        [theorem], settings, budget=budget, seed=seed, workers=workers, fresh=fresh,
        command=command,
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
    watcher: Watcher | None = None,
) -> Iterator[Result]:
    """The results of several theorems, one after the other, on one store and one pool."""
    if budget not in BUDGETS:
        raise InputError(f"unknown budget {budget!r}; {nearest(budget, BUDGETS)}")
    chosen = list(theorems)
    for theorem in chosen:
        refuse_faults(theorem)
    drawn = [theorem.drawn(seed) for theorem in chosen]
    watcher = watcher or Watcher()
    count = workers or processors()
    with Store(settings.store) as store, open_executor(count) as executor:
        for declared, theorem in zip(chosen, drawn, strict=True):
            clock, work = Clock(), plan(theorem, BUDGETS[budget])
            watcher.planned(theorem, work)
            measured = sample(work, seed, store, executor, fresh=fresh, advance=watcher.advanced)
            origin = provenance(
                clock,
                spec=theorem_digest(declared),
                seed=seed,
                budget=budget,
                command=command,
                samples=work.total,
                folder=Path(theorem.place.rpartition(":")[0]).parent,
            )
            yield judge_theorem(theorem, measured.samples, list(measured.failures), origin)


def judge_theorem(
    theorem: Theorem, samples: Samples, failures: list[Failure], origin: Provenance
) -> Result:
    """The result of a theorem, given what was measured; draws nothing."""
    claims = [judge_claim(claim, samples) for claim in theorem.claims]
    overall = conjunction(Judgement(claim.verdict, claim.reason) for claim in claims)
    return Result(
        theorem=theorem.id,
        title=theorem.title,
        source=f"{theorem.source.key}, {theorem.source.where}",
        statement=theorem.statement,
        assumptions={one.id: one.states for one in theorem.assumptions},
        verdict=overall.verdict,
        as_expected=all(claim.exit_code == 0 for claim in claims),
        outcomes=claims,
        failures=failures,
        provenance=origin,
    )


def judge_claim(claim: Claim, samples: Samples) -> AnyOutcome:
    """The outcome of a claim in the light of its controls."""
    controls = [claim.judge_control(control, samples) for control in claim.controls]
    outcome: AnyOutcome = claim.judge(samples)
    final = tempered(
        Judgement(outcome.verdict, outcome.reason), (control.verdict for control in controls)
    )
    return msgspec.structs.replace(
        outcome, verdict=final.verdict, reason=final.reason, controls=controls
    )
