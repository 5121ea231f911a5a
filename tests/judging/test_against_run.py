"""The same replicates, judged as data and as a theorem: the same digits."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

import verify
from theorems.monte_carlo import THEOREM
from verify import Quantile
from verify.planning import BUDGETS, plan
from verify.sampling import Store, open_executor, sample
from verify.sequential import judge_claim


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    """The outcomes of a theorem's claims by a single look, and the samples they are judged by."""
    store = tmp_path_factory.mktemp("run") / "store.sqlite"
    with Store(store) as opened, open_executor(1) as executor:
        samples = sample(plan(THEOREM, BUDGETS["quick"]), 0, opened, executor).samples
    return [judge_claim(claim, samples) for claim in THEOREM.claims], samples


@pytest.mark.parametrize(
    ("claim", "measure", "bound", "statistic", "slowest"),
    [
        ("finite_variance", "error", "n**(-1/2)", "rms", 0.25),
        ("stable", "stable_error", "n**(-1/3)", "median", 1),
        ("stable", "stable_error", "n**(-1/3)", Quantile(1 / 2), 1),
    ],
)
def test_the_digits_are_those_of_a_run(
    run: tuple[Any, Any], claim: str, measure: str, bound: str, statistic: Any, slowest: float
) -> None:
    """All but the mutants, and the words of the reason for what is declared of finite sizes."""
    outcomes, samples = run
    mine = {cell: y for cell, y in samples.items() if cell.measure.__name__ == measure}
    data = {
        "n": np.concatenate([np.full(len(y), dict(cell.at)["n"]) for cell, y in mine.items()]),
        "error": np.concatenate(list(mine.values())),
    }
    found = verify.judge(
        data, value="error", bound=bound, relation="Theta", statistic=statistic,
        slowest_correction=slowest,
    )  # fmt: skip
    theirs = next(one for one in outcomes if one.id == claim)
    mine, row = (replace(one, notes=[]) for one in (found.exponents["n"], theirs.exponents[0]))
    assert mine == replace(row, mutants=[])
    assert (found.statistic, found.margin) == (theirs.statistic, theirs.margin)


def test_the_digits_are_those_of_a_file(run: tuple[Any, Any], tmp_path: Path) -> None:
    from verify.judging.judgement import answer
    from verify.judging.question import ask
    from verify.judging.reading import read_table

    outcomes, samples = run
    lines = [
        f"{dict(cell.at)['n']},{value!r}"
        for cell, values in samples.items()
        if cell.measure.__name__ == "error"
        for value in values.tolist()
    ]
    file = tmp_path / "runs.csv"
    file.write_text("\n".join(["n,y", *lines]), encoding="utf-8")
    question = ask("y", "n**(-1/2)", "Theta", statistic="rms")
    row = answer(question, read_table(file, question.columns)).exponents["n"]
    theirs = outcomes[0].exponents[0]
    assert replace(row, points=[]) == replace(theirs, points=[], mutants=[])
