"""Which theorems the words on a command line mean."""

from collections.abc import Sequence

from verify.discovery import Entry, find, load
from verify.errors import InputError, nearest
from verify.spec import Theorem


def chosen(names: Sequence[str], entries: Sequence[Entry]) -> list[Theorem]:
    """The theorems named: ids, packages, paths, or ID:CLAIM for one with a single claim."""
    theorems = []
    for name in dict.fromkeys(names):
        wanted, _, claim = name.partition(":")
        found = [load(entry) for entry in find(wanted, entries)]
        theorems += [_only(theorem, claim) for theorem in found] if claim else found
    return theorems


def _only(theorem: Theorem, claim: str) -> Theorem:
    """The theorem with one of its claims."""
    kept = tuple(one for one in theorem.claims if one.id == claim)
    if not kept:
        known = [one.id for one in theorem.claims]
        raise InputError(f"{theorem.id} has no claim {claim!r}; {nearest(claim, known)}")
    return theorem.replaced({"claims": kept}, theorem.place)
