"""What a claim may draw: the checks of the fields that all kinds with instances declare."""

from collections.abc import Mapping


def is_given(value: object) -> bool:
    """Whether `value` has names of arguments with Hypothesis strategies, or nothing."""
    if not isinstance(value, Mapping) or not value:
        return value == {}
    from hypothesis.strategies import SearchStrategy  # noqa: PLC0415 - slow to load

    return all(
        isinstance(name, str) and isinstance(one, SearchStrategy) for name, one in value.items()
    )


def is_count(value: object) -> bool:
    """Whether `value` is a whole number from 1."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1
