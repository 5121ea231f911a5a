"""The calling convention of the functions that a theorem hands over.

An argument `rng` means that the function is random; without it the function is exact and is
evaluated once.  `size` means that it returns that many replicates at once.  All other arguments
are variables of the theorem, by name.  A run that is read at K places gets a variable that is swept
as its K values, and a replicate of it is K numbers.  With a reduction of variance (declared as in
`verify.spec.reduction`) it is some numbers at each place.
"""

import inspect
import sys
from collections.abc import Callable
from functools import lru_cache
from numbers import Integral
from pathlib import Path
from typing import Any

import attrs

from verify.errors import InputError
from verify.spec.instance import Instance
from verify.spec.reduction import reduction_of

RANDOM, SIZE = "rng", "size"

Measure = Callable[..., Any]


@attrs.frozen
class Convention:
    """How a measure wants to be called."""

    random: bool
    sized: bool
    required: frozenset[str]
    variables: frozenset[str]


def convention(measure: Measure) -> Convention:
    """Read the calling convention off the signature of `measure`."""
    parameters = inspect.signature(measure).parameters.values()
    own = [p for p in parameters if p.name not in (RANDOM, SIZE)]
    names = {p.name for p in parameters}
    required = frozenset(p.name for p in own if p.default is p.empty)
    return Convention(
        random=RANDOM in names,
        sized=SIZE in names,
        required=required,
        variables=frozenset(p.name for p in own),
    )


def importable(measure: Measure) -> bool:
    """Whether another process can import `measure` by its name, from a file."""
    module = sys.modules.get(getattr(measure, "__module__", None) or "")
    name = getattr(measure, "__qualname__", "")
    file = getattr(module, "__file__", None) or ""
    return file.endswith(".py") and getattr(module, name, None) is measure


@lru_cache(maxsize=1024)
def qualified_name(measure: Measure) -> str:
    """The name of a measure; a script has the name that its file has when given by path."""
    return f"{home(measure)[0]}.{measure.__qualname__}"


def home(measure: Measure) -> tuple[str, Path]:
    """The module and the file in which a measure is defined.

    Raises InputError for a function that was typed in and stands in no file.
    """
    module = measure.__module__
    file = getattr(sys.modules.get(module), "__file__", None)
    if file is None:
        raise InputError(
            f"{measure.__qualname__} is not defined in a file; put the theorem into one, so that "
            "other processes can import it and its source can be told from a changed one"
        )
    path = Path(file)
    return (path.stem if module == "__main__" else module), path


@attrs.frozen(cache_hash=True)
class Cell:
    """One measure at one setting of the variables: the unit that is sampled and stored.

    Where one run is read at K places, a variable that is swept has a tuple of K values.  What was
    drawn is an `Instance`.
    """

    measure: Measure
    at: tuple[tuple[str, Any], ...]

    @property
    def places(self) -> tuple[int, ...]:
        """(K,) where a run is read at K places, else ()."""
        return next(((len(value),) for _, value in self.at if isinstance(value, tuple)), ())

    @property
    def row(self) -> tuple[int, ...]:
        """The shape of one replicate: its places, then the columns of a reduction of variance."""
        return (*self.places, *reduction_of(self.measure).columns)

    def described(self, shape: tuple[int, ...]) -> str:
        """A shape of its replicates, and what their columns are where they have some."""
        contents = reduction_of(self.measure).contents
        if not self.row:
            return str(shape) if shape else contents
        return f"{shape}, {contents}{' for each place of the sweep' if self.places else ''}"

    @property
    def label(self) -> str:
        """As an error or a progress line names it: `error(d=1, n=512)`, `walk(n=[8 .. 512])`."""
        return f"{self.measure.__name__}({', '.join(f'{k}={_short(v)}' for k, v in self.at)})"


def cell(measure: Measure, at: dict[str, Any]) -> Cell:
    """The cell of `measure` at the variables `at`, in a canonical order, as Python's numbers."""
    return Cell(measure, tuple(sorted((name, _plain(value)) for name, value in at.items())))


def _short(value: Any) -> str:
    return f"[{value[0]} .. {value[-1]}]" if isinstance(value, tuple) else str(value)


def _plain(value: Any) -> Any:
    """Equal numbers as one: an int wherever the value is whole and exact."""
    if isinstance(value, Instance):
        return value
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    whole = isinstance(value, Integral) or (float(value).is_integer() and abs(value) < 2**53)
    return int(value) if whole else float(value)
