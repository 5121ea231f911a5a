"""The numerical value of a bound, constants included."""

from collections.abc import Mapping
from functools import reduce
from typing import TYPE_CHECKING, Any

from verify.algebra.exponent import Exponent
from verify.algebra.expression import (
    Log,
    Max,
    Min,
    Node,
    Number,
    Power,
    Product,
    Sum,
    Symbol,
    base_symbols,
    exponent_symbols,
)
from verify.algebra.refusal import BoundError
from verify.errors import nearest

_UFUNC = {Sum: "add", Product: "multiply", Max: "maximum", Min: "minimum"}

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray


def evaluate(node: Node, values: "Mapping[str, ArrayLike]") -> "NDArray[np.float64]":
    """The value of `node` in float64, of the broadcast shape of `values`.

    Variables are positive numbers; design symbols in exponents are any finite numbers; names that
    do not occur are ignored.  The log is the absolute value of the natural log: 0 at x = 1, and
    positive for a variable that shrinks below 1.  Relative error about 1e-14 up to 1e18; values
    beyond the range of float64 come out as 0 or inf.  Raises `BoundError` for a missing name and
    for a variable that is not positive and finite.
    """
    import numpy as np  # noqa: PLC0415 - numpy is slow to load, and most questions are exact

    variables = base_symbols(node)
    arrays: dict[str, Any] = {}
    for name in sorted(variables | exponent_symbols(node)):
        if name not in values:
            raise BoundError(f"no value for {name!r}", f"given: {nearest(name, values)}")
        array = arrays[name] = np.asarray(values[name], dtype=np.float64)
        valid = np.isfinite(array) & ((array > 0) | (name not in variables))
        if not valid.all():
            raise BoundError(
                f"{name} = {array[~valid].flat[0]}",
                "variables are positive and finite",
            )
    with np.errstate(over="ignore", under="ignore", divide="ignore", invalid="ignore"):
        return np.asarray(_value(node, arrays, np), dtype=np.float64)


def _value(node: Node, values: Mapping[str, Any], np: Any) -> Any:
    match node:
        case Number(value):
            return np.float64(value)
        case Symbol(name):
            return values[name]
        case Log(argument, _):
            return abs(np.log(_value(argument, values, np)))
        case Power(base, exponent):
            return np.power(_value(base, values, np), _exponent(exponent, values, np))
        case Sum(parts) | Product(parts) | Max(parts) | Min(parts):
            return reduce(getattr(np, _UFUNC[type(node)]), (_value(p, values, np) for p in parts))


def _exponent(exponent: Exponent, values: Mapping[str, Any], np: Any) -> Any:
    value = exponent.evaluate(values)
    if not np.all(np.isfinite(value)):
        raise BoundError(f"the exponent {exponent} is undefined here", "choose another value")
    return value
