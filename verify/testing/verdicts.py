"""What a theorem comes to: its digits, its verdicts, and its controls."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from verify.planning import BUDGETS, plan
from verify.sampling import Store, open_executor, sample
from verify.sequential import judge_claim
from verify.settings import Settings
from verify.spec import Theorem
from verify.spec.claim import Samples
from verify.testing.blocks import SEED, drawn
from verify.verdict import Verdict
from verify.verification import run_all


def digits_do_not_depend_on_the_workers(theorem: Theorem) -> None:
    """The quick budget in this process and in two others gives the same numbers."""
    one, two = _quick(theorem, workers=1), _quick(theorem, workers=2)
    for cell, values in one.items():
        assert np.array_equal(values, two[cell]), f"{cell.label} differs between 1 and 2 workers"


def verdicts_do_not_depend_on_expectations(theorem: Theorem) -> None:
    """Each claim gets the same verdict whatever verdict it expects."""
    samples = _quick(theorem, workers=1)
    for claim in drawn(theorem).claims:
        found = {
            judge_claim(claim.replaced({"expect": expected}, claim.place), samples).verdict
            for expected in Verdict
        }
        assert len(found) == 1, f"{claim.id}: the verdict follows the expectation"


def comes_out_as_expected_and_every_control_bites(theorem: Theorem) -> None:
    """At the standard budget each claim has its expected verdict and each control is refuted."""
    with TemporaryDirectory() as folder:
        options = {"budget": "standard", "seed": SEED, "command": "check_theorem"}
        settings = Settings(store=Path(folder) / "store.sqlite")
        (result,) = run_all([theorem], settings, **options)  # type: ignore[arg-type]
    wrong = [
        f"{claim.id} {claim.verdict}, expected {claim.expected}"
        for claim in result.outcomes
        if claim.verdict is not claim.expected
    ]
    wrong += [
        f"control {control.id} of {claim.id} {control.verdict}, expected REFUTED"
        for claim in result.outcomes
        for control in claim.controls
        if control.verdict is not Verdict.REFUTED
    ]
    assert not wrong, "; ".join(wrong)


def _quick(theorem: Theorem, workers: int) -> Samples:
    """What the quick budget measures, in a store of its own."""
    work = plan(drawn(theorem), BUDGETS["quick"])
    with (
        TemporaryDirectory() as folder,
        Store(Path(folder) / "store.sqlite") as store,
        open_executor(workers) as executor,
    ):
        measured = sample(work, SEED, store, executor)
    assert not measured.failures, "; ".join(
        f"{one.cell}: {one.error}" for one in measured.failures.values()
    )
    return measured.samples
