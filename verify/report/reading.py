"""Stored results read back, and what a file is told that holds none."""

from pathlib import Path
from typing import Any

import msgspec

from verify.errors import InputError
from verify.report.json import Results
from verify.verification import Result

SCHEMA = 1


def read_results(file: str | Path) -> list[Result]:
    """The results in a JSON file, one or several.

    Raises InputError where there is no file, no JSON, no result, or one of another version.
    """
    try:
        content = Path(file).read_bytes()
    except OSError as error:
        raise InputError(
            f"{file}: {error.strerror}; expected a result, as `python -m verify ID --json {file}` "
            "writes it"
        ) from None
    kind = _kind(file, content)
    try:
        found = msgspec.json.decode(content, type=kind)
    except msgspec.ValidationError as error:
        raise InputError(
            f"{file}: not a result of schema {SCHEMA}: {error}; was it written by another version, "
            "or edited?  Run the theorem again with --json"
        ) from None
    results = found.results if isinstance(found, Results) else [found]
    ...
