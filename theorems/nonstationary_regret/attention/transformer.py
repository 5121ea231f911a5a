"""A decoder: masked attention heads, perceptrons and a residual stream, over a whole context.

At token i of a context, with the hidden states h_1, ..., h_i, a layer computes

    h <- h_i + (1/i) sum_m sum_{j <= i} ReLU(<Q_m h_i, K_m h_j>) V_m h_j + sum_s softmax head s,
    h <- h + W_2 ReLU(W_1 h),

the attention of Lin, Bai and Mei (2024), beside which softmax heads are allowed.  The sum over
tokens is divided by i, not multiplied by a rounded 1/i: sums of whole numbers then stay exact.
"""

from collections.abc import Mapping, Sequence

import attrs
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
Form = Mapping[str, float]
"""A linear form in the coordinates of the stream, by their names."""

ONE, POSITION, SQUARE = "one", "position", "square"
POSITIONAL = ONE, POSITION, SQUARE
"""The first coordinates of every stream: 1, i and i^2 at token i."""
RESTART = "restart"
"""The word of the vocabulary that starts an epoch; the first token of every context."""


@attrs.frozen(eq=False)
class Head:
    """An attention head: query and key (d, D), value (v, D), which is added to `slots` (v,)."""

    query: Array
    key: Array
    value: Array
    slots: Whole
    softmax: bool = False


@attrs.frozen(eq=False)
class Layer:
    """Heads, and a perceptron with first and second weights (H, D) and (D, H); H may be 0."""

    heads: tuple[Head, ...]
    first: Array
    second: Array


@attrs.frozen(eq=False)
class Transformer:
    """Embeddings, layers and a read-out, of a stream whose coordinates have `names` (D,).

    Word w with reward r is embedded as word[w] + r reward[w], each (1 + K, D): word 0 restarts, the
    others are the K arms.  The next word is the first largest logit of readout (1 + K, D).
    """

    names: tuple[str, ...]
    word: Array
    reward: Array
    layers: tuple[Layer, ...]
    readout: Array

    @property
    def arms(self) -> int:
        """The number K of arms."""
        return len(self.word) - 1


def row(names: Sequence[str], form: Form) -> Array:
    """A linear form as a vector (D,)."""
    found = np.zeros(len(names))
    for name, weight in form.items():
        found[names.index(name)] += weight
    return found


def matrix(names: Sequence[str], forms: Sequence[Form]) -> Array:
    """Linear forms as a matrix (len(forms), D)."""
    return np.array([row(names, form) for form in forms]).reshape(len(forms), len(names))


def embedded(model: Transformer, words: Whole, rewards: Array) -> Array:
    """The stream of a context before the first layer, shape (n, D)."""
    place = np.arange(1.0, len(words) + 1)
    stream = model.word[words] + rewards[:, None] * model.reward[words]
    stream[:, :3] += np.stack([np.ones_like(place), place, place**2], axis=1)
    return np.asarray(stream)


def hidden(model: Transformer, words: Whole, rewards: Array) -> Array:
    """The stream of a context after the last layer, shape (n, D)."""
    stream = embedded(model, words, rewards)
    for layer in model.layers:
        stream = after(layer, stream)
    return stream


def logits(model: Transformer, words: Whole, rewards: Array) -> Array:
    """The logits of the next word at every token of a context, shape (n, 1 + K)."""
    return hidden(model, words, rewards) @ model.readout.T


def after(layer: Layer, stream: Array) -> Array:
    """The stream (n, D) after a layer."""
    attended = stream.copy()
    for head in layer.heads:
        attended[:, head.slots] += attention(head, stream)
    return np.asarray(attended + np.maximum(attended @ layer.first.T, 0) @ layer.second.T)


def attention(head: Head, stream: Array) -> Array:
    """What a head adds to its slots at every token, shape (n, v)."""
    score = (stream @ head.query.T) @ (stream @ head.key.T).T
    value = stream @ head.value.T
    if not head.softmax:
        return np.asarray(np.tril(np.maximum(score, 0, out=score)) @ value / stream[:, 1:2])
    score[np.triu_indices(len(score), 1)] = -np.inf
    weight = np.exp(score - score.max(axis=1, keepdims=True))
    return np.asarray(weight @ value / weight.sum(axis=1, keepdims=True))


@attrs.frozen
class Sizes:
    """What a transformer costs: L layers, M heads and H hidden units of the largest one.

    `norm` is the largest over layers of max(|Q_m|, |K_m|), sum_m |V_m| and |W_1| + |W_2|, in the
    operator norm; `weights` counts the entries of layers that are not 0.
    """

    width: int
    layers: int
    heads: int
    hidden: int
    weights: int
    norm: float


def sizes(model: Transformer) -> Sizes:
    """The sizes of a transformer."""
    parts = [
        one
        for layer in model.layers
        for head in layer.heads
        for one in (head.query, head.key, head.value)
    ]
    parts += [one for layer in model.layers for one in (layer.first, layer.second)]
    return Sizes(
        width=len(model.names),
        layers=len(model.layers),
        heads=max(len(layer.heads) for layer in model.layers),
        hidden=max(len(layer.first) for layer in model.layers),
        weights=sum(int(np.count_nonzero(one)) for one in parts),
        norm=max(_norm(layer) for layer in model.layers),
    )


def _norm(layer: Layer) -> float:
    match = [_operator(one) for head in layer.heads for one in (head.query, head.key)]
    value = sum(_operator(head.value) for head in layer.heads)
    return max([*match, value, _operator(layer.first) + _operator(layer.second)])


def _operator(weights: Array) -> float:
    return float(np.linalg.norm(weights, 2)) if weights.size else 0.0
