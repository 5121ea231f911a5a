"""What is told of each kind of claim, whatever the format."""

import pytest
from msgspec.structs import replace

from verify.claims import AnyOutcome
from verify.report.kinds import COMMON, KINDS, account, kind_of
from verify.result import Result

from .variants import failed, rate, undecided, unknown, vacuous


def test_every_kind_of_claim_is_registered() -> None:
    """A new kind needs an entry in KINDS and a template."""
    assert set(KINDS) == set(AnyOutcome.__args__)


def test_a_rate(real: Result) -> None:
    claim = rate(real)
    kind = kind_of(claim)
    assert kind.statement(claim) == "rms = Theta(n**(-1/(d + 2)))"
    assert kind.latex(claim) == r"\mathrm{rms} = \Theta(n^{-1/(d + 2)})"
    assert kind.evidence(claim) == "statistical, up to 416 replicates a cell, margin 0.03"
    assert kind.lines(claim)[0].cells == (
        *("n, d=1", "-1/3", "-0.3333", "[-0.3353, -0.3311]", "-0.3341"),
    )


@pytest.mark.parametrize(
    "change", [{"bound": "n**("}, {"bound": r"\input{x}"}, {"statistic": "a}b"}, {"statistic": ""}]
)
def test_latex_is_derived_from_what_the_algebra_reads_or_left_out(
    change: dict[str, str], real: Result
) -> None:
    claim = replace(rate(real), **change)
    assert kind_of(claim).latex(claim) == ""


def test_a_statistic_of_several_words(real: Result) -> None:
    claim = replace(rate(real), statistic="0.9 quantile")
    assert kind_of(claim).latex(claim).startswith(r"\mathrm{0.9\ quantile} =")


def test_nothing_estimated(real: Result) -> None:
    claim = rate(failed(real))
    assert kind_of(claim).lines(claim)[0].cells == ("n, d=1", "-1/3", "", "", "")
    assert "n, d=1: predicted -1/3, not estimated, INCONCLUSIVE" in account(claim)


def test_an_account(real: Result) -> None:
    assert account(rate(undecided(real)))[1].startswith("INCONCLUSIVE (expected HOLDS): width: ")
    lines = account(rate(vacuous(real)))
    assert (
        "control parametric is HOLDS: n^{-1/2} is out of reach without a parametric model" in lines
    )
    assert not any("squared" in line for line in lines)


def test_an_unknown_kind(real: Result) -> None:
    (claim,) = unknown(real).outcomes
    assert kind_of(claim) is COMMON
    assert account(claim) == [
        "HOLDS: proved: decided in exact arithmetic, with a certificate",
        "evidence: proved; something new",
    ]
