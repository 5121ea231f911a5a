"""A trial is judged as the product judges, and depends on its number alone."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

import verify
from verify.calibration import trial as module
from verify.calibration.trial import Trial, trial
from verify.calibration.zoo import MAIN, SECOND, SETTINGS, Array, Law, Setting
from verify.judging import DataOutcome
from verify.verdict import Reason, Relation, Verdict

from .made import estimated

LAWS = {law.name: law for law in (*MAIN, *SECOND)}
OF_EVERY_SORT = (
    "3 n^.5",
    "n^.5 log n",
    "n^(2/3) + 12 n^.5",
    "min(n^(2/3), sqrt(20 n))",
    "n^.5, one run read at all n",
    "n^.5, 15 % ripple a decade",
)


def _with_samples(law: Law, setting: Setting, index: int) -> tuple[Trial, list[Array]]:
    """A trial, and the replicates that it looked at."""
    seen: list[Array] = []
    real = module.sampled_points

    def spy(x: Sequence[float], samples: list[Array], *rest: Any, **more: Any) -> Any:
        seen.extend(samples)
        return real(x, samples, *rest, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "sampled_points", spy)
        return trial(law, setting, 0, index), seen


def _judged(
    law: Law, setting: Setting, samples: list[Array], relation: str, off: str = "0"
) -> DataOutcome:
    """The product's answer on the same data as columns; the claim is off by a power."""
    data = {
        "n": np.repeat(setting.grid, setting.replicates),
        "y": np.concatenate(samples),
        "run": np.tile(np.arange(setting.replicates), setting.points),
    }
    return verify.judge(
        data,
        value="y",
        bound=f"({law.bound}) * n**({off})",
        relation=relation,
        logs=law.logs,
        run="run" if law.together else None,
    )


def _told(law: Law, setting: Setting, samples: list[Array]) -> dict[str, Any]:
    """What the product says of the true and the wrong claims, by the fields of a trial."""
    true = {one: _judged(law, setting, samples, one.value) for one in Relation}
    too_low = _judged(law, setting, samples, "O", "-1/10")
    too_high = _judged(law, setting, samples, "Omega", "1/10")
    row = true[Relation.O].row
    return {
        "low": pytest.approx(row.low, abs=1e-9),
        "high": pytest.approx(row.high, abs=1e-9),
        "covered": row.low <= law.power <= row.high,
        "model_rejected": row.reason is Reason.MODEL,
        "false_refuted": any(one.verdict is Verdict.REFUTED for one in true.values()),
        "false_holds": Verdict.HOLDS in (too_low.verdict, too_high.verdict),
        "refuted_o": too_low.verdict is Verdict.REFUTED,
        "refuted_omega": too_high.verdict is Verdict.REFUTED,
        "holds_o": true[Relation.O].verdict is Verdict.HOLDS,
        "holds_omega": true[Relation.OMEGA].verdict is Verdict.HOLDS,
        "holds_theta": true[Relation.THETA].verdict is Verdict.HOLDS,
    }


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.label)
@pytest.mark.parametrize("name", OF_EVERY_SORT)
def test_the_judgement_is_that_of_the_product(name: str, setting: Setting) -> None:
    for index in range(2):
        found, samples = _with_samples(LAWS[name], setting, index)
        assert [one.shape for one in samples] == [(setting.replicates,)] * setting.points
        told = _told(LAWS[name], setting, samples)
        assert {field: getattr(found, field) for field in told} == told


@pytest.mark.parametrize(
    ("off", "half", "true"),
    [
        (0.0, 0.02, "covered refuted_o refuted_omega holds_o holds_omega holds_theta"),
        (0.0, 0.5, "covered"),
        (0.03, 0.09, "covered refuted_o"),
        (-0.03, 0.09, "covered refuted_omega"),
        (-0.03, 0.07, "covered refuted_omega holds_o"),
        (0.3, 0.01, "false_refuted false_holds refuted_o holds_omega"),
        (-0.3, 0.01, "false_refuted false_holds refuted_omega holds_o"),
        (0.1, 0.08, "false_refuted refuted_o holds_omega"),
        (-0.1, 0.08, "false_refuted refuted_omega holds_o"),
    ],
)
def test_what_becomes_of_an_interval(
    off: float, half: float, true: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At a distance from the truth; the wrong claims are a tenth off, the margin is half of it."""
    law = LAWS["5 n^.25"]
    monkeypatch.setattr(module, "exponent", lambda *_: estimated(law.power + off, half))
    found = trial(law, SETTINGS[0], 0, 0)
    flags = [one.name for one in Trial.__attrs_attrs__ if one.type in (bool, "bool")]
    told = {name for name in flags if getattr(found, name) and not name.startswith("profile")}
    assert told == set(true.split())


def test_the_claims_are_those_of_the_law() -> None:
    """Kinks and terms of the bound, logs and runs all reach the estimator."""
    for name in OF_EVERY_SORT:
        law = LAWS[name]
        claims, family = module._claims(law, SETTINGS[0])
        assert {one.relation for one in claims.values()} == {"O", "Omega", "Theta"}
        assert family.logs == law.logs
        assert bool(family.terms) == ("+" in law.bound or "min" in law.bound)
        assert all(one.together == law.together for one in claims.values())


def test_a_trial_depends_on_its_number_and_on_nothing_that_came_before() -> None:
    law, setting = LAWS["3 n^.5"], SETTINGS[0]
    forwards = [trial(law, setting, 7, index) for index in range(4)]
    trial(LAWS["5 n^.25"], setting, 7, 0)
    np.random.default_rng().random(3)
    backwards = [trial(law, setting, 7, index) for index in reversed(range(4))]
    assert forwards == backwards[::-1]
    assert len({one.low for one in forwards}) == 4
    assert trial(law, setting, 8, 0).low != forwards[0].low


def test_laws_and_settings_have_data_of_their_own() -> None:
    """Pure powers differ by their power alone, if they come with the same noise."""
    pure, quarter = LAWS["3 n^.5"], LAWS["5 n^.25"]
    low, other = (trial(law, SETTINGS[0], 0, 0).low - law.power for law in (pure, quarter))
    assert abs(low - other) > 1e-6
    firsts = [_with_samples(pure, setting, 0)[1][0] for setting in SETTINGS]
    assert len({float(first[0]) for first in firsts}) == 3


def test_a_wrong_claim_is_off_by_a_tenth_for_the_profile_too() -> None:
    setting = SETTINGS[2]
    for index in range(3):
        found = trial(LAWS["3 n^.5"], setting, 0, index)
        assert found.profile_covered
        assert 0.02 < found.profile_width < 0.08
        assert found.profile_refuted_o
        assert found.profile_refuted_omega
    blunt = [trial(LAWS["n^.5, Pareto 1.8 noise"], SETTINGS[0], 0, index) for index in range(4)]
    assert not all(one.profile_refuted_o and one.profile_refuted_omega for one in blunt)
