"""The value of a residual at an instance, in doubles or in mpmath's numbers."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from typing import Any

import attrs
import numpy as np

from verify.errors import InputError
from verify.spec.declaration import shown
from verify.spec.measure import Measure

GUARD = 15
"""Decimal digits beyond the stated ones, in which a residual is computed."""

FEWEST = 30
"""Decimal digits that hold every instance exactly: a double has 17, a whole number 19."""

LARGEST = 1e308


@attrs.frozen
class Reading:
    """What a residual is at an instance.

    `size` is its largest absolute value over its scale, and in balls the largest one that the
    enclosure allows; `text` its value; `zero` whether it vanishes, None where that is undecided.
    """

    size: float
    text: str
    zero: bool | None


def in_floats(residual: Measure, data: Mapping[str, Any], digits: int) -> Reading:
    """The residual in doubles; InputError where it raises or is not a set of finite numbers."""
    with np.errstate(all="ignore"):  # what is not finite is refused below
        value, scale = _parts(called(residual, exactly(dict(data), lambda one: one)))
    try:
        found = np.asarray(value)
        if found.dtype.kind == "O":  # whole numbers beyond 64 bits, fractions
            found = found.astype(float)
        sizes = np.abs(found).astype(float).ravel()
        unit = float(scale)
    except (TypeError, ValueError, OverflowError):
        raise InputError(_refused(residual, (value, scale))) from None
    if found.dtype.kind not in "iufc" or not found.size or not np.isfinite(sizes).all():
        raise InputError(_refused(residual, value))
    most = int(sizes.argmax())
    size = _over(residual, float(sizes[most]), unit)
    return Reading(min(size, LARGEST), f"{found.ravel()[most]:.6g}", size <= 10.0**-digits)


def in_mpmath(
    residual: Measure, data: Mapping[str, Any], digits: int, strict: int | None = None
) -> Reading:
    """The residual in mpmath, compared at `digits` and computed with some more.

    Every number of an instance is handed over exactly, as an `mpf`.  `strict` asks for so many
    digits, and that no number is made a double on the way.  Raises InputError where the residual
    raises, or is not a set of finite numbers of mpmath.
    """
    import mpmath  # noqa: PLC0415 - slow to load

    with mpmath.workdps(strict or max(digits + GUARD, FEWEST)):
        with _without_doubles() if strict else nullcontext():
            value, scale = _parts(called(residual, exactly(dict(data), mpmath.mpf)))
        found = list(_flat(value))
        kinds = mpmath.mpf, mpmath.mpc, int
        if not found or not all(isinstance(one, kinds) for one in (*found, scale)):
            raise InputError(_refused(residual, (value, scale), "mpmath's numbers"))
        if not all(mpmath.isfinite(one) for one in (*found, scale)):
            raise InputError(_refused(residual, value))
        most = max(found, key=abs)
        size = _over(residual, abs(most), scale)
        text = mpmath.nstr(most, 6)
        return Reading(float(min(size, LARGEST)), text, bool(size <= mpmath.mpf(10) ** -digits))


@contextmanager
def _without_doubles() -> Iterator[None]:
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


def called(residual: Measure, data: dict[str, Any]) -> Any:
    """What the residual returns; InputError for whatever it raises."""
    try:
        return residual(**data)
    except Exception as error:  # whatever a user's function raises
        raise InputError(f"{residual.__name__} raised {type(error).__name__}: {error}") from None


def _parts(result: Any) -> tuple[Any, Any]:
    """The residual and its scale, which is 1 where none is returned beside it."""
    if isinstance(result, tuple) and len(result) == 2:
        return result
    return result, 1


def _flat(value: Any) -> Iterator[Any]:
    """The numbers of a list, an array or a matrix, or the number that it is."""
    import mpmath  # noqa: PLC0415 - slow to load

    many = list | tuple | mpmath.matrix
    if isinstance(value, many) or (isinstance(value, np.ndarray) and value.ndim):
        for one in value:
            yield from _flat(one)
    else:
        yield value


def _over(residual: Measure, size: Any, scale: Any) -> Any:
    """The size relative to the scale; 0 over 0 is 0."""
    if size == 0 == scale:
        return size
    if isinstance(scale, complex) or not 0 < scale < float("inf"):
        found = f"the scale {shown(scale)}"
        raise InputError(f"{residual.__name__} returned {found}; expected a positive number")
    return size / scale


def _refused(residual: Measure, value: Any, expected: str = "finite numbers") -> str:
    return f"{residual.__name__} returned {shown(value)}; expected {expected}, or them and a scale"
