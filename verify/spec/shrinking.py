"""The smallest instance on which something fails, as Hypothesis shrinks it."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from verify.spec.instance import TRIES, source, written

if TYPE_CHECKING:  # Hypothesis is slow to load, and needed to draw alone
    from hypothesis.strategies import SearchStrategy

CALLS = 1000
"""Instances that are tried on the way to a smaller one."""


class _FailingError(Exception):
    """An instance on which the predicate is true."""


def smallest(
    strategies: Mapping[str, "SearchStrategy[Any]"],
    count: int,
    seed: int,
    fails: Callable[[dict[str, Any]], bool],
) -> dict[str, Any] | None:
    """A small instance on which `fails` is true, as data; None if no draw of `draw` is one.

    It starts from the first such draw, and depends on the strategies, the seed and Hypothesis'
    version alone.  `fails` is called at most once for an instance, and `CALLS` times to shrink.
    """
    from hypothesis import HealthCheck, Phase, Verbosity, given, settings  # noqa: PLC0415
    from hypothesis import seed as seeded  # noqa: PLC0415
    from hypothesis.database import InMemoryExampleDatabase  # noqa: PLC0415
    from hypothesis.strategies import tuples  # noqa: PLC0415

    known: dict[tuple[str, ...], bool] = {}
    found: list[tuple[str, ...]] = []
    most = [float("inf")]

    # A failing draw goes to the database, from which the second run takes and shrinks it.
    @settings(
        database=InMemoryExampleDatabase(),
        deadline=None,
        phases=(Phase.reuse, Phase.shrink),
        verbosity=Verbosity.quiet,
        report_multiple_bugs=False,
        print_blob=False,
        suppress_health_check=list(HealthCheck),
    )
    @seeded(0)
    @given(tuples(*strategies.values()))
    def check(values: tuple[Any, ...]) -> None:
        texts = written(strategies, values)
        if texts not in known:
            known[texts] = len(known) < most[0] and fails(_data(strategies, texts))
        if known[texts]:
            found.append(texts)
            raise _FailingError

    for index in range(TRIES * count):
        try:
            check.hypothesis.fuzz_one_input(source(seed, index))  # type: ignore[attr-defined]
        except _FailingError:
            break
    else:
        return None
    most[0] = len(known) + CALLS
    with suppress(_FailingError):
        check()
    return _data(strategies, found[-1])


def _data(names: Mapping[str, Any], texts: tuple[str, ...]) -> dict[str, Any]:
    return {name: json.loads(text) for name, text in zip(names, texts, strict=True)}
