"""The residual of an identity on its instances, and the smallest on which it does not vanish."""

from typing import Any

import attrs

from verify.claims.identity.arithmetic import Reading
from verify.claims.identity.code import code_of_instance
from verify.claims.identity.declaration import IdentityDeclaration
from verify.claims.identity.evaluation import checked, is_counterexample, read
from verify.claims.identity.outcome import Counterexample
from verify.errors import InputError
from verify.spec.measure import Measure
from verify.spec.shrinking import smallest


@attrs.frozen
class Survey:
    """The residual on all instances: the largest one, and what is wrong with one of them.

    `detail` says what is undecided, or what kept the residual from being computed (`failed`).
    """

    count: int = 0
    worst: float | None = None
    counterexample: Counterexample | None = None
    detail: str = ""
    failed: bool = False


def surveyed(claim: IdentityDeclaration, residual: Measure) -> Survey:
    """The residual on every instance, and the smallest counterexample if there is one."""
    worst, doubtful, count = None, [], 0
    try:
        instances = claim.drawn_instances
        for data in instances:
            reading = read(claim, residual, data)
            worst = max(reading.size, worst or 0.0)
            doubtful += [] if reading.zero else [(data, reading)]
            count += 1
    except InputError as error:
        return Survey(count, worst, detail=str(error), failed=True)
    if any(is_counterexample(claim, residual, data) for data, _ in doubtful):
        return Survey(count, worst, _counterexample(claim, residual, instances[0]))
    return Survey(count, worst, detail=_doubt(claim, residual, doubtful))


def _counterexample(
    claim: IdentityDeclaration, residual: Measure, only: dict[str, Any]
) -> Counterexample:
    """The smallest instance that refutes, with its check; `only` where nothing is drawn."""
    data = only
    if claim.given:
        found = smallest(
            claim.given,
            claim.instances,
            claim.seed,
            lambda one: is_counterexample(claim, residual, one),
        )
        assert found is not None  # the instances are the same draws
        data = found
    reading, check = read(claim, residual, data), checked(claim, residual, data)
    working = check.working if check.agrees else None
    return Counterexample(
        instance=data,
        residual=reading.text,
        relative=reading.size,
        confirmed=check.agrees,
        check=check.told,
        code=code_of_instance(residual, claim.arithmetic, data, working),
    )


def _doubt(
    claim: IdentityDeclaration,
    residual: Measure,
    doubtful: list[tuple[dict[str, Any], Reading]],
) -> str:
    """Why some instances do not decide, by the first of them; empty if all vanish."""
    if not doubtful:
        return ""
    data, reading = doubtful[0]
    where = ", ".join(f"{name} = {value}" for name, value in data.items())
    head = f"undecided on {len(doubtful)} instances, first at {where}"
    if claim.arithmetic == "ball":
        return f"{head}: at the largest precision it is {reading.text}, wider than {claim.width:g}"
    check = checked(claim, residual, data)
    return f"{head}: it is {reading.text}, {check.told}"
