"""Results as strict JSON, version 1 of the schema that ships with the package."""

from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from verify.result import Result


class Results(msgspec.Struct, frozen=True, kw_only=True):
    """Several theorems in one file; `unfinished`: those that an interrupted run left out."""

    schema: Literal[1] = 1
    results: list[Result]
    unfinished: list[str] = []


def to_json(results: Sequence[Result], unfinished: Sequence[str] = ()) -> bytes:
    """One result as an object of its own, several under `results`; indented, ends in a newline."""
    several = Results(results=list(results), unfinished=list(unfinished))
    content = results[0] if len(results) == 1 and not unfinished else several
    return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of what `to_json` writes; `schema.json` is this, written out."""
    parts, components = msgspec.json.schema_components(
        [Result, Results], ref_template="#/$defs/{name}"
    )
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, "oneOf": list(parts), "$defs": _strict(components)}


def _strict(components: dict[str, Any]) -> dict[str, Any]:
    """Every field is always written, and no other: a consumer's misspelt field is an error."""
    for component in components.values():
        if component.get("type") == "object":
            component["required"] = list(component["properties"])
            component["additionalProperties"] = False
            for field in component["properties"].values():
                field.get("anyOf", []).sort(key=str)  # their order is the library's, and changes
    return components
