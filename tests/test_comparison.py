"""Only what differs is told; what differs by chance is not called significant."""

from pathlib import Path
from statistics import NormalDist

import msgspec
import numpy as np
import pytest

from verify.comparison import changed, differences, largest_difference
from verify.result import Result
from verify.verdict import LEVEL, Reason, Verdict

REPORTS = Path(__file__).parents[1] / "reports"
Z = NormalDist().inv_cdf((1 + LEVEL) / 2)


def stored(name: str = "monte_carlo") -> Result:
    return msgspec.json.decode((REPORTS / f"{name}.json").read_bytes(), type=Result)


def with_slope(result: Result, slope: float, sd: float) -> Result:
    """The result with its first claim's slope on the range estimated so, and its exponent too."""
    claim = result.outcomes[0]
    row = claim.exponents[0]  # type: ignore[union-attr]
    ends = {"estimate": slope, "low": slope - Z * sd, "high": slope + Z * sd}
    row = msgspec.structs.replace(row, **ends, range=msgspec.structs.replace(row.range, **ends))
    rest = claim.exponents[1:]  # type: ignore[union-attr]
    claim = msgspec.structs.replace(claim, exponents=[row, *rest])
    return msgspec.structs.replace(result, outcomes=[claim, *result.outcomes[1:]])


def test_a_result_does_not_differ_from_itself() -> None:
    assert differences([stored()], [stored()]) == []
    assert changed(stored(), stored()) == []
    assert largest_difference(stored(), stored()) == 0.0


def test_a_p_value_is_that_of_two_independent_estimates() -> None:
    old, new = with_slope(stored(), -0.5, 0.03), with_slope(stored(), -0.4, 0.04)
    found = differences([old], [new])
    assert len(found) == 2
    for one in found:
        assert one.p == pytest.approx(2 * NormalDist().cdf(-0.1 / 0.05))
        assert one.old.startswith("-0.5 [")
        assert not one.significant, "p = .046 twice"


def test_a_large_difference_is_significant() -> None:
    old, new = with_slope(stored(), -0.5, 0.01), with_slope(stored(), -0.4, 0.01)
    assert all(one.significant for one in differences([old], [new]))


def test_results_that_differ_by_chance_are_called_significant_as_seldom_as_stated() -> None:
    """1000 pairs: 3 % of them, plus 3.1 standard deviations of such a count (1e-3)."""
    rng, base, alarms = np.random.default_rng(7), stored(), 0
    for _ in range(1000):
        first, second = (with_slope(base, rng.normal(-0.5, sd), sd) for sd in (0.02, 0.01))
        alarms += any(one.significant for one in differences([first], [second]))
    rate = 1 - LEVEL
    assert alarms <= 1000 * rate + 3.1 * (1000 * rate * LEVEL) ** 0.5
    assert alarms > 5, "the test is not vacuous"


def verdicts(old: Verdict, new: Verdict) -> bool:
    base = stored()
    both = []
    for verdict in (old, new):
        claim = msgspec.structs.replace(base.outcomes[0], verdict=verdict, reason=Reason.WIDTH)
        both.append(msgspec.structs.replace(base, outcomes=[claim, *base.outcomes[1:]]))
    (found,) = differences([both[0]], [both[1]])
    assert found.what == "verdict"
    return found.significant


def test_only_opposite_verdicts_are_significant_by_themselves() -> None:
    assert verdicts(Verdict.HOLDS, Verdict.REFUTED)
    assert verdicts(Verdict.REFUTED, Verdict.HOLDS)
    assert not verdicts(Verdict.HOLDS, Verdict.INCONCLUSIVE)


def test_what_is_in_one_result_only_is_named() -> None:
    both, one = stored(), stored()
    one = msgspec.structs.replace(one, outcomes=one.outcomes[:1])
    (found,) = differences([both], [one])
    assert (found.what, found.old, found.new) == ("claim", "there", "-")
    other = stored("lipschitz_regression")
    told = {(d.where, d.what, d.old) for d in differences([both], [other])}
    assert told == {
        ("monte_carlo", "theorem", "there"),
        ("lipschitz_regression", "theorem", "-"),
    }


def test_exact_numbers_may_differ_in_their_last_digits_alone() -> None:
    for gap, expected in ((1e-12, False), (1e-6, True)):
        old, new = with_slope(stored(), -0.5, 0.0), with_slope(stored(), -0.5 + gap, 0.0)
        assert {one.significant for one in differences([old], [new])} == {expected}


def test_how_results_came_about_is_told_where_it_differs() -> None:
    old = stored()
    origin = msgspec.structs.replace(
        old.provenance, seed=5, versions={**old.provenance.versions, "numpy": "9"}, wall_s=1.0
    )
    found = changed(old, msgspec.structs.replace(old, provenance=origin))
    numpy = old.provenance.versions["numpy"]
    assert found == ["seed: 0 -> 5", f"version of numpy: {numpy} -> 9"]


def test_the_largest_difference_is_relative_and_of_numbers_alone() -> None:
    old = with_slope(stored(), -0.5, 0.01)
    new = with_slope(stored(), -0.5 * (1 + 1e-10), 0.01)
    assert largest_difference(old, new) == pytest.approx(5e-11 / (0.5 - Z * 0.01), rel=1e-3)
    reworded = msgspec.structs.replace(old.outcomes[0], scope="another")
    other = msgspec.structs.replace(old, outcomes=[reworded, *old.outcomes[1:]])
    assert largest_difference(old, other) is None


def test_a_digest_is_the_same_when_a_result_was_written_and_read() -> None:
    """A whole number where any number may stand is read as a float."""
    law = next(one for one in stored("central_limit").outcomes if getattr(one, "rows", None))
    row = msgspec.structs.replace(law.rows[0], at={"t": 1})  # type: ignore[union-attr]
    found = msgspec.structs.replace(
        stored("central_limit"), outcomes=[msgspec.structs.replace(law, rows=[row])]
    )
    read = msgspec.json.decode(msgspec.json.encode(found), type=Result)
    assert msgspec.json.encode(read) != msgspec.json.encode(found), "the test is not vacuous"
    assert read.digest == found.digest


def test_a_digest_is_of_what_was_found_and_not_of_where_and_when() -> None:
    old = stored()
    origin = msgspec.structs.replace(old.provenance, wall_s=0.0, started="then")
    moved = msgspec.structs.replace(old.outcomes[0], place="/elsewhere.py:1")
    same = msgspec.structs.replace(old, provenance=origin, outcomes=[moved, *old.outcomes[1:]])
    assert same.digest == old.digest
    assert with_slope(old, -0.5, 0.01).digest != with_slope(old, -0.5, 0.0100001).digest
