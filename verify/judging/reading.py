"""Files to tables: which reader a file is for, and what is said of one that cannot be opened."""

from collections.abc import Sequence
from pathlib import Path

from verify.judging.delimited import read_delimited
from verify.judging.parquet import read_parquet
from verify.judging.table import Table, fault, unpivot


def read_table(path: Path, names: Sequence[str]) -> Table:
    """The columns `names` of a long table, with one row for each replicate.

    Parquet by its ending, else text.  Raises InputError for a file that cannot be read.
    """
    return _read(path, names)


def read_wide(path: Path, value: str) -> Table:
    """The long form of a wide table: the swept variable, then a column for each replicate.

    The numbers of all the replicates get the name `value`.
    """
    return unpivot(_read(path, None), value)


def _read(path: Path, names: Sequence[str] | None) -> Table:
    if path.is_dir():
        raise fault("folder", str(path), "a folder", "a file", "name one of its files")
    read = read_parquet if path.suffix == ".parquet" else read_delimited
    try:
        return read(path, names)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise fault("unreadable", str(path), reason, "a file with a table") from None
