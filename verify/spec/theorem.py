"""The declaration of a theorem: its source, its assumptions and its claims."""

from collections.abc import Mapping
from typing import Self

from verify.spec.claim import Claim
from verify.spec.declaration import Declaration, declaration, is_identifier, is_text, item, tuple_of
from verify.spec.known import Known


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
