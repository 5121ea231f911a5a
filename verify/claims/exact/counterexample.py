"""An instance that refutes a claim, as data."""

from typing import Any

import msgspec


class Counterexample(msgspec.Struct, frozen=True, kw_only=True):
    """An instance on which a claim fails: data by the names of the arguments.

    `confirmed` says whether a higher precision agrees, None where none could be tried, and `check`
    how it was tried.  `code` is Python that computes it again.  Each kind of claim adds what it
    found there.
    """

    instance: dict[str, Any]
    confirmed: bool | None
    check: str
    code: str
