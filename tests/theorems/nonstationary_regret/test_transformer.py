"""The forward pass, decoding token by token, and the parts, against second implementations."""

import math

import numpy as np
import pytest

from theorems.nonstationary_regret.attention import (
    contexts,
    decoding,
    expectation,
    heads,
    packing,
    pairs,
    perceptrons,
    policies,
    procedure,
    reference,
)
from theorems.nonstationary_regret.attention.transformer import (
    ONE,
    POSITION,
    SQUARE,
    Transformer,
    after,
    embedded,
    hidden,
    logits,
    sizes,
)
from theorems.nonstationary_regret.simulators.master import Constants, master

T = 120
MODELS = {
    "ucb": policies.ucb(2, 2.0, T, 4.0, 12),
    "three arms": policies.ucb(3, 1.0, T, 9.0, 30),
    "window": policies.sliding_window(2, 2.0, 40, 50),
    "restarting": policies.restarting(0.5, T, 12.0, 60, 1.3),
}


def _context(n: int, arms: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    words = rng.integers(arms + 1, size=n)
    words[0] = 0
    return words, (rng.random(n) < 0.5) * (words > 0.0)


def _by_loops(model: Transformer, words: np.ndarray, rewards: np.ndarray) -> np.ndarray:
    """The stream after the last layer by the formula, one token and one head at a time."""
    stream = [
        model.word[w]
        + r * model.reward[w]
        + np.eye(len(model.names))[:3].T @ [1, i + 1, (i + 1) ** 2]
        for i, (w, r) in enumerate(zip(words, rewards, strict=True))
    ]
    for layer in model.layers:
        after_heads = []
        for i in range(len(stream)):
            h = stream[i].copy()
            for head in layer.heads:
                scores = [(head.query @ stream[i]) @ (head.key @ stream[j]) for j in range(i + 1)]
                if head.softmax:
                    part = np.exp(np.array(scores) - max(scores))
                    part /= part.sum()
                else:
                    part = np.maximum(scores, 0) / (i + 1)
                h[head.slots] += sum(p * (head.value @ stream[j]) for j, p in enumerate(part))
            after_heads.append(h)
        stream = [h + layer.second @ np.maximum(layer.first @ h, 0) for h in after_heads]
    return np.array(stream)


@pytest.mark.parametrize("name", MODELS)
def test_the_forward_pass_is_its_formula(name: str) -> None:
    model = MODELS[name]
    words, rewards = _context(40, model.arms, 3)
    expected = _by_loops(model, words, rewards)
    assert hidden(model, words, rewards) == pytest.approx(expected, rel=1e-12, abs=1e-9)


@pytest.mark.parametrize("name", MODELS)
def test_decoding_token_by_token_is_the_forward_pass(name: str) -> None:
    """Logits at every token of the context that was played, and the choices that follow."""
    model = MODELS[name]
    net, rng = packing.packed(model, 2 * T + 1), np.random.default_rng(5)
    means = np.linspace(0.9, 0.1, model.arms) * np.ones((T, 1))
    means[T // 2 :] = means[T // 2 :, ::-1]
    uniform = rng.random((model.arms, T))
    arms, restarts = decoding.play(net, means, uniform)
    assert restarts.any() == (name == "restarting")
    words, rewards, pulls = [0], [0.0], np.zeros(model.arms, int)
    for t in range(T):
        if restarts[t]:
            words, rewards = [*words, 0], [*rewards, 0.0]
        words.append(arms[t] + 1)
        rewards.append(float(uniform[arms[t], pulls[arms[t]]] < means[t, arms[t]]))
        pulls[arms[t]] += 1
    full = logits(model, np.array(words), np.array(rewards))
    assert full[:-1].argmax(axis=1).tolist() == words[1:]
    kept = decoding.empty(net, len(words))
    step = [
        decoding.last_logits(net, kept, w, r, i + 1)
        for i, (w, r) in enumerate(zip(words, rewards, strict=True))
    ]
    assert np.array(step) == pytest.approx(full, rel=1e-10, abs=1e-7)


def test_equal_keys_and_values_are_kept_once_where_heads_do_not_look_at_positions() -> None:
    net = packing.packed(MODELS["ucb"], T)
    kept = decoding.empty(net, T)
    words, rewards = _context(T, 2, 4)
    for i, (w, r) in enumerate(zip(words, rewards.astype(float), strict=True)):
        decoding.last_logits(net, kept, w, r, i + 1)
    assert kept.size.max() <= 5
    assert [row[:n].sum() for row, n in zip(kept.often, kept.size, strict=True)] == [T] * 3


def test_a_transformer_that_restarts_for_ever_is_refused() -> None:
    stuck = policies.ucb(2, 1.0, 4, 1.0, 4)
    net = packing.packed(stuck, 9)._replace(readout=np.zeros((3, len(stuck.names))))
    with pytest.raises(ValueError, match="restarts twice in a row"):
        decoding.play(net, np.full((4, 2), 0.5), np.zeros((2, 4)))


@pytest.mark.parametrize(("length", "threshold"), [(2**40, math.inf), (40, math.inf), (2**40, 1.3)])
def test_the_algorithms_are_plain_ones(length: int, threshold: float) -> None:
    """Against lists that are summed anew in every round."""
    beta, rng = 0.5, np.random.default_rng(6)
    means = pairs.swaps(T, 3, 0.6)
    uniform = rng.random((2, T))
    arms, restarts = reference.play(means, uniform, beta, length, threshold)
    history: list[tuple[int, float, float]] = []
    drawn = [0, 0]
    for t in range(T):
        late = sum(min(best, 1) - reward for _, reward, best in history)
        again = bool(history) and late > threshold * math.sqrt(len(history))
        assert again == restarts[t]
        history = [] if again else history
        index = []
        for k in (0, 1):
            own = [reward for arm, reward, _ in history[-length:] if arm == k]
            index.append(np.mean(own) + math.sqrt(beta / len(own)) if own else math.inf)
        arm = int(index[1] > index[0])
        assert arm == arms[t]
        reward = float(uniform[arm, drawn[arm]] < means[t, arm])
        drawn[arm] += 1
        history.append((arm, reward, max(index)))
    assert restarts.any() == (threshold < math.inf)


@pytest.mark.parametrize("name", ["ucb", "window", "restarting"])
def test_transformers_play_as_their_algorithms_do(name: str) -> None:
    """With (B, M) = (30, 4096), on several runs, to the last arm and restart."""
    beta, rng = 0.7, np.random.default_rng(7)
    model, length, threshold = {
        "ucb": (policies.ucb(2, beta, T, 30.0, 4096), 2**40, math.inf),
        "window": (policies.sliding_window(2, beta, 30, 4096), 30, math.inf),
        "restarting": (policies.restarting(beta, T, 30.0, 4096, 1.31), 2**40, 1.31),
    }[name]
    net = packing.packed(model, 2 * T + 1)
    for _ in range(20):
        uniform, means = rng.random((2, T)), pairs.swaps(T, 2, 0.7)
        own, again = decoding.play(net, means, uniform)
        exact, expected = reference.play(means, uniform, beta, length, threshold)
        assert own.tolist() == exact.tolist()
        assert again.tolist() == expected.tolist()


def test_pairs_measure_the_difference_of_regrets() -> None:
    """By hand: in two segments of a gap of .5 an arm costs .5 where it is the worse one."""
    means = pairs.swaps(6, 2, 0.5)
    assert means.tolist() == [[0.25, 0.75]] * 3 + [[0.75, 0.25]] * 3
    assert pairs.regret(means, np.array([0, 1, 1, 1, 0, 1])) == pytest.approx(1.5)


@pytest.mark.parametrize(("width", "power"), [(7, -0.5), (64, -0.5), (64, -1.0), (500, 0.5)])
def test_the_chord_error_is_the_largest_on_a_fine_grid(width: int, power: float) -> None:
    q = 2000 ** (1 / width)
    x = np.linspace(1, q, 100_001)
    chord = 1 + (q**power - 1) / (q - 1) * (x - 1)
    expected = np.abs(chord - x**power).max()
    assert perceptrons.chord_error(width, 2000, power) == pytest.approx(expected, rel=1e-6)


def test_interpolation_passes_through_its_places() -> None:
    names = (ONE, POSITION, SQUARE, "x", "y")
    units = perceptrons.power_law("x", "y", 9, 50.0, -0.5, 3.0, 7.0)
    places = np.r_[0.0, 0.5, perceptrons.knots(9, 50.0)]
    stream = np.zeros((places.size, 5))
    stream[:, 0], stream[:, 3] = 1, places
    found = after(perceptrons.layer(names, [], units), stream)[:, 4]
    assert found == pytest.approx([7, 5, *3 * places[2:] ** -0.5], rel=1e-12)


def test_bits_are_binary_digits() -> None:
    names = (ONE, POSITION, SQUARE, "x", *(f"b{m}" for m in range(6)))
    x = np.arange(64.0)
    stream = np.zeros((64, len(names)))
    stream[:, 0], stream[:, 3] = 1, x
    found = after(perceptrons.layer(names, [], perceptrons.bits("x", "b{}".format, 63)), stream)
    assert found[:, 4:] @ 2.0 ** np.arange(6) == pytest.approx(x, abs=0)
    assert set(found[:, 4:].ravel()) == {0, 1}


def test_a_product_is_that_of_its_own_token() -> None:
    names, rng = (ONE, POSITION, SQUARE, "x", "y", "xy"), np.random.default_rng(8)
    stream = np.zeros((30, 6))
    stream[:, 0], stream[:, 1] = 1, np.arange(1, 31)
    stream[:, 3:5] = rng.random((30, 2))
    one = heads.product(names, "x", "y", 1.0, "xy")
    found = after(perceptrons.layer(names, [one]), stream)[:, 5]
    assert found == pytest.approx(stream[:, 3] * stream[:, 4], rel=1e-12)


def test_window_counts_are_exact_at_the_largest_context() -> None:
    found, expected = (
        count(2000, 250, 0) for count in (contexts.window_heads, contexts.window_counts)
    )
    assert np.array_equal(found, expected)
    assert expected.max() > 60


def test_a_head_that_is_off_by_one_is_noticed() -> None:
    words, rewards = contexts.random_context(50, 2, 0.0, 1)
    names = policies.stream(2, ("count0",))
    wrong = [*heads.window(names, 9, {"count0": {"arm0": 1}})[:1]]
    stream = embedded(policies.transformer(names, 2, [], [{}] * 3), words, rewards)
    found = after(perceptrons.layer(names, wrong), stream)[:, -1]
    assert not np.array_equal(found, np.cumsum(words == 1))


@pytest.mark.parametrize(("sparsity", "growth"), [(1.0, 0.0), (0.3, 0.2)])
def test_layers_of_master_are_the_compiled_algorithm(sparsity: float, growth: float) -> None:
    """At every token, where each of both tests fires in some run, and restarts begin anew."""
    c = Constants(0.0, sparsity, 1.0, 0.3, 0.6, 1.1, growth)
    fired = np.zeros(2, int)
    for seed in range(6):
        run = procedure.fair(300, c, seed)
        active, restarts = contexts.master(run, c)
        assert np.array_equal(active, np.eye(9)[run.active])
        assert np.array_equal(restarts, run.first | run.second)
        again = np.flatnonzero(restarts[:-1]) + 1
        assert np.array_equal(np.flatnonzero(run.words == 0), np.r_[0, again])
        fired += run.first.sum(), run.second.sum()
    assert (fired > 0).all()


def test_master_along_a_context_is_master() -> None:
    """On rewards of 0 with an index of 1: then the second test fires at times known by hand.

    The mean of g - R is 1, and 3 t^{-1/2} at most that from the ninth round of a block on.
    """
    c = Constants(0.0, 1.0, 1.0, 0.0, math.inf, 3.0, 0.0)
    last, means = np.array([600]), np.zeros((1, 2))
    _, *fired, _ = master(np.random.default_rng(0), last, means, c._replace(bonus=1e9), False)
    rounds = 1 + 2 + 4 + 8 + 9
    assert fired == [0, 600 // rounds]
    tokens = 600 + 600 // rounds  # the first restart, and all but the last of those that follow
    run = procedure.context(np.zeros(tokens), np.ones(tokens), c, 0)
    assert [run.first.sum(), run.second.sum()] == fired
    assert np.diff(np.flatnonzero(run.words == 0)).tolist() == [1 + rounds] * (600 // rounds - 1)


def test_sizes_count_the_arrays() -> None:
    found = sizes(policies.ucb(2, 1.0, 100, 4.0, 16))
    assert (found.width, found.layers, found.heads, found.hidden) == (15, 1, 3, 2 * (16 + 3))
    # Heads: 1 + 1 + 2 and 1 + 1 + 1; an arm: a constant, a flat piece, 16 pieces, and no pulls.
    assert found.weights == 4 + 2 * 3 + 2 * (2 + 1 + 16 * 3 + 3)
    assert found.norm > policies.UNPULLED


def test_expected_regret_is_that_of_all_reward_sequences() -> None:
    """Three rounds: every arm and reward by recursion; and against runs."""
    table = expectation.ucb_table(0.5, 3)

    def ahead(state: tuple[int, int, int, int]) -> float:
        if state[0] + state[2] == 3:
            return 0.0
        total, arms = 0.0, (int(table[state]), 1 - int(table[state]))
        for arm, chance in zip(arms, (0.9, 0.1), strict=True):
            for reward in (0, 1):
                later = list(state)
                later[2 * arm] += 1
                later[2 * arm + 1] += reward
                part = chance * (0.3, 0.8)[arm] ** reward * (0.7, 0.2)[arm] ** (1 - reward)
                total += part * ((0.5, 0.0)[arm] + ahead(tuple(later)))
        return total

    assert expectation.expected_regret(table, 0.3, 0.8, 0.1) == pytest.approx(ahead((0, 0, 0, 0)))


@pytest.mark.parametrize("name", ["ucb", "transformer"])
def test_expected_regret_is_the_mean_of_runs(name: str) -> None:
    horizon, beta, rng = 24, 0.8, np.random.default_rng(11)
    net = packing.packed(policies.ucb(2, beta, horizon, 1.0, 8), 2 * horizon + 1)
    table = expectation.ucb_table(beta, horizon)
    if name == "transformer":
        table = expectation.transformer_table(net, horizon)
    means, found = np.full((horizon, 2), [0.3, 0.6]), []
    for _ in range(3000):
        uniform = rng.random((2, horizon))
        plays = (
            reference.play(means, uniform, beta, horizon, math.inf)
            if name == "ucb"
            else decoding.play(net, means, uniform)
        )
        found.append(pairs.regret(means, plays[0]))
    expected = expectation.expected_regret(table, 0.3, 0.6, 0.0)
    assert np.mean(found) == pytest.approx(expected, abs=4 * np.std(found) / math.sqrt(3000))


def test_a_table_needs_keys_without_positions() -> None:
    net = packing.packed(policies.sliding_window(2, 1.0, 5, 8), 20)
    with pytest.raises(ValueError, match="one layer, whose keys and values do not read positions"):
        expectation.transformer_table(net, 4)
