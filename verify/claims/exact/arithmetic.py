"""Functions of a user on instances, in doubles, in mpmath's numbers or in balls."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verify.claims.exact.limited import OverdueError, limited
from verify.errors import InputError
from verify.spec.measure import Measure

ARITHMETICS = "float", "mpmath", "ball"

GUARD = 15
"""Decimal digits beyond the stated ones, in which a value is computed."""

FEWEST = 30
"""Decimal digits that hold every instance exactly: a double has 17, a whole number 19."""

LARGEST = 1e308

SECONDS = 60.0
"""Time for a function on one instance."""

MOST_DIGITS = {"float": 15, "mpmath": 1000}
"""A double has not quite 16 digits; of more than 1,000 the time is no longer that of a test."""


def called(function: Measure, data: Mapping[str, Any], number: Any) -> Any:
    """What a function returns at an instance whose numbers are made by `number`.

    Raises InputError for whatever it raises, with the first line of what it says, and where it
    takes longer than `SECONDS`.
    """
    try:
        with limited(SECONDS):
            return function(**exactly(dict(data), number))
    except OverdueError:
        raise InputError(f"{function.__name__} was stopped after {SECONDS:g} s") from None
    except Exception as error:  # whatever a user's function raises
        first, _, _ = str(error).partition("\n")
        said = f"{function.__name__} raised {type(error).__name__}: {first}"
        raise InputError(said) from None


def exactly(value: Any, number: Any) -> Any:
    """The data with each integer and each double as a number of another arithmetic, made anew."""
    match value:
        case int() | float() if not isinstance(value, bool):
            return number(value)
        case list():
            return [exactly(one, number) for one in value]
        case dict():
            return {key: exactly(one, number) for key, one in value.items()}
    return value


def number_of(arithmetic: str) -> Any:
    """What makes a number of an arithmetic of one of an instance."""
    if arithmetic == "mpmath":
        import mpmath  # noqa: PLC0415 - slow to load

        return mpmath.mpf
    return import_module("flint").arb if arithmetic == "ball" else as_it_is


def as_it_is(value: Any) -> Any:
    """A number of an instance in doubles: itself."""
    return value


def in_doubles(value: Any) -> NDArray[Any] | None:
    """A number or an array as doubles (or complex ones); None where it is none, or not finite."""
    try:
        found = np.asarray(value)
        if found.dtype.kind == "O":  # whole numbers beyond 64 bits, fractions
            found = found.astype(float)
    except (TypeError, ValueError, OverflowError):
        return None
    if found.dtype.kind not in "iufc" or not found.size or not np.isfinite(found).all():
        return None
    return found


def numbers_of(value: Any) -> Iterator[Any]:
    """The numbers of a list, an array or a matrix of mpmath, or the number that it is."""
    import mpmath  # noqa: PLC0415 - slow to load

    many = list | tuple | mpmath.matrix
    if isinstance(value, many) or (isinstance(value, np.ndarray) and value.ndim):
        for one in value:
            yield from numbers_of(one)
    else:
        yield value


@contextmanager
def without_doubles() -> Iterator[None]:
    """Within it a number of mpmath that is made a double raises TypeError.

    `math.sin` and its kind do that silently, and the digits of what they return are not there.
    """
    import mpmath  # noqa: PLC0415 - slow to load

    def refuse(_: Any) -> Any:
        raise TypeError("a number of mpmath was made a double")

    real, complex_ = mpmath.mp.mpf, mpmath.mp.mpc
    real.__float__ = complex_.__complex__ = real.__complex__ = refuse
    try:
        yield
    finally:
        del real.__float__, complex_.__complex__, real.__complex__
