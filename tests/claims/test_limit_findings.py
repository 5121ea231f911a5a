"""Every static fault of a limit has a finding, with its words."""

from typing import Any

import numpy as np
import pytest

from tests.claims.limits import (
    SWEEP,
    bent,
    broken,
    curve,
    drawn,
    falling,
    half_normal,
    identity,
    law,
    limit,
    moved,
    normal,
    normal_draws,
    number,
    path,
    shares,
)
from tests.spec.specs import theorem
from verify import Limit, antithetic, but
from verify.inference.survival import KaplanMeier
from verify.spec.lint import lint

GRID = {"x": [-1.0, 0.0, 1.0]}


def two(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """A function of two arguments."""
    return x


def fixed(n: int, d: int) -> float:
    """A measure with a variable that does not move."""
    return 1 + d / n


def tuned(d: int) -> float:
    """A target that follows the fixed variable."""
    return float(d)


@antithetic
def paired(rng: np.random.Generator, size: int, n: int) -> np.ndarray:
    """Replicates that carry their mirror image."""
    noise = rng.standard_normal(size)
    return np.stack([1 + noise, 1 - noise], axis=1)


@pytest.mark.parametrize(
    "claim",
    [
        limit(),
        path(),
        path(together=False),
        law(),
        law(distance="wasserstein", margin=0.3),
        law(target=normal_draws),
        law(measure=shares, each=GRID, together=True),
        limit(target=drawn, unit=1),
        limit(measure=fixed, at={"d": 1}, target=tuned),
        limit(corrections=("n**(-1/2)", "1/n"), because="an expansion"),
        limit(cost="n"),
    ],
)
def test_a_sound_limit_has_no_findings(claim: Limit) -> None:
    assert lint(theorem(claim)) == []


@pytest.mark.parametrize(
    ("claim", "code", "words"),
    [
        (limit(margin=...), "missing-field", "Limit without 'margin'"),
        (limit(target=...), "missing-field", "Limit without 'target'"),
        (limit(along=...), "missing-field", "Limit without 'along'"),
        (limit(margin=0), "wrong-value", "a positive number"),
        (limit(along={"n": [1, -2]}), "wrong-value", "variables with positive values"),
        (limit(each={"t": []}), "wrong-value", "places of a curve"),
        (limit(at={"d": "x"}), "wrong-value", "fixed variables with their numbers"),
        (limit(target="one"), "wrong-value", "a number, or a function"),
        (limit(target=float("inf")), "wrong-value", "a number, or a function"),
        (limit(target=True), "wrong-value", "a number, or a function"),
        (limit(distance="hellinger"), "wrong-value", "'kolmogorov' or 'wasserstein'"),
        (limit(statistic="mode"), "wrong-value", "or Quantile(level)"),
        (limit(statistic=KaplanMeier(0.5)), "wrong-value", "or Quantile(level)"),
        (limit(unit=0), "wrong-value", "a positive number"),
        (limit(along={"n": [8, 16, 32, 64]}), "few-points", "a limit with its finite-size"),
        (limit(along={"n": [8, 16, 32, 64, 64]}), "few-points", "all distinct"),
        (
            limit(along={"n": [1, 2, 4, 8, 16], "m": [1, 2, 4, 8, 17]}, measure=curve, target=1),
            "off-ray",
            "'m' not a power of 'n'",
        ),
        (limit(at={"n": 3}), "two-parts", "'n' in along and at"),
        (path(each={"t": [0.5, 0.5]}), "few-points", "'t' twice at a place"),
        (limit(together=True), "together", "together=True without each"),
        (limit(to_zero=("h",)), "unknown-variable", "to_zero='h'"),
        (limit(along={"m": SWEEP["n"]}), "unknown-variable", "which number does not take"),
        (limit(measure=curve), "variable-without-value", "curve needs 't'"),
        (limit(at={"k": 3}), "unknown-variable", "a value for 'k'"),
        (limit(measure=lambda rng, n: 1.0), "local-measure", "top level of a module"),
        (limit(target=lambda: 1.0), "local-target", "top level of a module"),
        (limit(cost="n +"), "cost", "cost='n +'"),
        (limit(target=0, controls=(but("off", "it is 0", target=1),)), "no-unit", "is 0, without"),
        (limit(target=drawn), "no-unit", "a target that is drawn, without a unit"),
        (path(target=broken, controls=(but("off", "x", target=1),)), "target", "no value here"),
        (path(target=two), "variable-without-value", "two needs 'x'"),
        (law(statistic="sd"), "law", "a distance compares the laws themselves"),
        (law(target=1), "law", "a distribution function, or a sampler"),
        (law(target=two), "target", "two with 2 arguments of its own"),
        (law(target=half_normal), "target", "does not reach from 0 to 1"),
        (law(target=falling), "target", "falling"),
        (law(measure=shares, each=GRID), "law", "together=True: a replicate sees all"),
        (
            law(measure=shares, each={"x": [1.0, 0.0]}, together=True),
            "law",
            "places that ascend",
        ),
        (law(each={"x": [0, 1], "y": [0, 1]}, together=True), "law", "a law over 2 variables"),
        (path(measure=number), "together", "number without 't'"),
        (limit(slowest_correction=0.5), "no-reason", "slowest_correction without a reason"),
        (limit(because="a lemma"), "nothing-declared", "one of corrections, slowest_correction"),
        (limit(corrections=("n",), because="x"), "correction", "a term that vanishes"),
        (limit(corrections=("k**-1",), because="x"), "correction", "no value for 'k'"),
        (limit(measure=paired), "reduction", "paired with a reduction of variance"),
        (limit(margin=0.3), "wide-margin", "a margin of at most 0.25"),
        (path(margin=0.2), "wide-margin", "margin=0.2 with a control 0.25 away"),
        (law(margin=0.25), "wide-margin", "margin=0.25 with a control 0.383 away"),
        (
            law(distance="wasserstein", margin=0.6),
            "wide-margin",
            "margin=0.6 with a control 0.9",
        ),
        (limit(controls=()), "no-control", "must be refuted"),
    ],
    ids=lambda value: "" if isinstance(value, Limit) else str(value)[:30],
)
def test_a_fault_has_a_finding_that_says_what_to_do(claim: Limit, code: str, words: str) -> None:
    found = [one for one in lint(theorem(claim)) if one.code == code]
    assert found, [str(one) for one in lint(theorem(claim))]
    assert any(words in str(one) for one in found), [str(one) for one in found]


@pytest.mark.parametrize(
    "changes",
    [
        {"margin": 0.01},
        {"unit": 2},
        {"target": 1.0},
        {"slowest_correction": 0.5, "because": "known"},
    ],
)
def test_a_control_that_states_the_same_limit_is_a_fault(changes: dict[str, Any]) -> None:
    claim = limit(controls=(but("same", "nothing", **changes),))
    found = [one for one in lint(theorem(claim)) if one.code == "control-changes-nothing"]
    assert len(found) == 1


def test_a_control_of_another_law_or_curve_is_none() -> None:
    assert lint(theorem(law(controls=(but("moved", "elsewhere", target=moved),)))) == []
    assert lint(theorem(path(controls=(but("bent", "another", target=bent),)))) == []
    same = but("same", "the same law by another name", target=_also_normal)
    found = lint(theorem(law(controls=(same,))))
    assert [one.code for one in found] == ["control-changes-nothing"]


def _also_normal(x: np.ndarray) -> np.ndarray:
    return normal(x)


def test_a_control_at_0_needs_no_unit_of_its_own() -> None:
    claim = limit(controls=(but("nothing", "it is 1", target=0),))
    assert lint(theorem(claim)) == []
    assert claim.variant(claim.controls[0]).unit == 1


def test_a_margin_is_not_compared_with_controls_that_change_more_than_the_target() -> None:
    other = but("other", "another measure", measure=curve, at={"t": 2})
    assert lint(theorem(limit(margin=10, controls=(other,)))) == []


def test_findings_of_a_limit_stand_at_the_claim() -> None:
    found = lint(theorem(limit(along={"n": [8, 16]})))
    assert all("limits.py:" in one.where for one in found)


def test_faults_of_identity_targets_are_found_at_every_place() -> None:
    claim = path(target=identity, each={"t": [0.0]}, controls=())
    assert {one.code for one in lint(theorem(claim))} == {"no-unit", "no-control"}
