"""The verdicts of the theorems on transformers and on linear bandits, and their measures."""

import math
import re
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

import verify
from theorems.nonstationary_regret import (
    linear_bandit,
    linear_policies,
    transformer_layers,
    transformer_master,
    transformer_sizes,
)
from theorems.nonstationary_regret import transformer_imitation as ti
from theorems.nonstationary_regret import transformer_regret as tr
from theorems.nonstationary_regret.attention import contexts, pairs, policies, transformer
from theorems.nonstationary_regret.attention.perceptrons import chord_error
from theorems.nonstationary_regret.linear_policies import LINUCB, THOMPSON, UNIFORM, Policy
from theorems.nonstationary_regret.simulators import master
from theorems.nonstationary_regret.simulators.master import rescaled
from verify.report.figure.illustrations import illustrated
from verify.spec import Theorem
from verify.verdict import Verdict

MANUAL = Path(verify.__file__).parents[1] / "docs" / "transformers.md"


@pytest.fixture(autouse=True)
def _own_store(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _holds(theorem: Theorem, *claims: str) -> None:
    """The claims hold at the quick budget, and their controls are refuted."""
    for claim in theorem.claims:
        if claims and claim.id not in claims:
            continue
        (found,) = verify.run(theorem.only(claim), budget="quick", workers=1).outcomes
        assert found.verdict is Verdict.HOLDS, found
        assert {control.verdict for control in found.controls} <= {Verdict.REFUTED}


@pytest.mark.parametrize("theorem", [transformer_layers, transformer_master, transformer_sizes])
def test_layers_hold(theorem: ModuleType) -> None:
    _holds(theorem.THEOREM)


@pytest.mark.parametrize("claim", ["expected", "same_choices", "imitation", "imitation_bound"])
def test_claims_that_are_exact_hold(claim: str) -> None:
    _holds(ti.THEOREM, claim)


def test_what_is_gained_over_uniform_play_vanishes() -> None:
    _holds(linear_bandit.THEOREM, "thompson_gains_nothing", "no_restart")


def test_the_difference_grows_as_the_network_shrinks_and_vanishes_at_256_pieces() -> None:
    """16 pairs at T = 1,000: by four standard errors at (3, 9), at most .2 at (16, 256)."""
    large = tr.ucb(np.random.default_rng(0), 16, 1000, 256, 16.0)
    small = tr.ucb(np.random.default_rng(0), 16, 1000, 9, 3.0)
    assert np.abs(large).max() <= 0.2
    assert small.mean() > 4 * small.std() / math.sqrt(16)


def test_the_difference_grows_with_either_size_alone() -> None:
    """The same 256 pairs at T = 400: blunter means cost more, and so do coarser bonuses.

    The latter with sharp means.  By three standard errors of the difference.
    """

    def found(B: float, M: int) -> np.ndarray:
        return tr.ucb(np.random.default_rng(1), 256, 400, M, B)

    for blunt, sharp, M in ((1.0, 4.0, 256), (4.0, 16.0, 256), (1.0, 16.0, 8)):
        more = found(blunt, M) - found(sharp, M)
        assert more.mean() > 3 * more.std() / 16
    more = found(16.0, 4) - found(16.0, 64)
    assert more.mean() > 3 * more.std() / 16


@pytest.mark.parametrize("theorem", [ti.THEOREM, tr.THEOREM, linear_bandit.THEOREM])
def test_pictures_are_drawn(theorem: Theorem) -> None:
    for one in theorem.illustrations:
        assert illustrated(one).png()[:4] == b"\x89PNG"


def test_blunt_means_choose_otherwise_in_many_states() -> None:
    assert np.count_nonzero(ti.choices(24, 4, 2.0) != ti.ucb_choices(24)) > 1000


def test_the_table_of_sizes_in_the_manual_is_computed() -> None:
    T, M = 2000, 256
    beta = pairs.half_log(T)
    models = {
        "UCB, M = 256": policies.ucb(2, beta, T, 16.0, M),
        "sliding window of 400, M = 256": policies.sliding_window(2, beta, 400, M),
        "UCB with a restart test, M = 256": policies.restarting(
            beta, T, 16.0, M, pairs.threshold(T)
        ),
        "scheduler and tests of MASTER": contexts.master_model(11, rescaled(2047, 2)),
    }
    for name, model in models.items():
        one = transformer.sizes(model)
        counted = f"{one.width} | {one.layers} | {one.heads} | {one.hidden} | {one.weights}"
        assert f"| {name} | {counted} | {one.norm:.1e} |\n" in MANUAL.read_text()
    eps = chord_error(M, T, -0.5)
    assert f"{eps:.0e}" == "8e-05"
    assert f"{T * math.log2(T) / eps:.1e}" == "2.7e+08"
    assert f"{math.sqrt(T * math.log2(T) / eps):.1e}" == "1.6e+04"


def test_the_price_of_turned_choices() -> None:
    """Always turned, where an arm with reward 1 stands against one without: by hand at two rounds.

    Each arm is pulled once; turned it is the second one twice, as the first one has no pulls yet.
    """
    assert ti.price(1.0, 2, 1.0, 0.0) == pytest.approx(1)
    assert ti.cost(0.1, 0.1, 0.9) <= ti.stated(0.1)
    assert ti.cost(0.1, 0.1, 0.9) > ti.once(0.1)
    assert ti.cost(0.0, 0.3, 0.4) == 0


@pytest.mark.parametrize(("base", "variance"), [(LINUCB, 1.0), (THOMPSON, 0.3)])
def test_a_root_and_a_mean_are_those_of_least_squares(base: int, variance: float) -> None:
    rng, policy = np.random.default_rng(1), Policy(base, variance)
    m, S, rewards = np.zeros(5), np.eye(5), rng.normal(size=20)
    actions = rng.uniform(-1, 1, (20, 5))
    for action, reward in zip(actions, rewards, strict=True):
        linear_policies.learn(policy, m, S, action, reward)
    inverse = np.linalg.inv(np.eye(5) + actions.T @ actions / variance)
    covariance = S @ S.T
    assert covariance == pytest.approx(inverse, rel=1e-10)
    assert m == pytest.approx(inverse @ actions.T @ rewards / variance, rel=1e-10)
    out, z = np.empty(20), rng.normal(size=5)
    linear_policies.index(policy, m, S, actions, z, out)
    bonus = np.sqrt(np.einsum("ki,ij,kj->k", actions, inverse, actions))
    expected = actions @ m + (bonus if base == LINUCB else actions @ S @ z)
    assert out == pytest.approx(expected, rel=1e-10)


def test_uniform_play_pays_the_best_action_and_gains_nothing() -> None:
    """Regret T E max <a, w>, found by direct draws; four standard errors."""
    rng, T, runs = np.random.default_rng(2), 200, 200
    ones = np.ones(T)
    plays = [
        linear_policies.play(rng, Policy(UNIFORM), ones, 0 * ones, 32, 10) for _ in range(runs)
    ]
    best = (rng.uniform(-1, 1, (4000, 10, 32)) @ rng.random(32 * 4000).reshape(4000, 32, 1)).max(
        axis=1
    )
    paid = np.array([play[0][-1] for play in plays]) / T
    error = math.hypot(paid.std() / math.sqrt(runs), best.std() / math.sqrt(4000))
    assert paid.mean() == pytest.approx(best.mean(), abs=4 * error)
    gains = np.array([play[2] for play in plays]) / T
    assert gains.mean() == pytest.approx(0, abs=4 * gains.std() / math.sqrt(runs))


def test_regret_grows_and_shift_alone_changes_no_best_action() -> None:
    rng = np.random.default_rng(3)
    regret, restarts, _ = linear_policies.play(rng, Policy(LINUCB), *linear_bandit.low(300), 8, 5)
    assert np.all(np.diff(regret) >= 0)
    assert restarts == 0


def test_a_schedule_without_tests_forgets_and_never_restarts() -> None:
    rng = np.random.default_rng(4)
    policy = Policy(LINUCB, scheduled=True)
    scheduled = [
        linear_policies.play(rng, policy, np.ones(200), np.zeros(200), 8, 5) for _ in range(30)
    ]
    plain = [
        linear_policies.play(rng, Policy(LINUCB), np.ones(200), np.zeros(200), 8, 5)
        for _ in range(30)
    ]
    assert [play[1] for play in scheduled] == [0] * 30
    assert np.mean([p[0][-1] for p in scheduled]) > 1.5 * np.mean([p[0][-1] for p in plain])


def test_constants_of_master_exceed_what_rewards_can_differ_by() -> None:
    """The second test at the end of 1,000 rounds: a mean of optimism less rewards of 86."""
    assert linear_bandit.literal(1000, Policy(LINUCB)).constants.second / math.sqrt(1000) > 80


def test_tests_of_master_fire_where_a_base_is_wrong_by_more_than_they_allow() -> None:
    """One reward of -1000 in the middle of a block: one restart, of the second test.

    The others are 0, and the bonus of no action is above 8^{1/2}, less than 60 t^{-1/2}.
    """
    shift = np.where(np.arange(200) == 96, -1000.0, 0.0)
    tests = master.SILENT._replace(scale=1.0, second=60.0)
    policy = Policy(LINUCB, scheduled=True, constants=tests)
    _, restarts, _ = linear_policies.play(
        np.random.default_rng(5), policy, np.zeros(200), shift, 8, 5
    )
    assert restarts == 1


def test_the_example_of_the_manual_runs() -> None:
    code = re.search(r"```python\n(.*?)```", MANUAL.read_text(), re.DOTALL)[1]
    names: dict[str, object] = {}
    exec(compile(code, str(MANUAL), "exec"), names)  # noqa: S102 - our own manual
    found = transformer.sizes(names["model"])
    assert f"Sizes(width={found.width}, layers=1, heads=3, hidden={found.hidden}, ...)" in code
    assert len(names["arms"]) == 2000
    assert names["arms"][1000:].mean() > 0.6
