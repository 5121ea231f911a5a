"""Random instances of a rate's assumptions: each design is swept anew for each of them."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from verify.claims.given import is_count, is_given
from verify.errors import InputError
from verify.spec.control import Control
from verify.spec.declaration import Declaration, declaration, item
from verify.spec.design import Design
from verify.spec.instance import Instance, draw

if TYPE_CHECKING:
    from verify.claims.rate.declaration import RateDeclaration

R = TypeVar("R", bound="RateDeclaration")


@declaration
class Given(Declaration):
    """The fields of a rate that is claimed for every instance: `instances` of them are drawn.

    `given` names arguments of the measure with the Hypothesis strategies that draw them, as data.
    """

    given: Mapping[str, Any] = item(
        "arguments of the measure with Hypothesis strategies, as {'slopes': lists(integers())}",
        is_given,
        default={},
        kw_only=True,
    )
    instances: int = item("a whole number from 1", is_count, default=8, kw_only=True)


def drawn(claim: R, seed: int) -> R:
    """The claim with its instances: a design for each of its designs and each of them.

    A control has the same ones, unless it changes what is drawn or where.
    """
    designs = tuple(_designs(claim, seed))
    controls = tuple(_control(claim, control, seed) for control in claim.controls)
    return claim.replaced({"designs": designs, "given": {}, "controls": controls}, claim.place)


def _designs(claim: "RateDeclaration", seed: int) -> Iterator[Design]:
    if not claim.given:
        yield from claim.designs
        return
    try:
        found = draw(claim.given, claim.instances, seed)
    except InputError as error:
        raise InputError(f"{claim.place}: claim {claim.id!r}: {error}") from None
    for design in claim.designs:
        for one in found:
            yield design.replaced({"at": {**design.at, **one}}, design.place)


def _control(claim: "RateDeclaration", control: Control, seed: int) -> Control:
    if not {"designs", "given", "instances"} & control.changes.keys():
        return control
    designs = tuple(_designs(claim.variant(control), seed))
    changes = {**control.changes, "designs": designs, "given": {}}
    return control.replaced({"changes": changes}, control.place)


def instances_of(claim: "RateDeclaration") -> list[dict[str, Instance]]:
    """The distinct instances that a claim has been given."""
    settings: list[dict[str, Any]] = [dict(design.at) for design in claim.designs]
    found = [
        {name: value for name, value in one.items() if isinstance(value, Instance)}
        for one in settings
    ]
    return [one for place, one in enumerate(found) if one and one not in found[:place]]
