"""The names of runs: a column of texts or numbers, told apart by what they look like in writing."""

from collections.abc import Callable, Iterable
from typing import Any

import attrs
import numpy as np

from verify.judging.table import Array, fault
from verify.spec.declaration import shown

NAMELESS = {"None", "nan", "NaN", "NaT", "<NA>"}
"""How entries that stand for nothing are written."""
EXPECTED = "the name of a run"


@attrs.frozen
class Names:
    """The names seen so far, each with its number: they are numbered as they come."""

    known: dict[str, int] = attrs.field(factory=dict)

    def number(self, text: str) -> int:
        """The number of the name `text`; ValueError if it is blank."""
        name = text.strip()
        if not name:
            raise ValueError
        return self.known.setdefault(name, len(self.known))

    def numbers(self, entries: Iterable[Any], place: Callable[[int], str]) -> Array:
        """The numbers of a column of `entries`; InputError at the `place` of one without a name."""
        found = []
        for row, entry in enumerate(entries):
            text = str(entry)
            try:
                found.append(self.number("" if _is_missing(entry, text) else text))
            except ValueError:
                raise fault("no-name", place(row), shown(entry), EXPECTED) from None
        return np.array(found, dtype=np.float64)


def _is_missing(entry: Any, text: str) -> bool:
    return not isinstance(entry, str) and text in NAMELESS
