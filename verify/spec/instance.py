"""Instances of a theorem's assumptions: data that a strategy draws and a measure takes by name."""

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import shake_256
from math import inf
from typing import TYPE_CHECKING, Any

import attrs

from verify.errors import InputError
from verify.spec.declaration import shown

if TYPE_CHECKING:  # Hypothesis is slow to load, and needed to draw alone
    from hypothesis.strategies import SearchStrategy

TRIES = 25
"""Draws for each instance that is asked for: some are rejected, some come twice."""

BYTES = 2**16
"""Randomness for one draw; one that needs more is rejected."""

LARGEST = 2**63
DATA = "finite numbers, text, booleans, None, and lists and dicts of them"


@attrs.frozen
class Instance:
    """What was drawn for one variable, as canonical JSON: two with the same data are the same.

    `number` counts the instances of a claim from 1, for people alone.
    """

    text: str
    number: int = attrs.field(eq=False)

    def __str__(self) -> str:
        return f"instance {self.number}"

    @property
    def data(self) -> Any:
        """The value itself, made anew for each call, for a measure may write."""
        return json.loads(self.text)


def draw(
    strategies: Mapping[str, "SearchStrategy[Any]"], count: int, seed: int
) -> list[dict[str, Instance]]:
    """Up to `count` distinct instances; more of them begin with the same.

    The first is made of zeros only, which is the simplest one where a strategy lists its values so.
    The k-th draw depends on the strategies, the seed, k and Hypothesis' version alone.  Its own
    seed would not do: its random values include constants of the modules that happen to be loaded.
    Raises InputError for a strategy that raises, that yields no instance, or other than data.
    """
    found: dict[tuple[str, ...], dict[str, Instance]] = {}
    for values in _draws(strategies, TRIES * count, seed):
        texts = written(strategies, values)
        made = (Instance(text, len(found) + 1) for text in texts)
        found.setdefault(texts, dict(zip(strategies, made, strict=True)))
        if len(found) == count:
            break
    if not found:
        raise InputError(f"the strategy of {_named(strategies)} yields nothing: all were rejected")
    return list(found.values())


def _draws(
    strategies: Mapping[str, "SearchStrategy[Any]"], tries: int, seed: int
) -> Iterator[tuple[Any, ...]]:
    """What the strategies make of the bytes of each try, without what they reject."""
    from hypothesis import given, settings  # noqa: PLC0415
    from hypothesis.strategies import tuples  # noqa: PLC0415

    kept: list[tuple[Any, ...]] = []

    @settings(database=None, deadline=None)
    @given(tuples(*strategies.values()))
    def keep(values: tuple[Any, ...]) -> None:
        kept.append(values)

    for index in range(tries):
        try:
            keep.hypothesis.fuzz_one_input(source(seed, index))  # type: ignore[attr-defined]
        except Exception as error:  # whatever a user's strategy raises
            problem = f"{type(error).__name__}: {error}"
            raise InputError(f"drawing {_named(strategies)} raised {problem}") from None
        yield from kept
        kept.clear()


def source(seed: int, index: int) -> bytes:
    """The bytes of a try; zeros at first, of which Hypothesis makes the simplest value."""
    return shake_256(f"{seed}|{index}".encode()).digest(BYTES) if index else bytes(BYTES)


def written(names: Iterable[str], values: Iterable[Any]) -> tuple[str, ...]:
    """The drawn values as canonical JSON; InputError where one is other than data."""
    return tuple(map(_text, names, values))


def _named(strategies: Mapping[str, Any]) -> str:
    return " and ".join(map(repr, strategies))


def _text(name: str, value: Any) -> str:
    """A drawn value as canonical JSON; InputError where it is other than data."""
    if not _is_data(value):
        raise InputError(f"the strategy of {name!r} drew {shown(value)}; expected {DATA}")
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def _is_data(value: Any) -> bool:
    """Whether JSON and its readers carry the value without loss, tuples as lists."""
    match value:
        case None:
            return True
        case int() | float():
            return abs(value) < (LARGEST if isinstance(value, int) else inf)
        case str():
            return not any("\ud800" <= letter <= "\udfff" for letter in value)
        case list() | tuple():
            return all(map(_is_data, value))
        case dict():
            keys = all(isinstance(key, str) for key in value)
            return keys and all(map(_is_data, [*value, *value.values()]))
    return False
