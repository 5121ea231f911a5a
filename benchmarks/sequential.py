"""What looking early costs and saves: `python -m benchmarks.sequential [DATA_SETS]`.

Laws of the calibration's main list on 15 doublings, at the standard budget, each claimed to be
O(n^p0) with p0 equal to the law's exponent, and less by the margin, by a tenth and by a quarter.
The loop of a run judges the same data with its looks, and with none.  Prints Markdown: how often a
claim HOLDS and is REFUTED, and the share of the replicates that was drawn.
"""

import sys
from collections.abc import Sequence
from zlib import crc32

import attrs
import numpy as np

from verify import Assumption, Design, Rate, Source, Theorem
from verify.calibration.trial import replicate
from verify.calibration.zoo import MAIN, MARGIN, Law, Setting
from verify.planning import BUDGETS, Budget, Plan
from verify.sampling import Measured, open_executor, processors
from verify.sequential import examine
from verify.verdict import Verdict

OFF = 0.0, MARGIN, 0.1, 0.25
SETTING = Setting(15, BUDGETS["standard"].replicates)
CHUNK = 10
DATA_SETS = 200


@attrs.frozen
class Story:
    """The verdict on one claim, with looks and with none, and the share of replicates drawn."""

    verdict: Verdict
    at_once: Verdict
    share: float


def claim_of(law: Law, off: float, setting: Setting) -> Theorem:
    """The theorem that a law is O of its own bound, made smaller by n**off."""
    claim = Rate(
        "claim",
        measure=replicate,
        bound=f"({law.bound}) * n**(-{round(100 * off)}/100)",
        relation="O",
        designs=(Design(sweep={"n": setting.grid.tolist()}),),
        logs=law.logs,
        margin=MARGIN,
        together=law.together,
        scope=law.name,
    )
    return Theorem(
        id="claim",
        title=law.name,
        source=Source("zoo", where=law.name),
        statement="y",
        assumptions=(Assumption("law", law.name),),
        claims=(claim,),
    )


def story(law: Law, off: float, setting: Setting, seed: int, index: int) -> Story:
    """What becomes of a claim on the data set number `index` of a law."""
    theorem = claim_of(law, off, setting)
    key = (crc32(law.name.encode()), setting.points, index)
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=key))
    values = law.sample(rng, setting.grid, setting.replicates)
    (claim,) = theorem.claims
    whole = dict(zip(claim.cells(), [values.T] if law.together else values, strict=True))

    def draw(work: Plan, _: Measured) -> Measured:
        return Measured({cell: whole[cell][:count] for cell, count in work.replicates.items()})

    found = examine(theorem, Budget("looks", setting.replicates), draw)
    (outcome,) = found.outcomes
    drawn = outcome.replicates / setting.replicates
    return Story(outcome.verdict, claim.judge(whole).verdict, drawn)


def stories(name: int, off: float, seed: int, numbers: range) -> list[Story]:
    """Laws travel to other processes by their place in the list."""
    return [story(MAIN[name], off, SETTING, seed, number) for number in numbers]


def row(law: Law, columns: Sequence[Sequence[Story]]) -> list[str]:
    """One line of the table: a law, and what becomes of its claims."""
    true, margin, tenth, _ = columns

    def share(told: Sequence[Story], verdict: Verdict, *, at_once: bool = False) -> str:
        found = [(one.at_once if at_once else one.verdict) is verdict for one in told]
        return f"{np.mean(found):.3f}"

    def drawn(told: Sequence[Story]) -> str:
        return f"{np.mean([one.share for one in told]):.0%}"

    return [
        law.name,
        *(share(true, Verdict.REFUTED), share(margin, Verdict.HOLDS)),
        *(share(true, Verdict.HOLDS), share(true, Verdict.HOLDS, at_once=True)),
        *(share(tenth, Verdict.REFUTED), share(tenth, Verdict.REFUTED, at_once=True)),
        *map(drawn, columns),
    ]


HEADS = (
    *("law", "true: REFUTED", "off by the margin: HOLDS", "true: HOLDS", "at once"),
    *("off by .1: REFUTED", "at once", "drawn: true", "margin", ".1", ".25"),
)


def main(count: int, seed: int = 0) -> None:
    """Print the table, and the means of its columns."""
    starts = range(0, count, CHUNK)
    with open_executor(processors()) as executor:
        jobs = [
            [
                [executor.submit(stories, k, off, seed, range(a, min(a + CHUNK, count)))
                 for a in starts]
                for off in OFF
            ]
            for k in range(len(MAIN))
        ]  # fmt: skip
        table = [
            [[one for part in column for one in part.result()] for column in law] for law in jobs
        ]
    print(f"| {' | '.join(HEADS)} |\n|{'---|' * len(HEADS)}")
    for law, columns in zip(MAIN, table, strict=True):
        print(f"| {' | '.join(row(law, columns))} |")
    whole = [[one for law in table for one in law[k]] for k in range(len(OFF))]
    print(f"| {' | '.join(['**all**', *row(MAIN[0], whole)[1:]])} |")
    spent = np.mean([one.share for column in whole for one in column])
    print(f"\n{count} data sets a law, seed {seed}: {spent:.0%} of the replicates were drawn.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else DATA_SETS)
