"""What a rate declares, and the exponents and cells that follow from it."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import chain
from typing import Any, Literal

from verify import algebra
from verify.claims import sweep
from verify.claims.rate.finite_size import RateFiniteSize
from verify.claims.rate.instances import Given
from verify.claims.rate.search import Search
from verify.inference.reduction import reduced
from verify.inference.statistic import STATISTICS, Quantile, Statistic
from verify.spec.declaration import declaration, is_positive, is_text, item, tuple_of
from verify.spec.design import Design
from verify.spec.measure import Cell, Measure, cell, convention
from verify.spec.reduction import Reduction, reduction_of
from verify.verdict import Relation


@declaration
class RateDeclaration(RateFiniteSize, Search, Given):
    """The fields of a rate, and what follows from them alone."""

    measure: Measure = item("a function of the variables", callable, kw_only=True)
    bound: Any = item(
        "a bound as text, such as 'n**(-1/2)'", lambda value: value is not None, kw_only=True
    )
    relation: Literal["O", "Omega", "Theta"] = item(
        "'O', 'Omega' or 'Theta'", lambda value: value in list(Relation), kw_only=True
    )
    designs: tuple[Design, ...] = item(
        "a tuple with at least one Design(...)",
        lambda value: tuple_of(Design)(value) and len(value) > 0,
        kw_only=True,
    )
    statistic: str | Quantile = item(
        f"one of {', '.join(map(repr, STATISTICS))}, Quantile(level) or KaplanMeier(level)",
        lambda value: isinstance(value, Quantile) or value in STATISTICS,
        default="mean",
        kw_only=True,
    )
    logs: float = item(
        "a multiple of 1/4 from 0 to 4",
        lambda value: value in [k / 4 for k in range(17)],
        default=0,
        kw_only=True,
    )
    margin: float = item("a positive number", is_positive, default=0.05, kw_only=True)
    together: bool = item(
        "True or False", lambda value: isinstance(value, bool), default=False, kw_only=True
    )
    cost: Any = item("a bound as text", lambda value: value is not None, default=1, kw_only=True)
    no_near_control: str = item(
        "a sentence", lambda value: value == "" or is_text(value), default="", kw_only=True
    )

    def bound_in(self, design: Design) -> algebra.Bound:
        """The bound with the fixed variables of a design put in."""
        return sweep.bound_in(self.bound, design)

    def growth_in(self, design: Design) -> algebra.Growth:
        """Power and log power of the bound along a design, in x**direction of its variable x."""
        return sweep.growth_in(self.bound, design, self.to_zero)

    def ray_in(self, design: Design) -> dict[str, Fraction]:
        """The ray of a design in the variables of the bound; shrinking ones go backwards."""
        return sweep.ray_in(self.bound_in(design), design, self.to_zero)

    def leading_in(self, design: Design) -> dict[str, Fraction]:
        """The powers of the bound's monomial that is active along a design, far out."""
        bound = algebra.bound(self.bound)
        known = {k: v for k, v in design.at.items() if k in bound.exponent_symbols}
        whole = bound.substitute(known) if known else bound
        last = max(
            design.settings(), key=lambda one: one[design.variable] ** self.direction(design)
        )
        values = {k: v for k, v in last.items() if k in whole.symbols}
        return whole.leading(self.ray_in(design), values)

    def direction(self, design: Design) -> int:
        """-1 where the leading variable tends to 0, else 1: asymptotics are in x**direction."""
        return sweep.direction(design, self.to_zero)

    def cone_of(self, design: Design) -> list[str]:
        """The ray of a design as conditions: the leading variable moves, the others follow it."""
        lead = design.variable
        follow = [
            f"{name} {sign} {lead}**({power})"
            for name, power in design.ray.items()
            for sign in ("<=", ">=")
            if name != lead
        ]
        return [f"{lead} >= 1" if self.direction(design) == 1 else f"{lead} <= 1", *follow]

    def settings_in(self, design: Design) -> list[list[dict[str, Any]]]:
        """The variables at each place of a design, for each candidate of the worst case there."""
        places = zip(design.settings(), self.candidates_in(design), strict=True)
        return [[{**setting, **one.at} for one in row] for setting, row in places]

    def costs_in(self, design: Design) -> dict[Cell, float]:
        """The declared cost of a replicate of each cell of a design, in units of its own.

        That of a run is the sum over the places at which it is read.
        """
        cost = algebra.bound(self.cost)
        values = [
            [
                float(cost.evaluate({k: v for k, v in one.items() if k in cost.symbols}))
                for one in row
            ]
            for row in self.settings_in(design)
        ]
        if self.together:
            values = [[sum(column) for column in zip(*values, strict=True)]]
        return dict(zip(self.cells_in(design), chain.from_iterable(values), strict=True))

    def costs(self) -> Mapping[Cell, float]:
        """The declared cost of a replicate of each cell."""
        return {k: v for design in self.designs for k, v in self.costs_in(design).items()}

    def cells_in(self, design: Design) -> list[Cell]:
        """The cells of one design, place by place; a measure gets what it asks for.

        With `together` it is one cell for each candidate, which has the whole grid.
        """
        wanted, rows = convention(self.measure), self.settings_in(design)
        settings = (
            [{**_run(column), **design.whole} for column in zip(*rows, strict=True)]
            if self.together
            else chain.from_iterable(rows)
        )
        return [
            cell(self.measure, {k: v for k, v in setting.items() if k in wanted.variables})
            for setting in settings
        ]

    def cells(self) -> Sequence[Cell]:
        """The cells of all designs."""
        return [one for design in self.designs for one in self.cells_in(design)]

    @property
    def reduction(self) -> Reduction:
        """What the measure declares of the variance of its replicates."""
        return reduction_of(self.measure)

    @property
    def matched(self) -> bool:
        """Whether replicate r at one place belongs to replicate r at the others."""
        return self.together or self.reduction.common

    @property
    def functional(self) -> Statistic:
        """The declared statistic as an estimator that reads what the measure returns."""
        said, by_name = self.reduction, self.statistic
        plain = by_name if isinstance(by_name, Quantile) else STATISTICS[by_name]
        return reduced(plain, controls=said.controls > 0, antithetic=said.antithetic)


def _run(places: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The variables of a run: a number, or one for each place where it moves with the design."""
    columns = {name: tuple(place[name] for place in places) for name in places[0]}
    return {name: one if len(set(one)) > 1 else one[0] for name, one in columns.items()}
