"""Theorem files as a user would write them, sound unless a test makes them wrong."""

from pathlib import Path

TENTH = 'but("tenth", "an exponent off by a tenth", bound="n**(-2/5)")'
ROOT = "def error(n):\n    return n**-0.5\n"
NOISY = "def error(rng, size, n):\n    return n**-0.5 * rng.lognormal(0, 3, size)\n"
DRAWS = "def error(rng, size, n):\n    return n**-0.5 * rng.lognormal(0, 0.01, size)\n"

HEAD = """\
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
    id: str = "upper",
    *controls: str,
    measure: str = "error",
    bound: str = "n**(-1/2)",
    sweep: str = "[8, 16, 32, 64, 128, 256, 512, 1024]",
    at: str = "{}",
    more: str = "",
) -> str:
    """The text of a rate; by default its one control is TENTH."""
    return f"""
        Rate(
            "{id}",
            measure={measure},
            bound="{bound}",
            relation="Theta",
            scope="the thing itself",
            designs=(Design(sweep={{"n": {sweep}}}, at={at}),),
            controls=({", ".join(controls or (TENTH,))},),{more}
        ),"""


def write(
    folder: Path, id: str, measures: str = ROOT, *claims: str, title: str = "A small theorem"
) -> str:
    """Write the theorem `id` into a file of its name and return that name."""
    body = THEOREM.format(id=id, title=title, claims="".join(claims or (rate(),)))
    (folder / f"{id}.py").write_text(HEAD + measures + body, encoding="utf-8")
    return f"{id}.py"
