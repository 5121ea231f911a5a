"""What runs leave on disk: measured blocks, and counterexamples; nothing is found twice."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from math import prod
from pathlib import Path
from sqlite3 import SQLITE_BUSY, SQLITE_LOCKED
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from verify.errors import StoreError
from verify.sampling.block import Block, canonical
from verify.sampling.source import source_digest
from verify.spec.known import Known
from verify.spec.measure import qualified_name

APPLICATION, VERSION = 0x76726679, 1
SCHEMA = """
CREATE TABLE IF NOT EXISTS block (
    key BLOB PRIMARY KEY, measure TEXT NOT NULL, variables TEXT NOT NULL, number INTEGER NOT NULL,
    seed TEXT NOT NULL, source TEXT NOT NULL, replicates BLOB NOT NULL, checksum BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS counterexample (
    theorem TEXT NOT NULL, claim TEXT NOT NULL, control TEXT NOT NULL,
    instance TEXT NOT NULL, choices BLOB NOT NULL, PRIMARY KEY (theorem, claim, control)
) WITHOUT ROWID;
"""


class Store:
    """A SQLite file of blocks, keyed by measure, variables, index, seed and source; never by spec.

    Beside them it has counterexamples, by the ids of theorem, claim and control ("" for the claim's
    own), as data and as Hypothesis' choices.  All is committed as it is saved.  A file without a
    table gets it.  Raises StoreError for a file that is damaged, locked, read-only, or not a store.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._reported():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, isolation_level=None, timeout=30)
            self._check()
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")
            self._connection.execute(f"PRAGMA application_id={APPLICATION}")
            self._connection.execute(f"PRAGMA user_version={VERSION}")
            self._connection.executescript(SCHEMA)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def load(self, block: Block) -> NDArray[np.float64] | None:
        """The replicates of a block, of its shape, if they were measured by the same code."""
        with self._reported():
            row = self._connection.execute(
                "SELECT replicates, checksum FROM block WHERE key = ?", (_key(block),)
            ).fetchone()
        if row is None:
            return None
        content = row[0] if isinstance(row[0], bytes) else b""
        if _checksum(content) != row[1] or len(content) != 8 * prod(block.shape):
            raise StoreError(self._message(f"a block of {block.cell.label} is damaged"))
        return np.frombuffer(content, "<f8").reshape(block.shape)

    def save(self, block: Block, replicates: NDArray[np.float64]) -> None:
        """Keep the replicates of a block."""
        measure, content = block.cell.measure, replicates.astype("<f8").tobytes()
        row = (
            *(_key(block), qualified_name(measure), canonical(block.cell), block.index),
            *(str(block.seed), source_digest(measure), content, _checksum(content)),
        )
        with self._reported():
            self._connection.execute("REPLACE INTO block VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)

    def known(self, theorem: str) -> dict[str, dict[str, Known]]:
        """The counterexamples of a theorem, by claim and control."""
        found: dict[str, dict[str, Known]] = {}
        with self._reported():
            rows = self._connection.execute(
                "SELECT claim, control, instance, choices FROM counterexample WHERE theorem = ?",
                (theorem,),
            ).fetchall()
        for claim, control, text, choices in rows:
            if not isinstance(text, str) or not isinstance(choices, bytes):
                raise StoreError(self._message(f"a counterexample of {claim} is damaged"))
            found.setdefault(claim, {})[control] = Known(text, choices)
        return found

    def keep(self, theorem: str, claim: str, control: str, known: Known | None) -> None:
        """Keep a counterexample instead of the one that is known; none, where it is no longer."""
        key = (theorem, claim, control)
        with self._reported():
            if known is None:
                self._connection.execute(
                    "DELETE FROM counterexample WHERE (theorem, claim, control) = (?, ?, ?)", key
                )
            else:
                row = (*key, known.text, known.choices)
                self._connection.execute("REPLACE INTO counterexample VALUES (?, ?, ?, ?, ?)", row)

    def _check(self) -> None:
        """Refuse a file that something else wrote."""
        tables = self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        owner = self._connection.execute("PRAGMA application_id").fetchone()[0]
        version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if tables and (owner, version) != (APPLICATION, VERSION):
            raise StoreError(self._message("it is not a store of this version"))

    @contextmanager
    def _reported(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            busy = getattr(error, "sqlite_errorcode", None) in (SQLITE_BUSY, SQLITE_LOCKED)
            raise StoreError(self._message(str(error), busy=busy)) from error

    def _message(self, problem: str, *, busy: bool = False) -> str:
        way_out = "Wait for the other run" if busy else "Move the file away to start a new one"
        return (
            f"the store {self.path} cannot be used: {problem}. {way_out}, "
            "or name another with store = PATH under [verify] in setup.cfg"
        )


def _checksum(content: bytes) -> bytes:
    return blake2b(content, digest_size=8).digest()


def _key(block: Block) -> bytes:
    measure = block.cell.measure
    parts = (qualified_name(measure), canonical(block.cell), block.index, block.seed)
    identity = "|".join(map(str, (*parts, source_digest(measure))))
    return blake2b(identity.encode(), digest_size=16).digest()
