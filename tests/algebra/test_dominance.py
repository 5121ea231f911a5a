"""Dominance of bounds: reference answers, and random pairs against proofs and sequences."""

import random
from fractions import Fraction as F

import mpmath
import pytest

from tests.algebra.exact_check import check_forms, check_proofs
from tests.algebra.random_bounds import (
    NAMES,
    random_bound,
    random_cone,
    random_scales,
    satisfied,
    sequence_growth,
    text,
    value,
)
from verify.algebra import BoundError, bound, dominates, same_growth

REGRET = "min(sqrt(J*T), V**(1/3)*T**(2/3) + sqrt(T))"
CONE = ["T >= 1", "J >= 1", "J <= T", "1/T <= V <= 1"]


@pytest.mark.parametrize(
    ("larger", "smaller"),
    [
        ("sqrt(J*T)", REGRET),
        ("V**(1/3)*T**(2/3) + sqrt(T)", REGRET),
        ("T", REGRET),
        (REGRET, "sqrt(T)"),
        (REGRET, "sqrt(J)"),
        ("7", "3"),
        ("V**(1/4)*T**(3/4)", "V**(1/3)*T**(2/3)"),
        ("T", "T**(1/2) + J/2"),
    ],
)
def test_what_holds_is_proved(larger, smaller):
    found = dominates(larger, smaller, CONE)
    assert found
    assert not found.undecided
    assert found.witness is None
    assert found.check()


def test_what_fails_has_a_ray():
    found = dominates("sqrt(T)", REGRET, CONE)
    assert not found
    assert not found.undecided
    assert found.certificate is None
    assert found.witness.ray == {"T": 1, "J": 1}
    assert found.witness.weights == {}
    assert (found.witness.growth.power, found.witness.other.power) == (F(2, 3), F(1, 2))
    assert found.check()
    assert str(found).endswith("fails along J = x, T = x")


def test_a_proof_reads_as_a_weighted_mean():
    """sqrt(J T) = T (J/T)**(1/2), and J/T <= 1 is the second condition."""
    (proof,) = dominates("T", "sqrt(J*T)", "1 <= J <= T").certificate
    assert [str(m) for m in proof.low + proof.high] == ["sqrt(J*T)", "T"]
    assert (proof.low_weights, proof.high_weights) == ((1,), (1,))
    assert proof.conditions == (0, F(1, 2))


def test_rays_do_not_suffice_where_logs_decide():
    found = dominates("1", "min(J, log(T)**2/J)", ["1 <= J", "1 <= T"])
    assert not found
    assert found.witness.ray == {"T": 1}
    assert found.witness.weights == {"J": 1}
    assert str(found.witness) == "J = log(x), T = x"
    assert found.check()


@pytest.mark.parametrize(
    ("larger", "smaller", "conditions", "holds"),
    [
        ("log(T)", "log(J)", "1 <= J <= T", True),
        ("log(J)", "log(T)", "1 <= J <= T", False),
        ("log(J)", "log(T)", "J**3 >= T, J >= 1, T >= 1", True),
        ("T**(1/100)", "log(T)**5", "1 <= T", True),
        ("log(T)**5", "T**(1/100)", "1 <= T", False),
        ("T", "T*log(T)", "1 <= T", False),
        ("T*log(T)", "T", "1 <= T", True),
        ("T", "T/log(T)", "1 <= T", True),
        ("T*log(T)", "J*log(J)", "1 <= J <= T", True),
        ("T", "J*log(T)", "1 <= J <= T", False),
        ("T", "J*log(T)", "1 <= J, J**2 <= T", True),
        ("1", "eps*log(1/eps)**3", "eps <= 1", True),
        ("eps", "eps*log(1/eps)", "eps <= 1", False),
        ("log(J) + log(T)", "sqrt(log(J)*log(T))", "1 <= J, 1 <= T", True),
        ("sqrt(log(J)*log(T))", "log(J) + log(T)", "1 <= J, 1 <= T", False),
        ("T", "min(T*log(T), J)", "1 <= J <= T", True),
        ("V*log(T) + J", "log(J)", "1 <= J <= T", True),
        ("min(T, J*log(T))", "J", "1 <= J <= T", True),
        ("T**2 + 1", "sqrt(T)*log(T)", "", True),
        ("T + 1/T", "log(T)**3", "", True),
        ("T + J", "log(T)*log(J)", "1 <= J", False),
        ("T + 1/T + J**2", "log(T)*log(J)", "1 <= J", True),
    ],
)
def test_ties_in_powers_are_broken_by_logs(larger, smaller, conditions, holds):
    found = dominates(larger, smaller, conditions or ())
    assert bool(found) is holds
    assert not found.undecided
    assert found.check()


@pytest.mark.parametrize(
    ("larger", "smaller", "conditions"),
    [
        # Fails at J = log(T) sqrt(log log T): a third scale.
        ("1", "min(J/log(T), log(T)*log(J)/J)", "1 <= J, 1 <= T"),
        # Fails at y = exp(log(x)**0.6): a scale between the two.
        ("1", "min(log(y)**2/log(x), log(x)*log(y)**(-3/2))", "1 <= x, 1 <= y"),
        # Holds: log(V) <= log(J) + log(T), which is no comparison of two logs.
        ("log(J) + log(T)", "log(V)", "1 <= J, 1 <= T, 1 <= V, V <= J*T"),
    ],
)
def test_what_neither_settles_is_undecided_and_not_true(larger, smaller, conditions):
    found = dominates(larger, smaller, conditions)
    assert found.undecided
    assert not found
    assert found.certificate is None
    assert found.witness is None
    assert not found.check()
    assert str(found).endswith("undecided")


def test_without_conditions_variables_shrink_as_well_as_grow():
    assert not dominates("T**2", "T")
    assert dominates("T**2", "T", "1 <= T")
    assert dominates("T**2 + 1", "T")
    assert dominates("T", "T**2", "T <= 1")


def test_equal_growth_and_tight_up_to_logs():
    minimum = f"min({REGRET}, T)"
    assert same_growth(minimum, REGRET, CONE)
    assert same_growth("J + T", "max(J, T)", CONE)
    loose = same_growth("T*log(T)", "T", "1 <= T")
    assert not loose
    assert not loose.undecided
    assert loose.lower
    assert same_growth("T*log(T)", "T", "1 <= T", up_to_logs=True)
    assert not same_growth("T*log(T)", "T**2", "1 <= T", up_to_logs=True)
    assert dominates("T", "T*log(T)**3", "1 <= T", up_to_logs=True).check()


def test_the_general_corollary_gives_the_regret_bound_at_one_half():
    general = bound("min(J**(1-p)*T**p, (V**(1-p)*T)**(1/(2-p)) + T**p)")
    assert same_growth(general.substitute({"p": "1/2"}), REGRET, CONE)
    with pytest.raises(BoundError, match=r"no number for p"):
        dominates(general, REGRET, CONE)


def test_special_cases_by_substitution():
    assert same_growth(bound("Theta**-2*eps**-2").substitute({"Theta": "d**(-1/2)"}), "d*eps**-2")
    assert same_growth("n**(-2/(2+1))", "n**(-2/3)")


def test_a_stress_case_of_twelve_terms_against_five_times_three():
    rng = random.Random(16)
    names = ("a", "b", "c", "d", "e")
    terms = [_product(rng, names) for _ in range(12)]
    groups = [[_product(rng, names) for _ in range(3)] for _ in range(5)]
    larger = f"min({', '.join(' + '.join(group) for group in groups)})"
    found = dominates(larger, " + ".join(terms), [f"1 <= {name}" for name in names])
    assert not found
    assert found.check()
    bigger = dominates(
        f"({' + '.join(terms)})*({' + '.join(names)})",
        " + ".join(terms),
        [f"1 <= {name}" for name in names],
    )
    assert bigger
    assert bigger.check()


def _product(rng, names):
    return "*".join(f"{name}**({F(rng.randint(-2, 4), 3)})" for name in names)


@pytest.mark.parametrize("seed", range(10))
def test_no_answer_on_random_pairs_is_wrong(seed):
    """Proofs are checked again by other code; no sequence contradicts what holds; witnesses do."""
    rng = random.Random(seed)
    decided = 0
    for k in range(100):
        names = NAMES[: rng.randint(1, 4)]
        conditions = random_cone(rng, names)
        smaller, larger = (
            random_bound(rng, names, rng.randint(1, 6), logs=k % 4 > 0) for _ in range(2)
        )
        found = dominates(text(larger), text(smaller), [words for words, _ in conditions])
        decided += not found.undecided
        assert found.undecided or found.check()
        if found:
            check_proofs(found, [exponents for _, exponents in conditions])
            check_forms(found, smaller, larger, rng, names, conditions)
            for _ in range(10):
                scales = random_scales(rng, names, conditions)
                assert sequence_growth(smaller, scales) <= sequence_growth(larger, scales)
        elif found.witness is not None:
            check_witness(found.witness, smaller, larger, names, conditions)
        else:
            assert k % 4 > 0  # without logs all is decided
    assert decided >= 99


def check_witness(witness, smaller, larger, names, conditions):
    """The witness lies in the cone, and along it the ratio grows, in mpmath."""
    scales = {n: (witness.ray.get(n, 0), 0, witness.weights.get(n, 0), 0) for n in names}
    assert all(satisfied(exponents, scales) for _, exponents in conditions)
    assert sequence_growth(smaller, scales) > sequence_growth(larger, scales)
    # Powers of log s down to 1/18 against factors log log s: hence the long way to go.
    near, far = (_log_ratio(smaller, larger, scales, mpmath.mpf(10) ** k) for k in (6, 150))
    assert far > near + 2


def _log_ratio(smaller, larger, scales, s):
    with mpmath.workdps(200):
        point = {}
        for name, (u, _, w, _) in scales.items():
            step = _exact(u) * s + _exact(w) * mpmath.log(s)
            point[name] = mpmath.exp(step if step else 1)
        return float(mpmath.log(value(smaller, point)) - mpmath.log(value(larger, point)))


def _exact(number):
    return mpmath.mpf(F(number).numerator) / F(number).denominator
