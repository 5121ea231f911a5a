"""The declaration of a theorem: its source, its assumptions and its claims."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Self

from verify.spec.claim import Claim
from verify.spec.declaration import Declaration, declaration, is_identifier, is_text, item, tuple_of
from verify.spec.known import Known

if TYPE_CHECKING:  # it draws, and a spec is read without
    from matplotlib.axes import Axes


def _is_side(value: object) -> bool:
    return isinstance(value, int) and 200 <= value <= 1200


@declaration
class Source(Declaration):
    """Where a statement was published: a bibliography key, and the place in that work."""

    key: str = item("a bibliography key such as 'author2026'", is_identifier)
    where: str = item("the place in the work, as 'Theorem 2'", is_text)


@declaration
class Assumption(Declaration):
    """One hypothesis of a theorem, by a name that claims and controls refer to."""

    id: str = item("an identifier such as 'lipschitz'", is_identifier)
    states: str = item("the hypothesis in words", is_text)


@declaration
class Illustration(Declaration):
    """A picture that belongs to a theorem: reports that have pictures show it.

    `draw` gets empty matplotlib axes and draws into them, in the colours C0 to C5 (C6 is that of
    text, C7 a softer one), which follow the page from light to dark.  `shows` says in words what is
    to be seen there.  `width` and `height` are in pixels.
    """

    id: str = item("an identifier such as 'regimes'", is_identifier)
    title: str = item("a title in words", is_text)
    shows: str = item("what is to be seen, in words", is_text)
    draw: "Callable[[Axes], object]" = item("a function of matplotlib axes", callable)
    width: int = item("pixels, from 200 to 1200", _is_side, default=560, kw_only=True)
    height: int = item("pixels, from 200 to 1200", _is_side, default=360, kw_only=True)


@declaration
class Theorem(Declaration):
    """A theorem as something that can be checked; a module declares one, named THEOREM.

    `statement` is LaTeX.  Declaring runs nothing and registers nothing.
    """

    id: str = item("an identifier such as 'my_rate'", is_identifier)
    title: str = item("a title in words", is_text)
    source: Source = item("Source(key, where)", lambda value: isinstance(value, Source))
    statement: str = item("the statement in LaTeX", is_text)
    assumptions: tuple[Assumption, ...] = item("a tuple of Assumption(...)", tuple_of(Assumption))
    claims: tuple[Claim, ...] = item(
        "a tuple with at least one claim",
        lambda value: tuple_of(Claim)(value) and len(value) > 0,
    )
    illustrations: tuple[Illustration, ...] = item(
        "a tuple of Illustration(...)", tuple_of(Illustration), default=(), kw_only=True
    )

    def only(self, claim: Claim) -> Self:
        """The theorem with one of its claims, and the one that corrects it: its control."""
        kept = [one for one in self.claims if one.id in (claim.id, claim.corrected)]
        return self.replaced({"claims": tuple(kept)}, self.place)

    def drawn(self, seed: int) -> Self:
        """The theorem with the random instances that `seed` gives its claims.

        Raises InputError where a strategy fails.
        """
        claims = tuple(claim.drawn(seed) for claim in self.claims)
        return self.replaced({"claims": claims}, self.place)

    def knowing(self, known: Mapping[str, Mapping[str, Known]]) -> Self:
        """The theorem with counterexamples of earlier runs, by the ids of claim and control."""
        claims = tuple(claim.knowing(known.get(claim.id, {})) for claim in self.claims)
        return self.replaced({"claims": claims}, self.place)
