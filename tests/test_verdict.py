"""The order of judgement, and how judgements join."""

import pytest

from verify.inference import range_slope
from verify.verdict import (
    EXPLANATION,
    LEVEL,
    Interval,
    Judgement,
    Reason,
    Relation,
    Verdict,
    conjunction,
    conviction,
    holm,
    inconclusive,
    judge,
    p_value,
    tempered,
)

HOLDS = Judgement(Verdict.HOLDS, Reason.HOLDS)
REFUTED = Judgement(Verdict.REFUTED, Reason.EXCLUDED)
OPEN = inconclusive(Reason.WIDTH)


def _judge(low: float, high: float, relation: str) -> Judgement:
    """Prediction 1/2, margin .05; an interval's own tail is .015 on each side."""
    below = 0.0 if low > 0.5 else 1.0 if high < 0.5 else 0.3
    return judge(Interval(low, high, below, 1 - below), 0.5, Relation(relation), 0.05)


@pytest.mark.parametrize(
    ("low", "high", "relation", "verdict", "reason"),
    [
        (0.48, 0.52, "Theta", "HOLDS", "holds"),
        (0.48, 0.52, "O", "HOLDS", "holds"),
        (0.48, 0.52, "Omega", "HOLDS", "holds"),
        (0.51, 0.54, "Theta", "HOLDS", "holds_within_margin"),
        (0.46, 0.49, "Theta", "HOLDS", "holds_within_margin"),
        (0.51, 0.54, "O", "HOLDS", "holds_within_margin"),
        (0.46, 0.49, "O", "HOLDS", "holds"),
        (0.46, 0.49, "Omega", "HOLDS", "holds_within_margin"),
        (0.20, 0.30, "O", "HOLDS", "holds_not_tight"),
        (0.20, 0.30, "Theta", "REFUTED", "excluded"),
        (0.20, 0.30, "Omega", "REFUTED", "excluded"),
        (0.70, 0.80, "Omega", "HOLDS", "holds_not_tight"),
        (0.70, 0.80, "O", "REFUTED", "excluded"),
        (0.70, 0.80, "Theta", "REFUTED", "excluded"),
        (0.52, 0.58, "Theta", "REFUTED", "excluded"),
        (0.40, 0.60, "Theta", "INCONCLUSIVE", "width"),
        (0.40, 0.60, "O", "INCONCLUSIVE", "width"),
        (0.40, 0.60, "Omega", "INCONCLUSIVE", "width"),
        (0.10, 0.54, "O", "HOLDS", "holds"),
        (0.46, 0.90, "Omega", "HOLDS", "holds"),
    ],
)
def test_order_of_judgement(
    low: float, high: float, relation: str, verdict: str, reason: str
) -> None:
    found = _judge(low, high, relation)
    assert (found.verdict, found.reason) == (verdict, reason)


@pytest.mark.parametrize(
    ("p_values", "kept"),
    [
        ((0.029,), (True,)),
        ((0.02, 0.9), (False, False)),
        ((0.014, 0.9), (True, False)),
        ((0.02, 0.014), (True, True)),  # 0.02 is compared with the level itself, after 0.014
        ((0.02, 0.016), (False, False)),  # the smaller one fails, and so does all that follows
        ((0.009, 0.014, 0.029), (True, True, True)),
        ((0.009, 0.016, 0.029), (True, False, False)),
        ((1.0, 0.009, 0.0), (False, True, True)),
    ],
)
def test_many_exponents_need_more_evidence_to_refute(
    p_values: tuple[float, ...], kept: tuple[bool, ...]
) -> None:
    parts = [REFUTED if p < 0.03 else OPEN for p in p_values]
    assert [part == REFUTED for part in holm(parts, p_values)] == list(kept)


def test_holm_leaves_what_holds() -> None:
    assert holm([HOLDS, REFUTED], [0.0, 0.9]) == [HOLDS, OPEN]


@pytest.mark.parametrize(
    ("relation", "expected"), [(Relation.O, 0.02), (Relation.OMEGA, 1.0), (Relation.THETA, 0.02)]
)
def test_the_p_value_is_twice_the_mass_on_the_allowed_side(
    relation: Relation, expected: float
) -> None:
    assert p_value(Interval(0.51, 0.60, 0.01, 0.99), relation) == pytest.approx(expected)


def test_a_claim_is_as_good_as_its_worst_part() -> None:
    assert conjunction([HOLDS, OPEN, REFUTED]) == REFUTED
    assert conjunction([HOLDS, OPEN]) == OPEN
    assert conjunction([HOLDS, HOLDS]) == HOLDS


def test_a_claim_shows_the_reason_that_is_worth_knowing() -> None:
    within = Judgement(Verdict.HOLDS, Reason.WITHIN_MARGIN)
    assert conjunction([HOLDS, within]) == within


def test_a_control_is_refuted_only_if_every_part_is() -> None:
    assert conviction([REFUTED, REFUTED]) == REFUTED
    assert conviction([REFUTED, OPEN]) == OPEN
    assert conviction([REFUTED, OPEN, HOLDS]) == HOLDS


def test_controls_limit_what_holds_is_worth() -> None:
    assert tempered(HOLDS, [Verdict.REFUTED]) == HOLDS
    assert tempered(HOLDS, [Verdict.REFUTED, Verdict.INCONCLUSIVE]).reason is Reason.CONTROL
    assert tempered(HOLDS, [Verdict.INCONCLUSIVE, Verdict.HOLDS]).reason is Reason.VACUOUS


def test_a_refutation_stands_without_its_controls() -> None:
    assert tempered(REFUTED, [Verdict.HOLDS]) == REFUTED


def test_the_level_of_refutation_is_that_of_the_intervals() -> None:
    assert LEVEL == range_slope.LEVEL


def test_every_reason_is_explained() -> None:
    assert set(EXPLANATION) == set(Reason)
