"""The illustrations of stored results: those of the announced theorems that they are results of."""

from collections.abc import Sequence

from verify.discovery import catalogue, load
from verify.report import Illustrations
from verify.result import Result
from verify.sampling import theorem_digest
from verify.settings import read_settings


def illustrations_of(results: Sequence[Result]) -> Illustrations:
    """By theorem, where the theorem is announced and still what the result is of.

    A file that a result names is not run: results may come from anybody.
    """
    entries = {entry.id: entry for entry in catalogue(read_settings().paths)}
    theorems = {
        result.theorem: load(entries[result.theorem])
        for result in results
        if result.theorem in entries
    }
    return {
        result.theorem: theorems[result.theorem].illustrations
        for result in results
        if result.theorem in theorems
        and theorem_digest(theorems[result.theorem]) == result.provenance.spec
    }
