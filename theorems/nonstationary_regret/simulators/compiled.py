"""Compilation of kernels: once for each machine where a cache can be written, else anew.

A kernel calls others, of whose changes numba's cache knows nothing if they stand in another file;
so the cache has a folder of its own for each state of the package's source.
"""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

from numba import njit
from numba.core import config

F = TypeVar("F", bound=Callable[..., Any])


def state(package: Path) -> str:
    """A name for what the Python files of a package contain."""
    files = sorted(package.rglob("*.py"))
    return sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:16]


def cache_of(package: Path, chosen: str) -> str:
    """The folder of the cache: in the one that the user chose, or beside the compiled modules."""
    return str((Path(chosen) if chosen else package / "__pycache__") / state(package))


SETTINGS = vars(config)  # a module that numba fills when it is imported
FOLDER = cache_of(Path(__file__).parents[1], SETTINGS["CACHE_DIR"])


def compiled(function: F) -> F:
    """The function compiled by numba at its first call, and kept on disk if that is possible."""
    SETTINGS["CACHE_DIR"] = FOLDER  # numba reads its settings anew when the environment changes
    try:
        return cast("F", njit(cache=True)(function))
    except RuntimeError:  # no place where a cache may be written
        return cast("F", njit(function))
