"""Theorem files as a user would write them, sound unless a test makes them wrong."""

from pathlib import Path

TENTH = 'but("tenth", "an exponent off by a tenth", bound="n**(-2/5)")'
GRID = 'Design(sweep={"n": [8, 16, 32, 64, 128, 256, 512, 1024]})'
ROOT = "def error(n):\n    return n**-0.5\n"
NOISY = "def error(rng, size, n):\n    return n**-0.5 * rng.lognormal(0, 3, size)\n"
DRAWS = "def error(rng, size, n):\n    return n**-0.5 * rng.lognormal(0, 0.01, size)\n"

HEAD = """\
import math
import os
import sys
import time

import numpy as np

from verify import Assumption, Design, Rate, Source, Theorem, but

"""

THEOREM = """

THEOREM = Theorem(
    id="{id}",
    title="{title}",
    source=Source("nobody2026", where="Theorem 1"),
    statement="n^{{-1/2}}",
    assumptions=(Assumption("iid", "the draws are independent"),),
    claims=({claims}),
)
"""


def rate(
    name: str = "upper",
    *controls: str,
    measure: str = "error",
    bound: str = "n**(-1/2)",
    designs: str = GRID,
) -> str:
    """The text of a rate; by default its one control is TENTH."""
    return f"""
        Rate(
            "{name}",
            measure={measure},
            bound="{bound}",
            relation="Theta",
            scope="the thing itself",
            designs=({designs},),
            controls=({", ".join(controls or (TENTH,))},),
        ),"""


def write(
    folder: Path, name: str, measures: str = ROOT, *claims: str, title: str = "A small theorem"
) -> str:
    """Write the theorem `name` into a file of that name, and return the file's."""
    body = THEOREM.format(id=name, title=title, claims="".join(claims or (rate(),)))
    (folder / f"{name}.py").write_text(HEAD + measures + body, encoding="utf-8")
    return f"{name}.py"
