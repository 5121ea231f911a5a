"""Where terms of a bound are equal, constants included: for display, and to design experiments."""

from collections.abc import Sequence
from itertools import combinations

import attrs

from verify.algebra.cells import Frame
from verify.algebra.cones import Cone
from verify.algebra.convert import solve
from verify.algebra.expression import Max, Min, Node, Sum, Symbol, base_symbols, children
from verify.algebra.linear import vector
from verify.algebra.monomial import Monomial
from verify.algebra.normal_form import max_of_mins
from verify.algebra.refusal import BoundError
from verify.algebra.regimes import Cell, cells
from verify.errors import nearest


@attrs.frozen
class Crossover:
    """`first` = `second` where `variable` = `value`; all texts, None for want of a closed form."""

    first: str
    second: str
    variable: str
    value: str | None

    def __str__(self) -> str:
        where = f"{self.variable} = {self.value}" if self.value else "no closed form"
        return f"{self.first} = {self.second} at {where}"


def crossovers(node: Node, given: Cone, variable: str | None = None) -> tuple[Crossover, ...]:
    """Where neighbouring regimes of `node` meet inside the cone, in closed form.

    Solved for `variable` where the two monomials differ in it, else for the first one in which they
    do.  The constants are those of the terms as written (of like terms, the first).
    """
    own = sorted(base_symbols(node))
    if variable is not None and variable not in own:
        raise BoundError(f"{variable!r} is not a variable of the bound", nearest(variable, own))
    frame = Frame.of(own, given)
    order = own if variable is None else [variable, *own]
    found = {
        (a.monomial, b.monomial): _between(a.monomial, b.monomial, order)
        for a, b in combinations(cells(node, frame), 2)
        if a.monomial != b.monomial and _are_neighbours(a, b, frame)
    }
    return tuple(found.values())


def equality(first: Node, second: Node, variable: str) -> tuple[str, ...]:
    """The values of `variable` at which two bounds are equal, as texts.

    Monomials in closed form; sums by sympy, whose text may contain differences.  Raises
    `BoundError` where there is no closed form.
    """
    known = base_symbols(first) | base_symbols(second)
    if variable not in known:
        raise BoundError(f"{variable!r} is not a variable of the two", nearest(variable, known))
    a, b = _monomial(first), _monomial(second)
    if a is None or b is None:
        return solve(first, second, variable)
    value = _solution(b / a, variable)
    if value is None:
        raise BoundError(
            f"{a} = {b} has no closed form in {variable}", "solve for another variable"
        )
    return (value,)


def _between(a: Monomial, b: Monomial, order: Sequence[str]) -> Crossover:
    ratio = b / a
    moving = [name for name in order if name in ratio.powers]
    solvable = [name for name in moving if name not in ratio.logs]
    name = (solvable or moving)[0]
    return Crossover(str(a), str(b), name, _solution(ratio, name))


def _solution(ratio: Monomial, variable: str) -> str | None:
    """The value of `variable` at which `ratio` is 1."""
    if variable in ratio.logs or variable not in ratio.powers:
        return None
    power = Monomial.of([(Symbol(variable), ratio.powers[variable])])
    return str((power / ratio).raised(1 / ratio.powers[variable]))


def _are_neighbours(a: Cell, b: Cell, frame: Frame) -> bool:
    """Whether the cells share a facet inside the assumptions."""
    border = vector((a.monomial / b.monomial).powers, frame.names)
    facet = attrs.evolve(frame, tight=(*frame.tight, border))
    rows = [row for row in (*a.rows, *b.rows) if not facet.vanishes(row)]
    return facet.interior(rows) is not None


def _monomial(node: Node) -> Monomial | None:
    """`node` as one monomial, if it is one as it is written."""
    if isinstance(node, Sum | Max | Min):
        return None
    if any(_monomial(child) is None for child in children(node)):
        return None
    return max_of_mins(node)[0][0]
