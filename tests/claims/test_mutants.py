"""Mutants: which are made, what becomes of them, and how far off a claim must be to be seen."""

import numpy as np
import pytest

from tests.spec.specs import rate
from verify.claims import Rate
from verify.claims.rate import RateOutcome
from verify.spec import Design
from verify.verdict import Verdict

GRID = [float(64 * 2**k) for k in range(12)]


def measured(rng: object, n: float) -> float:
    """Stands for a measurement."""
    raise NotImplementedError


def _claim(
    relation: str, bound: str = "n**(1/2)", grid: list[float] = GRID, **more: object
) -> Rate:
    design = Design(sweep={"n": grid})
    return rate(measure=measured, relation=relation, bound=bound, designs=(design,), **more)


def _judged(claim: Rate, power: float = 0.5, noise: float = 1e-3, seed: int = 0) -> RateOutcome:
    rng = np.random.default_rng(seed)
    (design,) = claim.designs
    cells = claim.cells()
    samples = {
        one: n**power * rng.lognormal(0, noise, 200)
        for one, n in zip(cells, design.grid, strict=True)
    }
    return claim.judge(samples)


@pytest.mark.parametrize(
    ("relation", "changes"),
    [
        ("O", ["exponent -0.25", "exponent -0.1", "sign", "log -1"]),
        ("Omega", ["exponent +0.1", "exponent +0.25", "log +1"]),
        (
            "Theta",
            [
                *(f"exponent {step}" for step in ("-0.25", "-0.1", "+0.1", "+0.25")),
                *("sign", "log -1", "log +1"),
            ],
        ),
    ],
)
def test_what_a_claim_implies_is_no_mutant_and_the_others_are_refuted(
    relation: str, changes: list[str]
) -> None:
    (row,) = _judged(_claim(relation)).exponents
    assert row.verdict is Verdict.HOLDS
    assert [one.change for one in row.mutants] == changes
    powers = [one for one in row.mutants if not one.change.startswith("log")]
    assert {one.verdict for one in powers} == {Verdict.REFUTED}


def test_a_falling_claim_implies_its_sign_changed_and_a_rising_one_does_not() -> None:
    falling = _judged(_claim("O", "n**(-1/2)"), power=-0.5).exponents[0]
    assert "sign" not in [one.change for one in falling.mutants]
    lower = _judged(_claim("Omega", "n**(-1/2)"), power=-0.5).exponents[0]
    assert "sign" in [one.change for one in lower.mutants]


def test_a_log_near_one_is_no_mutant() -> None:
    (row,) = _judged(_claim("Theta", grid=[2.0**k for k in range(12)])).exponents
    assert not any(one.change.startswith("log") for one in row.mutants)


def test_a_log_mutant_is_the_claim_with_the_log_divided_out() -> None:
    """Its verdict is that of the claim that names the log."""
    claim = _claim("Theta")
    mutants = {one.change: one for one in _judged(claim).exponents[0].mutants}
    for change, bound in (("log +1", "n**(1/2)*log(n)"), ("log -1", "n**(1/2)/log(n)")):
        (named,) = _judged(_claim("Theta", bound)).exponents
        assert (mutants[change].verdict, mutants[change].reason) == (named.verdict, named.reason)


def test_mutants_of_a_variable_that_shrinks_are_said_of_that_variable() -> None:
    grid = [1 / x for x in GRID]
    claim = _claim("O", "n**(1/2)", grid, to_zero=("n",))
    (row,) = _judged(claim).exponents
    assert {one.change: one.predicted for one in row.mutants if one.change != "log -1"} == {
        "exponent +0.25": 0.75,
        "exponent +0.1": 0.6,
    }
    assert row.predicted == 0.5


@pytest.mark.parametrize("noise", [1e-3, 0.6])
@pytest.mark.parametrize("relation", ["O", "Omega", "Theta"])
def test_a_claim_a_little_further_off_than_it_sees_is_refuted_and_a_nearer_one_is_not(
    relation: str, noise: float
) -> None:
    (row,) = _judged(_claim(relation), noise=noise).exponents
    assert row.sees is not None
    for share, refuted in ((1.01, True), (0.99, False)):
        off = share * row.sees
        wrong = [0.5 - off] * (relation != "Omega") + [0.5 + off] * (relation != "O")
        found = [
            _judged(_claim(relation, f"n**({power:.12f})"), noise=noise).verdict for power in wrong
        ]
        assert all(one is Verdict.REFUTED for one in found) == refuted


def test_a_rejected_model_sees_nothing() -> None:
    claim = _claim("O")
    rng = np.random.default_rng(0)
    samples = {
        one: n**0.5 * (1 + 0.3 * np.sin(2 * np.log(n))) * rng.lognormal(0, 1e-3, 200)
        for one, n in zip(claim.cells(), GRID, strict=True)
    }
    (row,) = claim.judge(samples).exponents
    assert row.sees is None
    assert {one.verdict for one in row.mutants} == {Verdict.INCONCLUSIVE}


def test_cells_that_were_not_measured_have_no_mutants() -> None:
    (row,) = _claim("O").judge({}).exponents
    assert (row.mutants, row.sees) == ([], None)
