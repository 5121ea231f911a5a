"""The value of a residual at an instance, in doubles or in mpmath's numbers."""

from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any

import numpy as np

from verify.claims.exact.arithmetic import (
    FEWEST,
    GUARD,
    LARGEST,
    as_it_is,
    called,
    in_doubles,
    numbers_of,
    without_doubles,
)
from verify.claims.exact.reading import Reading
from verify.errors import InputError
from verify.spec.declaration import shown
from verify.spec.measure import Measure


def in_floats(residual: Measure, data: Mapping[str, Any], digits: int) -> Reading:
    """The residual in doubles; InputError where it raises or is not a set of finite numbers."""
    with np.errstate(all="ignore"):  # what is not finite is refused below
        value, scale = _parts(called(residual, data, as_it_is))
    found = in_doubles(value)
    if found is None:
        raise InputError(_refused(residual, value))
    try:
        unit = float(scale)
    except (TypeError, ValueError, OverflowError):
        raise InputError(_refused(residual, (value, scale))) from None
    sizes = np.abs(found).astype(float).ravel()
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
        with without_doubles() if strict else nullcontext():
            value, scale = _parts(called(residual, data, mpmath.mpf))
        found = list(numbers_of(value))
        kinds = mpmath.mpf, mpmath.mpc, int
        if not found or not all(isinstance(one, kinds) for one in (*found, scale)):
            raise InputError(_refused(residual, (value, scale), "mpmath's numbers"))
        if not all(mpmath.isfinite(one) for one in (*found, scale)):
            raise InputError(_refused(residual, value))
        most = max(found, key=abs)
        size = _over(residual, abs(most), scale)
        text = mpmath.nstr(most, 6)
        return Reading(float(min(size, LARGEST)), text, bool(size <= mpmath.mpf(10) ** -digits))


def _parts(result: Any) -> tuple[Any, Any]:
    """The residual and its scale, which is 1 where none is returned beside it."""
    if isinstance(result, tuple) and len(result) == 2:
        return result
    return result, 1


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
