"""What runs leave on disk: measured blocks, and counterexamples; nothing is found twice."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from math import prod
from pathlib import Path
from sqlite3 import SQLITE_BUSY, SQLITE_FULL, SQLITE_IOERR, SQLITE_LOCKED, SQLITE_READONLY
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from verify.errors import StoreError
from verify.sampling.block import Block, canonical
from verify.sampling.source import digest_as_loaded
from verify.spec.known import Known
from verify.spec.measure import qualified_name

APPLICATION, VERSION = 0x76726679, 1
SCHEMA = """
CREATE TABLE IF NOT EXISTS block (
    key BLOB PRIMARY KEY, measure TEXT NOT NULL, variables TEXT NOT NULL, number INTEGER NOT NULL,
    seed TEXT NOT NULL, source TEXT NOT NULL, replicates BLOB NOT NULL, checksum BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS counterexample (
    theorem TEXT NOT NULL, claim TEXT NOT NULL, control TEXT NOT NULL,
    instance TEXT NOT NULL, choices BLOB NOT NULL, PRIMARY KEY (theorem, claim, control)
) WITHOUT ROWID;
"""
MOVE_AWAY = "Move the file away to start a new one"
WAYS_OUT = {
    SQLITE_BUSY: "Wait for the other run",
    SQLITE_LOCKED: "Wait for the other run",
    SQLITE_FULL: "Make room and repeat the command, for what was measured is kept",
    SQLITE_IOERR: "Make room and repeat the command, for what was measured is kept",
    SQLITE_READONLY: "Make the file and its folder writable",
}
"""What to do about a store that is sound, by the primary code of SQLite's error."""


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
            if self._is_new():
                self._connection.execute("PRAGMA journal_mode=WAL")
                self._connection.execute(f"PRAGMA application_id={APPLICATION}")
                self._connection.execute(f"PRAGMA user_version={VERSION}")
            self._connection.execute("PRAGMA synchronous=NORMAL")
            self._connection.executescript(SCHEMA)
            self._alone = self._version()

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
        found = self.replicates(row[0], row[1], block.cell.label)
        if len(found) != prod(block.shape):
            raise StoreError(self._message(f"a block of {block.cell.label} is damaged"))
        return found.reshape(block.shape)

    def replicates(self, content: Any, checksum: Any, label: str) -> NDArray[np.float64]:
        """The numbers of a row of the table, of the cell called `label`, one after the other."""
        if not isinstance(content, bytes) or _checksum(content) != checksum or len(content) % 8:
            raise StoreError(self._message(f"a block of {label} is damaged"))
        return np.frombuffer(content, "<f8")

    def variables(self, text: Any, measure: str) -> dict[str, Any]:
        """The variables of a row of the table, by name, as `canonical` wrote them."""
        try:
            found = json.loads(text)
        except (TypeError, ValueError):
            found = None
        if not isinstance(found, dict):
            raise StoreError(self._message(f"the variables of a block of {measure} are damaged"))
        return found

    def save(self, block: Block, replicates: NDArray[np.float64]) -> None:
        """Keep the replicates of a block."""
        self.save_all([(block, replicates)])

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

    def save_all(self, blocks: Iterable[tuple[Block, NDArray[np.float64]]]) -> None:
        """Keep the replicates of some blocks: all of them, or none if that fails."""
        rows = [_row(block, replicates) for block, replicates in blocks]
        with self._reported():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._connection.executemany(
                    "REPLACE INTO block VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows
                )
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def shared(self) -> bool:
        """Whether another run has written since this one opened the store."""
        with self._reported():
            return self._version() != self._alone

    def _version(self) -> int:
        """A number that changes when another connection commits."""
        found: int = self._connection.execute("PRAGMA data_version").fetchone()[0]
        return found

    def query(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows that an SQL statement on the tables gives."""
        return list(self.stream(sql, values))

    def stream(self, sql: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The same rows, one by one: for more than memory holds."""
        with self._reported():
            yield from self._connection.execute(sql, values)

    def _is_new(self) -> bool:
        """Whether the file is empty; refuse one that something else wrote."""
        tables = self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        owner = self._connection.execute("PRAGMA application_id").fetchone()[0]
        version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if tables and (owner, version) != (APPLICATION, VERSION):
            raise StoreError(self._message("it is not a store of this version"))
        return not tables

    @contextmanager
    def _reported(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            raise StoreError(self._message(str(error), WAYS_OUT.get(code, MOVE_AWAY))) from error

    def _message(self, problem: str, way_out: str = MOVE_AWAY) -> str:
        return (
            f"the store {self.path} cannot be used: {problem}. {way_out}, "
            "or name another with store = PATH under [verify] in setup.cfg"
        )


def _row(block: Block, replicates: NDArray[np.float64]) -> tuple[Any, ...]:
    measure, content = block.cell.measure, replicates.astype("<f8").tobytes()
    return (
        *(_key(block), qualified_name(measure), canonical(block.cell), block.index),
        *(str(block.seed), digest_as_loaded(measure), content, _checksum(content)),
    )


def _checksum(content: bytes) -> bytes:
    return blake2b(content, digest_size=8).digest()


def _key(block: Block) -> bytes:
    measure = block.cell.measure
    parts = (qualified_name(measure), canonical(block.cell), block.index, block.seed)
    identity = "|".join(map(str, (*parts, digest_as_loaded(measure))))
    return blake2b(identity.encode(), digest_size=16).digest()
