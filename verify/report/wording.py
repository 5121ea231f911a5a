"""Numbers, names and standings as words: what every format of a report writes alike."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from math import isinf
from typing import TYPE_CHECKING

from verify.outcome import Outcome
from verify.provenance import Provenance
from verify.verdict import EXPLANATION, LEVEL, Verdict

if TYPE_CHECKING:  # numpy is not needed to put numbers into words
    from verify.claims.limit import LimitRow
    from verify.claims.rate import ExponentRow
    from verify.claims.rate.outcome import JointRow, RatioRow, ReductionRow

INTERVAL = f"{100 * LEVEL:.0f} % interval"
LONGEST = 80
"""Characters of a name made from a text."""

CORRECTED = "corrected by"
OPEN = "open"
"""What stands before the sentence on what would decide a claim that this machine cannot."""
"""What stands before the claim that is right where another one is false as published."""

STANDING = {
    0: "as expected",
    1: "not as expected",
    3: "not decided",
    4: "not measured",
    5: "not begun",
}
"""What the exit code of a claim means, in words."""


def exact(exponent: float) -> str:
    """A predicted exponent as the fraction that it is, if its denominator is small."""
    fraction = Fraction(exponent).limit_denominator(360)
    return str(fraction) if abs(fraction - Fraction(exponent)) < 1e-12 else f"{exponent:.6g}"


DIGITS = 4
"""Decimals of an exponent, and of a limit unless its margin asks for others."""


def decimal(value: float | None, digits: int = DIGITS) -> str:
    """A signed number with so many decimals; empty for None."""
    return "" if value is None else f"{value:+.{digits}f}"


def interval(low: float | None, high: float | None, digits: int = DIGITS) -> str:
    """An interval with so many decimals; None is an end that is unbounded."""
    left = "(-inf" if low is None else f"[{low:+.{digits}f}"
    right = "inf)" if high is None else f"{high:+.{digits}f}]"
    return f"{left}, {right}"


def digits_of(margin: float) -> int:
    """The decimals that show a number against a margin: two figures of it and no fewer than two."""
    return max(2, 2 - math.floor(math.log10(margin)))


def along(variable: str, design: str) -> str:
    """The variable that a design moves, and where the others stand."""
    return ", ".join(part for part in (variable, design) if part)


def place_of(row: "LimitRow") -> str:
    """The place of a curve, as in `t = 0.5`."""
    return ", ".join(f"{name} = {value:.4g}" for name, value in row.at.items())


def standing(outcome: Outcome) -> str:
    """How a claim came out against what was expected of it; of an open one nothing is."""
    return OPEN if outcome.open else STANDING[outcome.exit_code]


def jointly(row: "JointRow") -> list[str]:
    """The exponents of all variables of a regime, in a sentence."""
    parts = [
        f"{one.variable} {exact(one.predicted)}: {decimal(one.estimate)} "
        f"{interval(one.low, one.high)}"
        for one in row.exponents
        if one.low is not None
    ]
    if not parts:
        return [f"in the regime {row.regime} the {row.designs} designs contradict one another"]
    return [f"exponents in the regime {row.regime}, all at once: {', '.join(parts)}"]


def ratio(row: "RatioRow") -> str:
    """How far the values are from a multiple of the bound, in a sentence."""
    ends = f"{row.low:.3g} to {row.high:.3g}"
    return f"over all {row.places} places the values are {ends} times the bound"


def replicates(outcome: Outcome) -> str:
    """How many replicates a cell had when the claim was decided, after a comma; none if exact."""
    return f", up to {outcome.replicates:,} replicates a cell" if outcome.replicates > 1 else ""


def because(outcome: Outcome) -> str:
    """The reason of the verdict, with its explanation."""
    return f"{outcome.reason}: {EXPLANATION[outcome.reason]}"


def against(outcome: Outcome) -> str:
    """`(expected ...)` where the verdict is another one, `(open)` where none is, else nothing."""
    if outcome.open:
        return f"({OPEN})"
    return "" if outcome.verdict is outcome.expected else f"(expected {outcome.expected})"


def correction(outcome: Outcome, beside: Iterable[Outcome]) -> str:
    """The claim that is right where this one is false as published, with its verdict; else ""."""
    verdicts = [f" ({one.verdict})" for one in beside if one.id == outcome.corrected]
    return "".join([outcome.corrected, *verdicts[:1]]) if outcome.corrected else ""


def drawn(origin: Provenance) -> str:
    """By what the replicates can be had again: the budget and the seed, or the file of the data."""
    return f"budget {origin.budget}, seed {origin.seed}" if origin.budget else f"data {origin.spec}"


def split_place(place: str) -> tuple[str, int] | None:
    """The file and the line that `file:line` names; None where it names no line."""
    file, _, line = place.rpartition(":")
    return (file, int(line)) if file and line.isdecimal() and int(line) > 0 else None


def census(verdicts: Iterable[Verdict]) -> str:
    """How many claims have each verdict, as in `3 hold, 1 refuted`."""
    found = Counter(verdicts)
    words = {
        Verdict.HOLDS: "holds" if found[Verdict.HOLDS] == 1 else "hold",
        Verdict.REFUTED: "refuted",
        Verdict.INCONCLUSIVE: "inconclusive",
    }
    parts = [f"{found[verdict]} {word}" for verdict, word in words.items() if found[verdict]]
    return ", ".join(parts) or "no claims"


def slugs(texts: Iterable[str]) -> list[str]:
    """A different name for each text, of letters, digits, `_` and `-`: for anchors and files."""
    names: list[str] = []
    for text in texts:
        stem = re.sub(r"[^A-Za-z0-9_]+", "-", text)[:LONGEST].strip("-") or "unnamed"
        name, count = stem, 1
        while name in names:
            count += 1
            name = f"{stem}-{count}"
        names.append(name)
    return names


def sharpness(row: "ExponentRow") -> str:
    """What the data could have told, in a sentence; empty where nothing was tried, or they told."""
    if row.sees is None or row.verdict is Verdict.REFUTED:
        return ""
    spared = [one.change for one in row.mutants if one.verdict is not Verdict.REFUTED]
    count = len(row.mutants)
    told = f"; {count - len(spared)} of {count} mutants refuted" if count else ""
    rest = f", not {', '.join(spared)}" if spared else ""
    place = along(row.variable, row.design)
    return f"along {place} a claim off by {row.sees:.3f} would be refuted{told}{rest}"


def savings(row: "ExponentRow") -> list[str]:
    """What each reduction of variance brought along a design, in a sentence."""
    return [f"along {along(row.variable, row.design)} {_saving(one)}" for one in row.reductions]


def _saving(one: "ReductionRow") -> str:
    ratios = sorted(float("inf") if ratio is None else ratio for ratio in one.ratios)
    ends = dict.fromkeys("infinity" if isinf(x) else f"{x:.3g}" for x in (ratios[0], ratios[-1]))
    what = "the variance of the slope on the range" if len(ratios) == 1 else "the variance"
    costly = sum(ratio < 1 for ratio in ratios)
    where = "" if costly == len(ratios) else f" at {costly} of {len(ratios)} places"
    cost = f", so that they cost{where}" if costly else ""
    return f"{one.by} divide {what} by {' to '.join(ends)}{cost}"
