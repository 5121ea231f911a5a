"""An instance that refutes a claim, as data."""

from typing import Any

import msgspec

from verify.spec.known import Known


class Counterexample(msgspec.Struct, frozen=True, kw_only=True):
    """An instance on which a claim fails: data by the names of the arguments.

    `confirmed` says whether a higher precision agrees, None where none could be tried, and `check`
    how it was tried.  `code` is Python that computes it again.  `choices` are Hypothesis' own, from
    which the claim's strategies draw it again; empty where they did not.  `replayed` says that an
    earlier run found it, and the draws of this one alone do not refute.  Each kind of claim adds
    what it found there.
    """

    instance: dict[str, Any]
    confirmed: bool | None
    check: str
    code: str
    choices: bytes = b""
    replayed: bool = False

    @property
    def known(self) -> Known:
        """What the next run needs of it."""
        return Known.of(self.instance, self.choices)
