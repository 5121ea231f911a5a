"""Parquet files, by pyarrow, which the extra `data` brings."""

from collections.abc import Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from verify.judging.names import Names
from verify.judging.table import Array, Table, columns_of, fault, table


def read_parquet(path: Path, names: Sequence[str] | None, run: str | None = None) -> Table:
    """The columns `names` of a Parquet file, or all of its columns, as float64.

    The column `run` may hold text.

    Raises InputError without pyarrow, and with the column and the row (from 1) at fault.
    """
    try:
        arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError:
        hint = 'pip install "verify-theorems[data]", or save the table as CSV'
        raise fault("no-pyarrow", str(path), "a Parquet file", "pyarrow to read it", hint) from None
    try:
        with path.open("rb") as stream, parquet.ParquetFile(stream) as file:
            header = list(file.schema_arrow.names)
            wanted, beside = list(names or header), [] if run is None else [run]
            columns_of(str(path), wanted + beside, header)
            read = file.read(columns=wanted + beside)
    except arrow.ArrowException as error:
        first = str(error).partition("\n")[0]
        raise fault("not-parquet", str(path), first, "a whole Parquet file") from None
    columns = {name: _numbers(path, name, read.column(name), arrow) for name in wanted}
    runs = Names()
    for name in beside:
        entries = read.column(name).to_pylist()
        columns[name] = runs.numbers(entries, partial(_place, path, name))
    place = partial(_place, path)
    return table(str(path), columns, place, list(runs.known))


def _place(path: Path, name: str, row: int) -> str:
    return f"{path}, row {row + 1}, column {name}"


def _numbers(path: Path, name: str, column: Any, arrow: Any) -> Array:
    """A column as float64; a null becomes NaN, which a table refuses where it stands."""
    kind = column.type
    tests = arrow.types.is_integer, arrow.types.is_floating, arrow.types.is_boolean
    if not any(test(kind) for test in tests):
        where, found = f"{path}, column {name}", f"values of type {kind}"
        raise fault("not-a-number", where, found, "integers or floats")
    numbers: Array = column.cast(arrow.float64(), safe=False).to_numpy()
    return numbers
