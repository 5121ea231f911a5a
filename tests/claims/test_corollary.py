"""Corollaries: decided exactly, with a certificate or a witness."""

from typing import Any

import pytest

from tests.spec.specs import theorem
from verify import Corollary, but
from verify.spec.lint import lint
from verify.verdict import Verdict

REGRET = "min(sqrt(J*T), V**(1/3)*T**(2/3) + sqrt(T))"
CONE = ("1 <= J <= T", "1/T <= V <= 1")


def _corollary(**fields: Any) -> Corollary:
    return Corollary("consequence", **({"scope": "the bound itself", "bound": REGRET} | fields))


@pytest.mark.parametrize(
    ("fields", "verdict"),
    [
        ({"by": "sqrt(J*T)", "cone": CONE}, "HOLDS"),
        ({"by": "T", "cone": CONE}, "HOLDS"),
        ({"by": "sqrt(T)", "cone": CONE}, "REFUTED"),
        ({"equal": "sqrt(T)", "substitute": {"J": 1}, "cone": CONE[1:]}, "HOLDS"),
        ({"equal": "sqrt(J*T)", "cone": CONE}, "REFUTED"),
        ({"growth": "2/3", "along": {"T": 1, "J": 1}}, "HOLDS"),
        ({"growth": "1/2", "along": {"T": 1, "J": 1}}, "REFUTED"),
        ({"regime": "V**(1/3)*T**(2/3)", "along": {"T": 1, "J": 1}}, "HOLDS"),
        ({"regime": "sqrt(J*T)", "along": {"T": 1, "J": 1}}, "REFUTED"),
        ({"bound": "sqrt(T)*log(T)", "equal": "sqrt(T)", "cone": ("1 <= T",)}, "REFUTED"),
        (
            {
                "bound": "sqrt(T)*log(T)",
                "equal": "sqrt(T)",
                "cone": ("1 <= T",),
                "up_to_logs": True,
            },
            "HOLDS",
        ),
        (
            {"bound": "n**(-2/(2+p))", "equal": "n**(-(d+2)/(2*d+2))",
             "substitute": {"p": "2*d/(d+2)"}},
            "REFUSED",
        ),
    ],
)  # fmt: skip
def test_a_statement_is_proved_or_refuted(fields: dict[str, Any], verdict: str) -> None:
    claim = _corollary(**fields)
    if verdict == "REFUSED":
        assert [one.code for one in lint(theorem(claim))] == ["bound"]
        return
    assert lint(theorem(claim)) == []
    found = claim.judge({})
    assert found.verdict == verdict
    assert bool(found.certificate) is (verdict == "HOLDS")
    assert bool(found.witness) is (verdict == "REFUTED")
    assert found.evidence == "proved"


def test_published_exponents_follow_by_substitution() -> None:
    """Entropy power p gives n^{-2/(2+p)}; p = 2d/(d+2) gives n^{-(d+2)/(2d+2)}, at d = 3."""
    claim = _corollary(
        bound="n**(-2/(2+p))", equal="n**(-5/8)", substitute={"p": "6/5"}, cone=("1 <= n",)
    )
    assert claim.judge({}).verdict is Verdict.HOLDS


def test_a_refutation_names_its_ray() -> None:
    found = _corollary(by="sqrt(T)", cone=CONE).judge({})
    assert found.witness == "fails along J = x, T = x"


def test_an_undecided_comparison_is_inconclusive_and_never_holds() -> None:
    found = _corollary(bound="min(J, log(T)**2/J)", by="1", cone=("1 <= J", "1 <= T")).judge({})
    assert found.verdict is Verdict.REFUTED
    assert found.witness == "fails along J = log(x), T = x"


def test_controls_are_decided_in_the_same_way_and_are_not_required() -> None:
    control = but("root", "the switching bound is not of this order", by="sqrt(T)")
    claim = _corollary(by="sqrt(J*T)", cone=CONE, controls=(control,))
    assert lint(theorem(claim)) == []
    assert claim.judge_control(control, {}).verdict is Verdict.REFUTED


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "found no statement in 'consequence'; expected exactly one of by, equal, growth"),
        ({"by": "T", "equal": "T"}, "found by and equal in 'consequence'"),
        ({"by": "T**"}, "column 4"),
        ({"by": "T", "cone": ("J <= ",)}, "column"),
        ({"growth": 0.5, "along": {"T": 1}}, "a number such as '2/3'"),
        ({"by": "T", "cone": "1 <= T"}, "expected conditions as text"),
    ],
)
def test_a_faulty_corollary_is_told_what_is_wrong(fields: dict[str, Any], words: str) -> None:
    found = lint(theorem(_corollary(**fields)))
    assert len(found) == 1
    assert words in str(found[0])
