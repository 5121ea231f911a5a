"""Compilation of kernels: once for each machine where a cache can be written, else anew."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """The function compiled by numba at its first call, and kept on disk if that is possible."""
    try:
        return cast("F", njit(cache=True)(function))
    except RuntimeError:  # no place where a cache may be written
        return cast("F", njit(function))
