"""Whether all that a strategy draws satisfies an assumption."""

from collections.abc import Callable, Collection
from random import Random
from typing import Any

from hypothesis import Phase, find, settings
from hypothesis.errors import NoSuchExample
from hypothesis.strategies import SearchStrategy


def counterexample(
    strategy: SearchStrategy[Any],
    assumption: Callable[[Any], bool],
    examples: int = 50,
    phases: Collection[Phase] = (Phase.generate, Phase.shrink),
) -> Any:
    """The simplest data found that break the assumption, or None; seeded."""
    profile = settings(max_examples=examples, database=None, deadline=None, phases=phases)
    try:
        return find(strategy, lambda data: not assumption(data), settings=profile, random=Random(0))
    except NoSuchExample:
        return None


def breaks(strategy: SearchStrategy[Any], assumption: Callable[[Any], bool]) -> bool:
    """Whether any of 300 data breaks the assumption; they are not simplified, which takes long."""
    return counterexample(strategy, assumption, 300, [Phase.generate]) is not None


def simplest(
    strategy: SearchStrategy[Any], condition: Callable[[Any], bool] = lambda _: True
) -> Any:
    """What a strategy shrinks to, among what satisfies the condition."""
    return counterexample(strategy, lambda data: not condition(data), 300)
