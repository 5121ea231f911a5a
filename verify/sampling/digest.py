"""A digest of what a theorem says and of the code it measures with, free of places and times."""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

import attrs

from verify.sampling.source import source_digest
from verify.spec import Theorem
from verify.spec.declaration import Declaration
from verify.spec.measure import qualified_name


def theorem_digest(theorem: Theorem) -> str:
    """Changes with any field of the theorem and with the source of its measures; 16 bytes, hex."""
    return blake2b(_text(theorem).encode(), digest_size=16).hexdigest()


def _text(value: Any) -> str:
    """A canonical notation of what declarations hold."""
    match value:
        case Declaration():
            fields = {name: getattr(value, name) for name in value.fields()}
            return f"{type(value).__name__}{_text(fields)}"
        case _ if isinstance(getattr(value, "__qualname__", None), str):
            return f"{qualified_name(value)}@{source_digest(value)}"
        case Mapping():
            return f"{{{','.join(f'{key}:{_text(one)}' for key, one in value.items())}}}"
        case list() | tuple():
            return f"[{','.join(map(_text, value))}]"
        case _ if attrs.has(type(value)):
            return f"{type(value).__name__}{_text(attrs.asdict(value))}"
        case _:
            return str(value)
