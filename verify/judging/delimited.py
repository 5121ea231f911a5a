"""Text tables: a header, then one row a line; commas, semicolons or tabs, gzip or not."""

import csv
import gzip
import zlib
from array import array
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO, cast

import attrs
import numpy as np

from verify.errors import InputError
from verify.judging.names import EXPECTED, Names
from verify.judging.table import Table, columns_of, fault, table
from verify.spec.declaration import shown

SEPARATORS = ",;\t"
STRAY = "look for a stray quote"


def read_delimited(path: Path, names: Sequence[str] | None, run: str | None = None) -> Table:
    """The columns `names` of a text file in UTF-8, or all of its columns; `run` may hold text.

    One pass, with eight bytes a number and a line.  Raises InputError with the line and the column
    at fault, OSError for a file that cannot be read.
    """
    try:
        with _opened(path) as stream:
            return _Rows.under(path, stream.readline(), names, run).table(stream)
    except UnicodeDecodeError:
        raise _undecoded(path) from None
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        hint = "write it anew, or name it .csv if it is not compressed"
        raise fault("gzip", str(path), str(error), "a whole gzip file", hint) from None


def _opened(path: Path, errors: str = "strict") -> TextIO:
    opener = gzip.open if path.suffix == ".gz" else open
    return cast(TextIO, opener(path, "rt", encoding="utf-8-sig", errors=errors, newline=""))


def _undecoded(path: Path) -> InputError:
    """The error for the first byte that is not UTF-8."""
    with _opened(path, errors="surrogateescape") as stream:
        for line, text in enumerate(stream, 1):
            try:
                text.encode()
            except UnicodeEncodeError as error:
                found = f"the byte 0x{ord(text[error.start]) - 0xDC00:02x}"
                return _not_text(f"{path}:{line}, character {error.start + 1}", found)
    return _not_text(str(path), "bytes that end within a character")


def _not_text(where: str, found: str) -> InputError:
    hint = "save it as CSV in UTF-8; compressed files end in .gz, Parquet files in .parquet"
    return fault("not-text", where, found, "text in UTF-8", hint)


@attrs.frozen
class _Rows:
    """What the header of a file says of its rows: how many fields, and which of them are read.

    The field `run` is the name of a run, and the others are numbers.
    """

    path: Path
    header: list[str]
    separator: str
    indices: list[int]
    run: str | None
    names: Names = attrs.field(factory=Names)

    @classmethod
    def under(cls, path: Path, line: str, names: Sequence[str] | None, run: str | None) -> "_Rows":
        """The rows under the header `line`, of which the columns `names` are wanted."""
        where = f"{path}:1"
        if not line.strip():
            raise fault("no-header", where, "nothing", "the names of the columns")
        if not line.strip().replace("\t", "").isprintable():
            raise _not_text(where, "control characters")
        separator = max(SEPARATORS, key=line.count)
        header = [name.strip() for name in next(csv.reader([line], delimiter=separator))]
        if all(map(_is_number, header)):
            found = f"numbers ({', '.join(header[:3])})"
            raise fault("no-header", where, found, "the names of the columns", "add a line of them")
        wanted = [*(names or header), *([] if run is None else [run])]
        return cls(path, header, separator, columns_of(where, wanted, header), run)

    def table(self, stream: TextIO) -> Table:
        """The numbers of the wanted columns, up to the end of the file."""
        columns, lines = [array("d") for _ in self.indices], array("q")
        readers = [self._reader(index) for index in self.indices]
        reader, first = csv.reader(stream, delimiter=self.separator), 1
        try:
            for row in reader:
                if row:
                    self._append(columns, readers, row, first)
                    lines.append(first)
                first = reader.line_num + 1
        except csv.Error as error:
            where = self._line(first)
            raise fault("malformed-row", where, str(error), "a row of fields", STRAY) from None
        names = [self.header[index] for index in self.indices]
        numbers = dict(zip(names, map(np.array, columns), strict=True))
        found = list(self.names.known)
        return table(
            str(self.path), numbers, lambda name, row: self._place(name, lines[row]), found
        )

    def _reader(self, index: int) -> Callable[[str], float]:
        """What makes a number of a field; ValueError where there is none."""
        return self.names.number if self.header[index] == self.run else float

    def _append(
        self,
        columns: "list[array[float]]",
        readers: list[Callable[[str], float]],
        row: list[str],
        line: int,
    ) -> None:
        if len(row) != len(self.header):
            raise self._ragged(line, row)
        try:
            for index, read, column in zip(self.indices, readers, columns, strict=True):
                column.append(read(row[index]))
        except ValueError:
            raise self._not_a_number(line, row) from None

    def _line(self, line: int) -> str:
        """The header is line 1, and `line` counts from the line below it."""
        return f"{self.path}:{line + 1}"

    def _place(self, name: str, line: int) -> str:
        return f"{self._line(line)}, column {self.header.index(name) + 1} ({name})"

    def _ragged(self, line: int, row: list[str]) -> InputError:
        found, expected = f"{len(row)} fields", f"{len(self.header)}, as in the header"
        spread = any("\n" in field for field in row)
        hint = STRAY if spread else f"the header is split at {self.separator!r}"
        return fault("ragged-row", self._line(line), found, expected, hint)

    def _not_a_number(self, line: int, row: list[str]) -> InputError:
        index = next(i for i in self.indices if not _reads(self._reader(i), row[i]))
        where, text = self._place(self.header[index], line), row[index].strip()
        if not text:
            expected = EXPECTED if self.header[index] == self.run else "a number"
            return fault("empty-field", where, "nothing", expected)
        comma = "decimals are written with a point" if "," in text else ""
        hint = STRAY if "\n" in text else comma
        return fault("not-a-number", where, shown(text), "a number", hint)


def _is_number(text: str) -> bool:
    return _reads(float, text)


def _reads(read: Callable[[str], float], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True
