"""A counterexample that can be drawn again: what one run keeps for the next."""

import json
from collections.abc import Mapping
from typing import Any, Self

import attrs


@attrs.frozen
class Known:
    """An instance on which a claim failed, as canonical JSON, by the names of the arguments.

    `choices` are those of Hypothesis, from which the strategies of the claim draw it again; what
    they draw satisfies the assumptions as they are then.  Empty where nothing was drawn.
    """

    text: str
    choices: bytes = b""

    @classmethod
    def of(cls, data: Mapping[str, Any], choices: bytes = b"") -> Self:
        """An instance that is data."""
        return cls(json.dumps(dict(data), separators=(",", ":")), choices)

    @property
    def data(self) -> dict[str, Any]:
        """The instance itself, made anew for each call."""
        found: dict[str, Any] = json.loads(self.text)
        return found
