"""Stored results read back, and what is said of a file that holds none."""

from pathlib import Path
from typing import Any

import msgspec

from verify.errors import InputError
from verify.report.json import Results
from verify.result import Result

SCHEMA = 1
"""The version of the JSON that is read."""


def read_results(file: Path) -> list[Result]:
    """The results in a JSON file, one or several.

    Raises InputError where there is no file, no JSON, no result, or a result of another version.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise _refusal(file, error.strerror or str(error)) from None
    document = _document(file, content)
    kind: type[Result | Results] = Results if "results" in document else Result
    try:
        found = msgspec.json.decode(content, type=kind)
    except msgspec.ValidationError as error:
        raise _refusal(file, f"of schema {SCHEMA}, but {_lower(str(error))}") from None
    results = found.results if isinstance(found, Results) else [found]
    if not results or not all(result.outcomes for result in results):
        raise _refusal(file, "a result without claims" if results else "an empty list of results")
    return results


def _document(file: Path, content: bytes) -> dict[str, Any]:
    """The JSON object in a file, if it looks like a result of the right version."""
    try:
        document = msgspec.json.decode(content)
    except (msgspec.DecodeError, RecursionError) as error:
        problem = f"{len(content)} bytes that are not JSON: {_lower(str(error))}"
        raise _refusal(file, problem) from None
    if not isinstance(document, dict) or "schema" not in document:
        shown = f"a JSON {type(document).__name__} without a field 'schema'"
        raise _refusal(file, shown)
    if document["schema"] != SCHEMA:
        raise InputError(
            f"{file}: found schema {document['schema']!r:.20}; this version of verify reads "
            f"schema {SCHEMA}: install the version that wrote the file, or run the theorem again"
        )
    return document


def _refusal(file: Path, found: str) -> InputError:
    return InputError(
        f"{file}: found {found}; expected a result, as "
        f"`python -m verify ID --json {file.name}` writes it"
    )


def _lower(sentence: str) -> str:
    """A sentence as a part of another one."""
    return sentence if sentence[:2].isupper() else sentence[:1].lower() + sentence[1:]
