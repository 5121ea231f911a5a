"""The forward pass token by token, with keys and values kept: what a bandit needs.

Attention is a function of the multiset of the keys and values of a head.  Rows that are equal are
kept once, with their number; so a head that does not look at positions costs the same at every
token.  Nothing is approximated: `transformer.logits` of the whole context is the same.
"""

from typing import NamedTuple

import numpy as np

from theorems.nonstationary_regret.attention.packing import Packed
from theorems.nonstationary_regret.attention.transformer import Array, Whole
from theorems.nonstationary_regret.simulators.compiled import compiled

RECENT = 48
"""Rows, from the last one back, among which an equal one is looked for."""


class Kept(NamedTuple):
    """Keys and values that were seen: (M, n, d), (M, n, v), how often (M, n) and how many (M,)."""

    key: Array
    value: Array
    often: Array
    size: Whole


@compiled
def times(weights: Array, h: Array, found: Array) -> None:
    """A matrix times a vector, into `found`."""
    for a in range(weights.shape[0]):
        total = 0.0
        for b in range(weights.shape[1]):
            total += weights[a, b] * h[b]
        found[a] = total


@compiled
def keep(key: Array, value: Array, often: Array, n: int) -> int:
    """How many rows there are with the n-th of them, which counts for one before that is equal."""
    for j in range(n - 1, max(-1, n - 1 - RECENT), -1):
        same = True
        for a in range(key.shape[1]):
            same = same and key[j, a] == key[n, a]
        for a in range(value.shape[1]):
            same = same and value[j, a] == value[n, a]
        if same:
            often[j] += 1
            return n
    often[n] = 1
    return n + 1


@compiled
def weigh(query: Array, key: Array, often: Array, softmax: int, weight: Array) -> float:
    """The weights of rows by a query, into `weight`, and their sum."""
    top, norm = -np.inf, 0.0
    for j in range(len(weight)):
        score = 0.0
        for a in range(len(query)):
            score += query[a] * key[j, a]
        weight[j] = score
        top = max(top, score)
    for j in range(len(weight)):
        weight[j] = often[j] * (np.exp(weight[j] - top) if softmax else max(weight[j], 0.0))
        norm += weight[j]
    return norm


@compiled
def see(net: Packed, kept: Kept, layer: int, h: Array) -> None:
    """Add the keys and the values of token h to what the heads of a layer have seen."""
    for m in range(net.heads[layer], net.heads[layer + 1]):
        n = kept.size[m]
        times(net.key[m], h, kept.key[m, n])
        times(net.value[m], h, kept.value[m, n])
        kept.size[m] = keep(kept.key[m], kept.value[m], kept.often[m], n)


@compiled
def attend(net: Packed, kept: Kept, layer: int, h: Array, out: Array) -> None:
    """Add to `out` what the heads of a layer give to token h, whose position it has as h[1]."""
    query, weight = np.empty(net.key.shape[1]), np.empty(kept.often.shape[1])
    for m in range(net.heads[layer], net.heads[layer + 1]):
        n, value = kept.size[m], kept.value[m]
        times(net.query[m], h, query)
        norm = weigh(query, kept.key[m], kept.often[m], net.softmax[m], weight[:n])
        for a in range(net.slots.shape[1]):
            if net.slots[m, a] >= 0:
                total = 0.0
                for j in range(n):
                    total += weight[j] * value[j, a]
                out[net.slots[m, a]] += total / (norm if net.softmax[m] else h[1])


@compiled
def activate(net: Packed, g: int, h: Array, out: Array) -> None:
    """Add to `out` what the hidden units of group g give at h."""
    for u in range(net.units[g], net.units[g + 1]):
        x = 0.0
        for k in range(net.first.ends[u], net.first.ends[u + 1]):
            x += net.first.weight[k] * h[net.first.place[k]]
        if x > 0:
            for k in range(net.second.ends[u], net.second.ends[u + 1]):
                out[net.second.place[k]] += net.second.weight[k] * x


@compiled
def perceive(net: Packed, g: int, h: Array, out: Array) -> None:
    """The same, from what is known where the group reads one coordinate with a whole value."""
    x = h[net.reads[g]] if net.reads[g] >= 0 else -1.0
    if x < 0 or x >= net.known.shape[1] or x != np.floor(x):
        activate(net, g, h, out)
        return
    known = net.known[g, int(x)]
    if np.isnan(known[0]):
        known[:] = 0.0
        activate(net, g, h, known)
    for a in range(len(out)):
        out[a] += known[a]


@compiled
def embed(net: Packed, word: int, reward: float, place: int) -> Array:
    """The stream of a word with its reward, the `place`-th token of its context."""
    h: Array = net.word[word] + reward * net.reward[word]
    h[0] += 1.0
    h[1] += place
    h[2] += float(place) * place
    return h


@compiled
def through(net: Packed, kept: Kept, layer: int, h: Array) -> Array:
    """The stream of token h after a layer, of which `kept` has been told."""
    attended = h.copy()
    attend(net, kept, layer, h, attended)
    found = attended.copy()
    for g in range(net.groups[layer], net.groups[layer + 1]):
        perceive(net, g, attended, found)
    return found


@compiled
def last_logits(net: Packed, kept: Kept, word: int, reward: float, place: int) -> Array:
    """The logits after one more token, the `place`-th of its context, shape (1 + K,)."""
    h, found = embed(net, word, reward, place), np.empty(len(net.readout))
    for layer in range(len(net.heads) - 1):
        see(net, kept, layer, h)
        h = through(net, kept, layer, h)
    times(net.readout, h, found)
    return found


@compiled
def empty(net: Packed, tokens: int) -> Kept:
    """Room for the keys and values of a context of so many tokens."""
    M, d, v = len(net.softmax), net.key.shape[1], net.value.shape[1]
    return Kept(
        np.empty((M, tokens, d)),
        np.empty((M, tokens, v)),
        np.empty((M, tokens)),
        np.zeros(M, np.int64),
    )


@compiled
def play(net: Packed, means: Array, uniform: Array) -> tuple[Whole, Whole]:
    """Arms that a transformer plays in context, and restarts before each round, both (T,).

    The n-th pull of arm k has the reward 1 where uniform[k, n] is below its mean of that round;
    means (T, K), uniform (K, T).
    """
    T, K = means.shape
    kept = empty(net, 2 * T + 1)
    arms, restarts, pulls = np.empty(T, np.int64), np.zeros(T, np.int64), np.zeros(K, np.int64)
    # not literals: for each of these numba would compile the whole forward pass once more
    word, reward, place = int(np.int64(0)), 0.0, int(np.int64(1))
    for t in range(T):
        found = last_logits(net, kept, word, reward, place)
        word = int(np.argmax(found))
        if word == 0:
            restarts[t] = 1
            place += 1
            found = last_logits(net, kept, word, 0.0, place)
            word = int(np.argmax(found))
            if word == 0:
                raise ValueError("the transformer restarts twice in a row")
        arm = word - 1
        reward = 1.0 if uniform[arm, pulls[arm]] < means[t, arm] else 0.0
        pulls[arm] += 1
        arms[t] = arm
        place += 1
    return arms, restarts
