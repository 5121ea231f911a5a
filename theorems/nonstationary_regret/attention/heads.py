"""Attention heads with weights set by hand: windows, epochs, products, means.

A ReLU head divides by i, so that scores carry a factor i where a sum is wanted and not a mean.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from theorems.nonstationary_regret.attention.transformer import (
    ONE,
    POSITION,
    SQUARE,
    Form,
    Head,
    matrix,
)

Names = Sequence[str]
Values = Mapping[str, Form]
"""For each slot that a head writes to, the linear form of h_j that it reads."""


def head(
    names: Names,
    score: Sequence[tuple[Form, Form]],
    values: Values,
    *,
    sign: float = 1,
    softmax: bool = False,
) -> Head:
    """The head whose score is the sum of products of a form of h_i and a form of h_j."""
    return Head(
        query=matrix(names, [one for one, _ in score]),
        key=matrix(names, [other for _, other in score]),
        value=sign * matrix(names, list(values.values())),
        slots=np.array([names.index(slot) for slot in values]),
        softmax=softmax,
    )


def total(names: Names, values: Values, times: Form | None = None) -> Head:
    """Sums over all tokens so far; with `times` i, their i-fold."""
    return head(names, [({POSITION: 1} if times is None else times, {ONE: 1})], values)


def window(names: Names, length: float, values: Values) -> list[Head]:
    """Sums over the last `length` tokens, exactly: i (j - i + W)_+ - i (j - i + W - 1)_+."""
    return [
        head(
            names,
            [({SQUARE: -1, POSITION: length - late}, {ONE: 1}), ({POSITION: 1}, {POSITION: 1})],
            values,
            sign=1 - 2 * late,
        )
        for late in (0, 1)
    ]


def numbers(names: Names, number: str, scaled: str, begins: Form) -> list[Head]:
    """The number n_i of epochs that have begun, where `begins` is 1, and i n_i; for `epoch`."""
    return [total(names, {number: begins}), total(names, {scaled: begins}, {SQUARE: 1})]


def epoch(names: Names, number: str, scaled: str, values: Values) -> Head:
    """Sums over the tokens of the running epoch: i (n_j - n_i + 1)_+, as n_j <= n_i are whole.

    Of n_i in the coordinate `number` and i n_i in `scaled`.
    """
    score: list[tuple[Form, Form]] = [
        ({POSITION: 1, scaled: -1}, {ONE: 1}),
        ({POSITION: 1}, {number: 1}),
    ]
    return head(names, score, values)


def product(names: Names, one: str, other: str, largest: float, slot: str) -> Head:
    """The product of two coordinates of a token, both at least 0 and the product at most `largest`.

    The score x_i y_j - largest (i - j) is positive at j = i alone; the value there is i.
    """
    score: list[tuple[Form, Form]] = [
        ({one: 1}, {other: 1}),
        ({POSITION: -largest}, {ONE: 1}),
        ({ONE: largest}, {POSITION: 1}),
    ]
    return head(names, score, {slot: {POSITION: 1}})


def mean(names: Names, key: Form, sharpness: float, values: Values) -> Head:
    """Means over the tokens with the largest `key`, by softmax: one less weighs exp(-sharpness)."""
    return head(names, [({ONE: sharpness}, key)], values, softmax=True)
