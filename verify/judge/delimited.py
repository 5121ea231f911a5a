"""Text tables: a header, then one row a line; commas, semicolons or tabs, gzip or not."""

import csv
import gzip
import zlib
from array import array
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TextIO, cast

import attrs
import numpy as np

from verify.errors import InputError
from verify.judge.table import Table, columns_of, fault, table

SEPARATORS = ",;\t"


def read_delimited(path: Path, names: Sequence[str] | None) -> Table:
    """The columns `names` of a text file in UTF-8, or all of its columns.

    One pass, eight bytes a number.  Raises InputError with the line and the column at fault.
    """
    try:
        with _opened(path) as stream:
            return _read(path, stream, names)
    except UnicodeDecodeError as error:
        found = f"the byte 0x{error.object[error.start]:02x}"
        raise _not_text(path, found) from None
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        hint = "write it anew, or name it .csv if it is not compressed"
        raise fault("gzip", str(path), str(error), "a whole gzip file", hint) from None


def _opened(path: Path) -> TextIO:
    opener = gzip.open if path.suffix == ".gz" else open
    return cast(TextIO, opener(path, "rt", encoding="utf-8-sig", newline=""))


def _read(path: Path, stream: TextIO, names: Sequence[str] | None) -> Table:
    first = stream.readline()
    if not first.strip():
        raise fault("empty", f"{path}:1", "an empty line", "the names of the columns")
    if not first.strip().isprintable() and "\t" not in first:
        raise _not_text(path, "control characters")
    reader = csv.reader(chain([first], stream), delimiter=max(SEPARATORS, key=first.count))
    try:
        header = [name.strip() for name in next(reader)]
        wanted = list(header if names is None else names)
        rows = _Rows(path, header, wanted, _indices(path, header, wanted))
        return rows.table(reader)
    except csv.Error as error:
        where, expected = f"{path}:{reader.line_num}", "a row of fields"
        raise fault("malformed-row", where, str(error), expected, "look for a stray quote") from None


def _indices(path: Path, header: list[str], wanted: list[str]) -> list[int]:
    if all(map(_is_number, header)):
        where, found = f"{path}:1", f"numbers ({', '.join(header[:3])})"
        raise fault("no-header", where, found, "the names of the columns", "add a header")
    return columns_of(f"{path}:1", wanted, header)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _not_text(path: Path, found: str) -> InputError:
    hint = "save it as CSV in UTF-8; compressed files end in .gz, Parquet files in .parquet"
    return fault("not-text", str(path), found, "a table as text in UTF-8", hint)


@attrs.frozen
class _Rows:
    """How the rows of one file are read: which fields, and under which names."""

    path: Path
    header: list[str]
    names: list[str]
    indices: list[int]

    def table(self, reader: "Iterator[list[str]]") -> Table:
        ...
