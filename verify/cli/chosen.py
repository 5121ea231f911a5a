"""Which theorems the words on a command line mean."""

from collections.abc import Sequence
from pathlib import Path

from verify.cli.main import COMMANDS
from verify.discovery import Entry, find, load
from verify.errors import InputError, nearest
from verify.spec import Theorem


def chosen(names: Sequence[str], entries: Sequence[Entry]) -> list[Theorem]:
    """The theorems named, each once: ids, packages, paths, or ID:CLAIM for one with one claim."""
    theorems: dict[tuple[Path, str], Theorem] = {}
    for name in names:
        wanted, colon, claim = name.partition(":")
        for entry in find(wanted, entries, COMMANDS):
            theorem = load(entry)
            key = entry.path.resolve(), claim
            theorems.setdefault(key, _only(theorem, claim) if colon else theorem)
    return list(theorems.values())


def _only(theorem: Theorem, claim: str) -> Theorem:
    """The theorem with one of its claims; one that is malformed as it is, to be refused later."""
    if not theorem.sound("claims"):
        return theorem
    for one in theorem.claims:
        if one.id == claim:
            return theorem.only(one)
    known = [str(one.id) for one in theorem.claims]
    raise InputError(f"{theorem.id} has no claim {claim!r}; {nearest(claim, known)}")
