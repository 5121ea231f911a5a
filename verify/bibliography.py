"""The BibTeX entries that theorems are taken from."""

import re
from collections.abc import Mapping
from pathlib import Path

from verify.errors import InputError, nearest

FILE = "references.bib"


def entry(key: str, theorem: Path) -> str:
    """The BibTeX entry of `key`, from the nearest references.bib at or above a theorem's file.

    Raises InputError where there is no such file or no such entry in it.
    """
    for folder in theorem.resolve().parents:
        if (folder / FILE).is_file():
            found = read(folder / FILE)
            if key not in found:
                raise InputError(f"{folder / FILE} has no entry {key!r}; {nearest(key, found)}")
            return found[key]
    raise InputError(f"no {FILE} beside {theorem} or above it; expected one with {key!r}")


def read(file: Path) -> Mapping[str, str]:
    """The entries of a BibTeX file by key, each as it is written."""
    text = file.read_text(encoding="utf-8")
    found = {}
    for match in re.finditer(r"^@\w+\{([^,\s]+),", text, flags=re.MULTILINE):
        found[match[1]] = text[match.start() : _end(text, match.start(), file)]
    return found


def _end(text: str, start: int, file: Path) -> int:
    """Just past the brace that closes the entry that starts at `start`."""
    depth = 0
    for place in range(text.index("{", start), len(text)):
        depth += (text[place] == "{") - (text[place] == "}")
        if depth == 0:
            return place + 1
    line = text.count("\n", 0, start) + 1
    raise InputError(f"{file}:{line}: an entry without its closing brace")
