"""Verdicts on data whose law is known: true, nearly true and false statements."""

from typing import Any

import numpy as np
import pytest

import verify
from verify.algebra import bound
from verify.judging import DataOutcome
from verify.judging.sweep import sweep
from verify.judging.table import table
from verify.verdict import Verdict

from .laws import columns, power

HOLDS, REFUTED = Verdict.HOLDS, Verdict.REFUTED


def judged(data: Any, law: str = "n**(2/3)", relation: str = "Theta", **more: Any) -> DataOutcome:
    return verify.judge(data, value="y", bound=law, relation=relation, **more)


@pytest.mark.parametrize("relation", ["O", "Omega", "Theta"])
def test_the_true_exponent_holds(relation: str) -> None:
    found = judged(columns(power(2 / 3)), relation=relation)
    assert (found.verdict, found.reason) == (HOLDS, "holds")
    row = found.exponents["n"]
    assert row.predicted == pytest.approx(2 / 3)
    assert row.low < 2 / 3 < row.high
    assert row.range.low < 2 / 3 < row.range.high
    assert row.range.predicted == pytest.approx(2 / 3)
    assert [point.x for point in row.points] == [64 * 2**k for k in range(12)]


@pytest.mark.parametrize(
    ("shift", "relation", "verdict", "reason"),
    [
        (0.1, "O", REFUTED, "excluded"),
        (0.1, "Omega", HOLDS, "holds_not_tight"),
        (0.1, "Theta", REFUTED, "excluded"),
        (-0.1, "O", HOLDS, "holds_not_tight"),
        (-0.1, "Omega", REFUTED, "excluded"),
        (-0.1, "Theta", REFUTED, "excluded"),
        (0.03, "O", HOLDS, "holds_within_margin"),
        (0.03, "Omega", HOLDS, "holds"),
        (-0.03, "O", HOLDS, "holds"),
        (-0.03, "Theta", HOLDS, "holds_within_margin"),
    ],
)
def test_an_exponent_that_is_off(shift: float, relation: str, verdict: str, reason: str) -> None:
    found = judged(columns(power(2 / 3 + shift), sigma=0.005), relation=relation)
    assert (found.verdict, found.reason) == (verdict, reason)
    assert ("off the prediction by" in found.exponents["n"].detail) == ("within" in reason)


def test_the_margin_decides() -> None:
    data = columns(power(2 / 3 + 0.03), sigma=0.005)
    assert judged(data, margin=0.01).verdict is REFUTED
    assert judged(data, margin=0.05).verdict is HOLDS


def test_noise_is_inconclusive_and_never_holds() -> None:
    found = judged(columns(power(2 / 3), sigma=1.5, count=8))
    assert (found.verdict, found.reason) == (Verdict.INCONCLUSIVE, "width")


def test_few_replicates_are_inconclusive() -> None:
    found = judged(columns(power(2 / 3), count=7))
    assert (found.reason, found.replicates) == ("replicates", 7)


def test_a_logarithm_may_be_hidden_by_the_relation_or_stand_in_the_bound() -> None:
    data = columns(lambda n: n**0.5 * np.log(n), sigma=0.005)
    assert judged(data, "n**(1/2)", "O").verdict is REFUTED
    hidden = judged(data, "n**(1/2)", "O", logs=1).exponents["n"]
    assert hidden.low < 0.5 < hidden.high
    assert judged(data, "n**(1/2)*log(n)").verdict is HOLDS


def test_a_kink_that_the_bound_declares_and_its_constant_column() -> None:
    data = columns(lambda n: np.minimum(n ** (2 / 3), np.sqrt(8 * n)), sigma=0.005)
    data["J"] = np.full(len(data["n"]), 8)
    found = judged(data, "min(n**(2/3), sqrt(J*n))")
    row = found.exponents["n"]
    assert (row.predicted, found.verdict, row.design) == (0.5, HOLDS, "J=8")
    assert row.range.predicted == pytest.approx(row.range.estimate, abs=0.005)
    assert judged(data).reason == "model"


def test_a_design_symbol_gets_its_number_from_its_column() -> None:
    data = columns(power(-1 / 4))
    data["d"] = np.full(len(data["n"]), 2)
    found = judged(data, "n**(-1/(d+2))")
    assert (found.verdict, found.exponents["n"].predicted) == (HOLDS, -0.25)
    data["d"] += 3
    assert judged(data, "n**(-1/(d+2))").verdict is REFUTED


def test_the_statistic_is_the_one_that_is_asked_for() -> None:
    """Heavier tails at larger n move the mean and the rms, and not the median."""
    rng = np.random.default_rng(3)
    n = np.repeat(64.0 * 2 ** np.arange(12), 400)
    data = {"n": n, "y": np.where(rng.random(len(n)) < 0.25, n, n**0.5)}
    data["y"] *= rng.lognormal(0, 0.01, len(n))
    found = {s: judged(data, "sqrt(n)", statistic=s) for s in ("mean", "rms", "median")}
    assert [one.statistic for one in found.values()] == ["mean", "rms", "median"]
    assert [one.verdict for one in found.values()] == [REFUTED, REFUTED, HOLDS]
    assert judged(data, "n", statistic=verify.Quantile(0.9)).statistic == "0.9-quantile"


@pytest.mark.parametrize("name", ["size", "rng", "x", "n_1"])
def test_a_column_may_have_any_name_of_the_grammar(name: str) -> None:
    data = columns(power(0.5))
    data[name] = data.pop("n")
    found = judged(data, f"sqrt({name})")
    assert (found.verdict, found.bound, list(found.exponents)) == (HOLDS, f"sqrt({name})", [name])


def test_data_without_noise_are_judged() -> None:
    n = np.repeat(64.0 * 2 ** np.arange(12), 8)
    assert judged({"n": n, "y": n**0.5}, "sqrt(n)").verdict is HOLDS


def test_the_assumption_is_said() -> None:
    said = judged(columns(power(2 / 3))).assumes
    assert "independent rows" in said
    assert (
        "corrections that decay with a power from 0.25 to 1.5, of order 25% at the far end" in said
    )


def test_the_smallest_number_of_replicates_counts() -> None:
    data = columns(power(0.5), count=16)
    spared = np.flatnonzero(data["n"] == 128)[:9]
    found = judged({name: np.delete(column, spared) for name, column in data.items()}, "sqrt(n)")
    assert (found.replicates, found.reason) == (7, "replicates")


def test_replicates_keep_the_order_of_their_rows() -> None:
    """So that sums, and with them the last digits, are those of the data as they came."""
    data = columns(power(0.5))
    found = sweep(table("data", data, lambda *_: ""), "y", bound("sqrt(n)"))
    assert all((np.diff(rows) > 0).all() for rows in found.rows)
    assert sorted(np.concatenate(found.rows)) == list(range(len(data["n"])))
