"""The public face of one bound."""

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import attrs

from verify.algebra import writing
from verify.algebra.branches import Switch, switches
from verify.algebra.cones import ConeLike, cone
from verify.algebra.convert import is_sympy, sympy_text
from verify.algebra.crossover import Crossover, crossovers, equality
from verify.algebra.evaluation import evaluate
from verify.algebra.exponent import Exponent
from verify.algebra.expression import Node, base_symbols, exponent_symbols, number
from verify.algebra.grammar import DEEPEST
from verify.algebra.growth import Growth, growth_along
from verify.algebra.leading import leading
from verify.algebra.lower_order import LowerOrder, lower_order
from verify.algebra.meaning import read_bound, read_exponent
from verify.algebra.rational import fraction
from verify.algebra.refusal import BoundError
from verify.algebra.regimes import Regime, regimes
from verify.algebra.substitution import substitute
from verify.errors import nearest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

RationalLike: TypeAlias = int | Fraction | str
BoundLike: TypeAlias = object  # a Bound, text, int, Fraction or sympy expression


@attrs.frozen
class Bound:
    """A positive expression in sums, products, rational powers, logs, min and max.

    Made by `bound`; equal when the trees are equal, that is when they are written alike.
    """

    tree: Node

    @property
    def text(self) -> str:
        """The bound in the grammar; `bound(text)` gives an equal bound."""
        return writing.write(self.tree)

    @property
    def symbols(self) -> frozenset[str]:
        """All names that occur."""
        return self.base_symbols | self.exponent_symbols

    @property
    def base_symbols(self) -> frozenset[str]:
        """The variables: names outside exponents."""
        return base_symbols(self.tree)

    @property
    def exponent_symbols(self) -> frozenset[str]:
        """The design symbols: names in exponents, such as d in n**(-1/(d+2))."""
        return exponent_symbols(self.tree)

    def substitute(self, values: "Mapping[str, BoundLike]") -> "Bound":
        """The bound with names replaced, all at once.

        A variable takes a number, a text or a bound; a design symbol takes an int, a Fraction or a
        text with a rational function of design symbols, such as `2*d/(d+2)`.  Raises `BoundError`
        for a name that does not occur and for a result outside the calculus.
        """
        variables, designs = self.base_symbols, self.exponent_symbols
        _check_names(values, variables | designs)
        bases = {n: bound(v).tree for n, v in values.items() if n in variables}
        exponents = {n: _exponent(n, v) for n, v in values.items() if n in designs}
        result = Bound(substitute(self.tree, bases, exponents))
        _check_roles(result)
        return result

    def growth(self, ray: "Mapping[str, RationalLike]") -> Growth:
        """The power and log power along `ray`: x_i = exp(u_i s), s to infinity.

        The ray gives variables ints, Fractions or texts such as '1/2' (negative: it shrinks); those
        left out stand still.  Exact.  Raises `BoundError` for a name that is not a variable and for
        an exponent with a design symbol in it.
        """
        return growth_along(self.tree, self._direction(ray))

    def leading(
        self, ray: "Mapping[str, RationalLike]", values: "Mapping[str, ArrayLike]"
    ) -> dict[str, Fraction]:
        """The powers of the monomial that is active along `ray`; ties are broken at `values`.

        Names without a power are left out.  Of min(sqrt(J*T), V) along T^2 = V the first, where it
        is the smaller one at the numbers `values` of J, T and V.
        """
        return leading(self.tree, self._direction(ray), values)

    def lower_order(self, ray: "Mapping[str, RationalLike]") -> tuple[LowerOrder, ...]:
        """The other growths present along `ray`, nearest first: added terms, and inactive branches.

        For n**(2/3) + sqrt(n) one added term, gap 1/6: it bends a log-log plot at every n.  For
        min(n**(2/3), sqrt(J*n)) one kink, gap 1/6: past the crossover nothing is left of it.
        """
        return lower_order(self.tree, self._direction(ray))

    def regimes(self, conditions: ConeLike = ()) -> tuple[Regime, ...]:
        """Which monomial is active where on the cone of `conditions`; see `regimes.regimes`."""
        return regimes(self.tree, cone(conditions))

    def crossovers(
        self, conditions: ConeLike = (), variable: str | None = None
    ) -> tuple[Crossover, ...]:
        """Where neighbouring regimes meet on the cone, constants included, solved for `variable`.

        By default for the first variable in which the two monomials differ.
        """
        return crossovers(self.tree, cone(conditions), variable)

    def crossover(self, other: BoundLike, variable: str) -> tuple[str, ...]:
        """The values of `variable`, as texts, at which this bound equals `other`; sums by sympy."""
        return equality(self.tree, bound(other).tree, variable)

    def evaluate(self, values: "Mapping[str, ArrayLike]") -> "NDArray[np.float64]":
        """The numerical value, float64, of the broadcast shape of `values`; see `evaluation`."""
        return evaluate(self.tree, values)

    def switches(self, values: "Mapping[str, ArrayLike]") -> tuple[Switch, ...]:
        """Where a min or max changes its branch along a sweep, arrays of shape (K,) by name."""
        return tuple(switches(self.tree, values))

    def latex(self) -> str:
        """The bound in LaTeX, for math mode."""
        return writing.latex(self.tree)

    def _direction(self, ray: "Mapping[str, RationalLike]") -> dict[str, Fraction]:
        for name in sorted(self.exponent_symbols & ray.keys()):
            raise BoundError(
                f"{name!r} stands in an exponent and cannot move along a ray",
                f"substitute a number: .substitute({{{name!r}: 2}})",
            )
        _check_names(ray, self.base_symbols)
        return {name: fraction(value, f"{name} of the ray") for name, value in ray.items()}

    def __str__(self) -> str:
        return self.text


def bound(source: BoundLike) -> Bound:
    """The bound given by a text in the grammar, a sympy expression, an int or a Fraction.

    Grammar: numbers (decimals are exact), names, + - * / ** ( ), sqrt, log, min, max.  Exponents
    are rational, or rational functions of design symbols, which need numbers before the bound can
    be compared.  A `Bound` is returned as it is.  Raises `GrammarError` pointing at the column of a
    text, `BoundError` for other sources.
    """
    if isinstance(source, Bound):
        return source
    if isinstance(source, str):
        return _parsed(source)
    if is_sympy(source):
        return Bound(read_bound(sympy_text(source)))
    return Bound(number(fraction(source, "the bound")))


@lru_cache(maxsize=256)
def _parsed(text: str) -> Bound:
    """A claim's bound is asked for again with every design, control and data set."""
    return Bound(read_bound(text))


def _exponent(name: str, value: object) -> Exponent:
    if isinstance(value, str):
        return read_exponent(value)
    return Exponent.number(fraction(value, name))


def _check_names(given: Mapping[str, object], known: frozenset[str]) -> None:
    for name in given:
        if name not in known:
            raise BoundError(f"{name!r} does not occur in the bound", nearest(str(name), known))


def _check_roles(result: Bound) -> None:
    """Refuse what substitution can produce and the grammar cannot express."""
    for name in sorted(result.base_symbols & result.exponent_symbols):
        raise BoundError(
            f"after the substitution {name!r} is a variable and stands in an exponent",
            "substitute a number for it",
        )
    depth = deepest = 0
    for sign in result.text:
        depth += (sign == "(") - (sign == ")")
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise BoundError(f"a bound nested more than {DEEPEST} deep", "write it in simpler parts")
