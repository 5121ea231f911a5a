"""Frozen declarations that remember their faults instead of raising at the first one.

A spec with a misspelt field, a missing one and a wrong type should be told all three.  So a
declaration accepts any arguments, keeps what it can use, and lists the rest in `faults`; `lint`
collects them.  To a type checker it is an ordinary frozen class.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, Self, TypeVar, dataclass_transform

import attrs

from verify.errors import Finding, nearest

T = TypeVar("T")
Check = Callable[[Any], bool]

NOTHING = attrs.NOTHING


def item(expects: str, check: Check, *, default: Any = NOTHING, kw_only: bool = False) -> Any:
    """A field that expects what the words `expects` say, as decided by `check`."""
    metadata = {"expects": expects, "check": check}
    return attrs.field(default=default, kw_only=kw_only, metadata=metadata)


def is_text(value: object) -> bool:
    """Whether `value` is a string with something in it."""
    return isinstance(value, str) and bool(value.strip())


def is_positive(value: object) -> bool:
    """Whether `value` is a number above zero, and finite."""
    return isinstance(value, int | float) and 0 < value < float("inf")


def is_identifier(value: object) -> bool:
    """Whether `value` can name a thing on the command line."""
    return isinstance(value, str) and value.isidentifier()


def tuple_of(kind: type) -> Check:
    """The check for a tuple of instances of `kind`."""
    return lambda value: isinstance(value, tuple) and all(isinstance(one, kind) for one in value)


class Declaration:
    """Base of all declarations: where it stands in its file, and what is wrong with it."""

    place: str
    faults: tuple[Finding, ...]

    def sound(self, *names: str) -> bool:
        """Whether none of the fields `names` is missing or of a wrong kind."""
        return not any(fault.field in names for fault in self.faults)

    def fault(self, code: str, found: str, expected: str, hint: str = "") -> Finding:
        """A finding at this declaration."""
        return Finding(code, self.place, found, expected, hint)

    @classmethod
    def fields(cls) -> list[str]:
        """The names that its constructor takes."""
        return [field.name for field in attrs.fields(cls)]  # type: ignore[arg-type]

    def replaced(self, changes: dict[str, Any], place: str) -> Self:
        """The same declaration with some fields changed, standing at `place`."""
        copy = type(self)(**({name: getattr(self, name) for name in self.fields()} | changes))
        object.__setattr__(copy, "place", place)
        relocated = tuple(attrs.evolve(fault, where=place) for fault in copy.faults)
        object.__setattr__(copy, "faults", relocated)
        return copy


@dataclass_transform(frozen_default=True, field_specifiers=(item, attrs.field))
def declaration(cls: type[T]) -> type[T]:
    """Make `cls` a frozen class whose constructor collects faults."""
    made: Any = attrs.define(frozen=True, slots=False, init=False)(cls)

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807
        place = location(sys._getframe(1), outside=__package__.partition(".")[0])
        accepted, faults = _accept(made, args, kwargs, place)
        self.__attrs_init__(**accepted)
        object.__setattr__(self, "place", place)
        object.__setattr__(self, "faults", tuple(faults))

    made.__init__ = __init__
    return made  # type: ignore[no-any-return]


def location(frame: FrameType | None, outside: str) -> str:
    """`file:line` of the innermost frame outside a package.

    Relative to the working folder; for a module of an installed package, by its dotted name.
    """
    while frame is not None and frame.f_globals.get("__name__", "").startswith(f"{outside}."):
        frame = frame.f_back
    if frame is None:
        return "unknown:0"
    path = Path(frame.f_code.co_filename)
    module = frame.f_globals.get("__name__", "")
    if path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    elif "." in module:
        path = Path(*module.split(".")).with_suffix(path.suffix)
    return f"{path}:{frame.f_lineno}"


def _accept(
    cls: Any, args: tuple[Any, ...], kwargs: dict[str, Any], place: str
) -> tuple[dict[str, Any], list[Finding]]:
    """The arguments that fit the fields of `cls`, and a finding for each that does not."""
    kind = cls.__name__
    fields = {field.name: field for field in attrs.fields(cls)}
    positional = [name for name, field in fields.items() if not field.kw_only]
    given = dict(zip(positional, args, strict=False)) | kwargs
    faults = [
        Finding(
            "unknown-field", place, f"{kind}({name}=...)", "a field of it", nearest(name, fields)
        )
        for name in given.keys() - fields.keys()
    ]
    if len(args) > len(positional):
        found = f"{len(args)} positional arguments to {kind}"
        faults.append(Finding("unknown-field", place, found, f"at most {len(positional)}"))
    accepted: dict[str, Any] = {}
    for name, field in fields.items():
        expects, check = field.metadata["expects"], field.metadata["check"]
        if name not in given:
            accepted[name] = None if field.default is NOTHING else field.default
            if field.default is NOTHING:
                found = f"{kind} without {name!r}"
                faults.append(Finding("missing-field", place, found, expects, field=name))
        else:
            accepted[name] = given[name]
            if not check(given[name]):
                found = f"{kind}({name}={shown(given[name])})"
                faults.append(Finding("wrong-value", place, found, expects, field=name))
    return accepted, faults


def shown(value: object) -> str:
    """A value as an error prints it: its own notation, cut to a line."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
