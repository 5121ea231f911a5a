"""The smallest instance on which something fails, as Hypothesis shrinks and replays it."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from unittest import SkipTest

from verify.errors import InputError
from verify.spec.instance import TRIES, source, written
from verify.spec.known import Known

if TYPE_CHECKING:  # Hypothesis is slow to load, and needed to draw alone
    from hypothesis.strategies import SearchStrategy

    from verify.spec.choices import Choices

Strategies = Mapping[str, "SearchStrategy[Any]"]

CALLS = 1000
"""Instances that are tried on the way to a smaller one."""


class _FailingError(Exception):
    """An instance on which the predicate is true."""


def smallest(
    strategies: Strategies,
    count: int,
    seed: int,
    fails: Callable[[dict[str, Any]], bool],
    known: Known | None = None,
) -> Known | None:
    """A small instance on which `fails` is true, with its choices; None if there is none.

    It starts from the first such draw of `draw`, or from a `known` one instead, and depends on
    these, the strategies and Hypothesis' version alone.  `fails` is called at most once for an
    instance, and `CALLS` times to shrink.
    """
    tried: dict[tuple[str, ...], bool] = {}
    found: list[tuple[str, ...]] = []
    most = [float("inf")]

    def check(values: tuple[Any, ...]) -> None:
        texts = written(strategies, values)
        if texts not in tried:
            tried[texts] = len(tried) < most[0] and fails(_data(strategies, texts))
        if tried[texts]:
            found.append(texts)
            raise _FailingError

    database = _choices(known)
    test = _test(strategies, check, database)
    if known is None and not _one_fails(test, TRIES * count, seed):
        return None
    most[0] = len(tried) + CALLS
    with suppress(_FailingError, InputError):  # a strategy that fails on the way is no matter
        _run(strategies, test)
    if not found:
        return None
    data = _data(strategies, found[-1])
    return Known.of(data, database.latest if _draw(strategies, database.latest, data) else b"")


def replayed(strategies: Strategies, known: Known) -> dict[str, Any] | None:
    """What the strategies draw from the choices of a known instance; None if they reject them.

    It need not be what they drew once: strategies change.
    Raises InputError for a strategy that raises, or yields other than data.
    """
    found: list[tuple[str, ...]] = []

    def keep(values: tuple[Any, ...]) -> None:
        found.append(written(strategies, values))

    _run(strategies, _test(strategies, keep, _choices(known)))
    return _data(strategies, found[0]) if found else None


def _draw(strategies: Strategies, choices: bytes, data: dict[str, Any]) -> bool:
    """Whether the strategies draw this instance from the choices."""
    try:
        return replayed(strategies, Known("", choices)) == data
    except InputError:
        return False


def _choices(known: Known | None) -> "Choices":
    """A database with what is known, if there is anything."""
    from verify.spec.choices import Choices  # noqa: PLC0415

    return Choices([known.choices] if known is not None else [])


def _one_fails(test: Any, tries: int, seed: int) -> bool:
    """Whether the predicate is true on one of the draws; it goes to the database."""
    for index in range(tries):
        try:
            test.hypothesis.fuzz_one_input(source(seed, index))
        except _FailingError:
            return True
    return False


def _test(
    strategies: Strategies, check: Callable[[tuple[Any, ...]], None], database: "Choices"
) -> Any:
    """A Hypothesis test that runs what is in the database, and shrinks what fails."""
    from hypothesis import HealthCheck, Phase, Verbosity, given, settings  # noqa: PLC0415
    from hypothesis import seed as seeded  # noqa: PLC0415
    from hypothesis.strategies import tuples  # noqa: PLC0415

    def test(values: tuple[Any, ...]) -> None:
        check(values)

    configured = settings(
        database=database,
        deadline=None,
        phases=(Phase.reuse, Phase.shrink),
        verbosity=Verbosity.quiet,
        report_multiple_bugs=False,
        print_blob=False,
        suppress_health_check=list(HealthCheck),
    )
    return configured(seeded(0)(given(tuples(*strategies.values()))(test)))


def _run(strategies: Strategies, test: Any) -> None:
    """Run a test of `_test`; InputError for what a strategy raises."""
    from hypothesis.errors import Unsatisfiable  # noqa: PLC0415

    try:
        test()
    except (SkipTest, Unsatisfiable):  # nothing in the database can be drawn
        return
    except (_FailingError, InputError):
        raise
    except Exception as error:  # whatever a user's strategy raises
        named = " and ".join(map(repr, strategies))
        problem = f"{type(error).__name__}: {error}"
        raise InputError(f"drawing {named} raised {problem}") from None


def _data(names: Mapping[str, Any], texts: tuple[str, ...]) -> dict[str, Any]:
    return {name: json.loads(text) for name, text in zip(names, texts, strict=True)}
