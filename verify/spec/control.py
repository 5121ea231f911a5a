"""Negative controls: the same claim with something wrong in it, which must be refuted."""

from collections.abc import Mapping
from typing import Any

from verify.spec.declaration import Declaration, declaration, is_identifier, is_text, item


@declaration
class Control(Declaration):
    """A claim with fields changed, and why the changed claim is false.

    `violates` names the assumption that the change drops, if it drops one.
    """

    id: str = item("an identifier such as 'parametric'", is_identifier)
    why: str = item("a sentence that says why the changed claim is false", is_text)
    changes: Mapping[str, Any] = item("the changed fields", lambda value: isinstance(value, dict))
    violates: str | None = item(
        "the name of an assumption", lambda value: value is None or is_text(value), default=None
    )


def but(id: str, why: str, violates: str | None = None, **changes: Any) -> Control:  # noqa: A002
    """A control: the claim that it is attached to, *but* with the fields in `changes`.

    `but("parametric", "n^{-1/2} is out of reach", bound="n**(-1/2)")`.
    """
    return Control(id, why, changes, violates)
