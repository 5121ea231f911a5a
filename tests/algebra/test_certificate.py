"""A certificate that has been tampered with does not pass its check."""

from fractions import Fraction as F

import attrs
import pytest

from tests.algebra.exact_check import check_proof
from verify.algebra import Growth, bound, cone, dominates
from verify.algebra.certificate import Witness

CONE = cone("1 <= J <= T")


@pytest.fixture
def proof():
    return dominates("T", "sqrt(J*T)", CONE).certificate[0]


@pytest.fixture
def log_proof():
    return dominates("T*log(T)", "J*log(J)", CONE).certificate[0]


@pytest.mark.parametrize(
    "change",
    [
        {"conditions": (F(0), F(1, 3))},
        {"conditions": (F(-1), F(1, 2))},
        {"low_weights": (F(2),)},
        {"high_weights": (F(1, 2),)},
    ],
)
def test_changed_weights_do_not_pass(proof, change):
    assert proof.check(CONE)
    assert not attrs.evolve(proof, **change).check(CONE)


def test_a_proof_is_for_its_own_cone(proof):
    assert not proof.check(cone("1 <= J, T <= J"))


def test_the_logs_must_be_accounted_for(log_proof):
    assert log_proof.check(CONE)
    rows = [dict(condition.ratio.powers) for condition in CONE.conditions]
    check_proof(log_proof, rows)
    assert not attrs.evolve(log_proof, logs=()).check(CONE)
    for step in log_proof.logs:
        for change in (
            {"weight": F(-1)},
            {"larger": None},
            {"smaller": "T", "larger": "J"},
            {"above": tuple(entry + 1 for entry in step.above)},
            {"slopes": (F(0), F(0))},
        ):
            forged = attrs.evolve(log_proof, logs=(attrs.evolve(step, **change),))
            assert not forged.check(CONE), change


def test_slack_may_be_used_only_where_there_is_some():
    found = dominates("T**(1/2)", "log(T)", "1 <= T").certificate[0]
    assert found.conditions == (F(1, 2),)
    (step,) = found.logs
    assert (step.smaller, step.larger) == ("T", None)
    assert min(step.above) < 0
    tied = dominates("log(T)", "log(T)", "1 <= T").certificate[0]
    constant = dominates("1", "1").certificate[0].high
    assert not attrs.evolve(tied, high=constant, logs=(step,)).check(cone("1 <= T"))


def test_a_certificate_must_cover_every_case():
    found = dominates("J + T", "J + sqrt(T)", CONE)
    assert found.check()
    assert not attrs.evolve(found, certificate=found.certificate[:1]).check()
    assert not attrs.evolve(found, smaller=bound("J + sqrt(T) + T**2")).check()


def test_proofs_for_parts_must_make_up_the_whole_cone():
    found = dominates("T**2 + 1", "sqrt(T)*log(T)")
    assert found.check()
    assert {proof.halves for proof in found.certificate} == {(("T", 1),), (("T", -1),)}
    assert not attrs.evolve(found, certificate=found.certificate[:1]).check()
    whole = tuple(attrs.evolve(proof, halves=()) for proof in found.certificate)
    with pytest.raises(ValueError, match="zip"):
        attrs.evolve(found, certificate=whole).check()


def test_a_changed_witness_does_not_pass():
    found = dominates("J", "T", CONE)
    assert found.check()
    zero = Growth(F(0), F(0))
    for witness in (
        Witness({"T": F(-1)}, {}, *_growths(F(-1), F(0))),
        Witness({"T": F(1), "J": F(1)}, {}, *_growths(F(1), F(1))),
        Witness({"T": F(1), "J": F(2)}, {}, *_growths(F(1), F(2))),
        attrs.evolve(found.witness, growth=zero),
        Witness({"T": F(1)}, {"J": F(-1)}, Growth(F(1), F(0)), Growth(F(0), F(-1))),
    ):
        assert not attrs.evolve(found, witness=witness).check()


def _growths(*powers):
    return (Growth(power, F(0)) for power in powers)


def test_a_proof_can_be_read_and_is_an_identity_of_powers() -> None:
    found = dominates("n**(-1/3)", "n**(-1/2)", ["1 <= n"])
    assert found.proof() == ("n**(-1/2) = n**(-1/3) * (1/n)**(1/6), with 1/n <= 1",)
    pair = dominates("sqrt(J*T)", "min(J, T)")
    assert pair.proof() == ("(J)**(1/2) * (T)**(1/2) = sqrt(J*T)",)
    assert dominates("1", "n", ["1 <= n"]).proof() == ()
