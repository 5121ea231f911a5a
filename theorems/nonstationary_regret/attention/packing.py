"""The arrays of a transformer as compiled kernels read them: padded heads, sparse perceptrons."""

from typing import NamedTuple

import numpy as np

from theorems.nonstationary_regret.attention.transformer import (
    Array,
    Layer,
    Transformer,
    Whole,
)


class Sparse(NamedTuple):
    """The entries of a matrix: row u has weight[k] in column place[k], from ends[u] on."""

    ends: Whole
    place: Whole
    weight: Array


class Packed(NamedTuple):
    """The arrays of a transformer, padded or sparse, as the kernels read them.

    Head m of all M has query[m], key[m] (d, D) and value[m] (v, D), written to slots[m] (-1: none);
    layer l has the heads from heads[l] to heads[l + 1], and its groups of hidden units likewise.
    Group g has the units from units[g] to units[g + 1]; where `reads[g]` is a coordinate they read
    that one and 1 alone, and `known[g]` keeps what they give at its whole values.
    """

    word: Array
    reward: Array
    readout: Array
    heads: Whole
    softmax: Whole
    query: Array
    key: Array
    value: Array
    slots: Whole
    groups: Whole
    units: Whole
    reads: Whole
    first: Sparse
    second: Sparse
    known: Array


def packed(model: Transformer, tokens: int) -> Packed:
    """A transformer as arrays for the kernels, for contexts of up to so many tokens."""
    heads = [head for layer in model.layers for head in layer.heads]
    slots = [np.add(head.slots, 1.0)[:, None] for head in heads]
    groups = [_groups(layer) for layer in model.layers]
    flat = [group for one in groups for group in one]
    offsets = np.cumsum([0, *(len(layer.first) for layer in model.layers)])
    order = [
        u + start for one, start in zip(groups, offsets, strict=False) for _, us in one for u in us
    ]
    first = np.concatenate([layer.first for layer in model.layers])
    second = np.concatenate([layer.second.T for layer in model.layers])
    return Packed(
        word=model.word,
        reward=model.reward,
        readout=model.readout,
        heads=_ends([len(layer.heads) for layer in model.layers]),
        softmax=np.array([head.softmax for head in heads], dtype=np.int64),
        query=_padded([head.query for head in heads]),
        key=_padded([head.key for head in heads]),
        value=_padded([head.value for head in heads]),
        slots=_padded(slots)[..., 0].astype(np.int64) - 1,
        groups=_ends([len(one) for one in groups]),
        units=_ends([len(us) for _, us in flat]),
        reads=np.array([slot for slot, _ in flat], dtype=np.int64),
        first=_sparse(first[order]),
        second=_sparse(second[order]),
        known=np.full((len(flat), tokens + 1, len(model.names)), np.nan),
    )


def _groups(layer: Layer) -> list[tuple[int, list[int]]]:
    """The hidden units of a layer by the one coordinate that they read beside 1; -1: by several."""
    found: dict[int, list[int]] = {}
    for unit, weights in enumerate(layer.first):
        slots = [slot for slot in np.flatnonzero(weights).tolist() if slot != 0]
        found.setdefault(slots[0] if len(slots) == 1 else -1, []).append(unit)
    return list(found.items())


def _ends(counts: list[int]) -> Whole:
    return np.cumsum([0, *counts]).astype(np.int64)


def _padded(parts: list[Array]) -> Array:
    """Matrices (n, D) with different n as one array, 0 where there is none."""
    found = np.zeros((len(parts), max(map(len, parts)), parts[0].shape[1]))
    for one, part in zip(found, parts, strict=True):
        one[: len(part)] = part
    return found


def _sparse(matrix: Array) -> Sparse:
    unit, index = np.nonzero(matrix)
    ends = np.cumsum([0, *np.bincount(unit, minlength=len(matrix))])
    return Sparse(ends.astype(np.int64), index.astype(np.int64), matrix[unit, index])
