"""Files to tables: which reader a file is for, and what is said of one that cannot be opened."""

from collections.abc import Sequence
from pathlib import Path

from verify.judging.delimited import read_delimited
from verify.judging.parquet import read_parquet
from verify.judging.table import Table, columns_of, fault, unpivot


def read_table(path: Path, names: Sequence[str], run: str | None = None) -> Table:
    """The columns `names` of a long table, with one row for each replicate; `run` may hold text.

    Parquet by its ending, else text.  Raises InputError for a file that cannot be read.
    """
    return _read(path, names, run)


def read_wide(path: Path, names: Sequence[str], run: str | None = None) -> Table:
    """The long form of a wide table: the swept variable, then a column for each replicate.

    The numbers of all the replicates get the first of the `names`, and their headings `run`; the
    other `names` are to be that of the swept variable.
    """
    value, *variables = names
    wide = _read(path, None)
    columns_of(f"{path}:1", variables, list(wide.columns)[:1])
    return unpivot(wide, value, run)


def _read(path: Path, names: Sequence[str] | None, run: str | None = None) -> Table:
    read = read_parquet if path.suffix == ".parquet" else read_delimited
    try:
        if path.is_dir():
            raise fault("folder", str(path), "a folder", "a file", "name one of its files")
        return read(path, names, run)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise fault("unreadable", str(path), reason, "a file with a table") from None
