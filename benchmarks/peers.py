"""What other tools say of the calibration's data: `python -m benchmarks.peers`, extra `bench`.

Every tool is given the same data sets of the zoo's laws, and is asked of each whether y = O(n^p0),
up to logs: with the law's own exponent (a true claim), and with one that is too small by WRONG (a
wrong one).  Prints Markdown, a table for each setting: shares averaged over the laws, the worst
laws, and times in the same run.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from time import process_time
from zlib import crc32

import attrs
import numpy as np

from benchmarks.peer_tools import TOOLS, Data
from verify.calibration.zoo import MAIN, SETTINGS, WRONG, Law, Setting
from verify.sampling import open_executor, processors
from verify.verdict import Verdict

CHUNK = 25
HEADS = (
    *("tool, and how it is read", "true: accepted", "rejected", "no answer"),
    *("wrong: rejected", "accepted", "no answer"),
    *("most true rejected", "most wrong accepted", "ms", "over linregress"),
)
COLUMNS = (
    *(("true", Verdict.HOLDS), ("true", Verdict.REFUTED), ("true", Verdict.INCONCLUSIVE)),
    *(("wrong", Verdict.REFUTED), ("wrong", Verdict.HOLDS), ("wrong", Verdict.INCONCLUSIVE)),
)
"""What the heads after the first ask for: shares of a verdict on a claim."""


@attrs.frozen
class Told:
    """What was said of the true claim and of the wrong one, and the processor's time for it."""

    true: Verdict
    wrong: Verdict
    seconds: float


Tolds = dict[str, list[Told]]
"""What one tool said of the data sets of each law."""


def draw(law: Law, setting: Setting, seed: int, index: int) -> Data:
    """The data set of the calibration with this seed and number."""
    key = (crc32(law.name.encode()), setting.points, setting.replicates, index)
    rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=key))
    return Data(law, setting, law.sample(rng, setting.grid, setting.replicates))


def told(data: Data) -> dict[str, Told]:
    """What every tool says of one data set."""
    found = {}
    for tool in TOOLS:
        start = process_time()
        judges = tool(data)
        seconds = process_time() - start
        for name, judge in judges.items():
            true, wrong = judge(data.law.power), judge(data.law.power - WRONG)
            found[name] = Told(true, wrong, seconds)
    return found


def cell(index: int, setting: Setting, seed: int, numbers: range) -> list[dict[str, Told]]:
    """The data sets of one law; laws travel to other processes by their place in the zoo."""
    return [told(draw(MAIN[index], setting, seed, number)) for number in numbers]


def row(name: str, laws: Tolds, base: float) -> tuple[str, ...]:
    """A row of the table: averages over the laws, the worst laws, and the time beside `base`."""
    said = {column: shares(laws, *column) for column in COLUMNS}
    spent = seconds(laws)
    return (
        name,
        *(f"{sum(share.values()) / len(share):.3f}" for share in said.values()),
        _worst(said["true", Verdict.REFUTED]),
        _worst(said["wrong", Verdict.HOLDS]),
        f"{1e3 * spent:.2f}",
        f"{spent / base:.1f}",
    )


def shares(laws: Tolds, claim: str, verdict: Verdict) -> dict[str, float]:
    """How often a verdict was said of a claim, for each law."""
    return {
        law: sum(getattr(one, claim) is verdict for one in told) / len(told)
        for law, told in laws.items()
    }


def seconds(laws: Tolds) -> float:
    """The time of a judgement: medians, which no first import spoils, averaged over the laws."""
    return float(np.mean([np.median([one.seconds for one in told]) for told in laws.values()]))


def _worst(share: dict[str, float]) -> str:
    law = max(share, key=share.__getitem__)
    return f"{share[law]:.2f}: {law}" if share[law] else "none"


def table(sets: dict[str, list[dict[str, Told]]]) -> Iterator[str]:
    """The lines of the table of one setting, from the data sets of each law."""
    yield f"| {' | '.join(HEADS)} |"
    yield f"|{'---|' * len(HEADS)}"
    names = list(next(iter(sets.values()))[0])
    by_tool = {
        name: {law: [one[name] for one in given] for law, given in sets.items()} for name in names
    }
    base = seconds(by_tool[names[0]])
    for name, laws in by_tool.items():
        yield f"| {' | '.join(row(name, laws, base))} |"


def main(arguments: Sequence[str]) -> None:
    """Print a table for each setting."""
    parser = ArgumentParser(prog="python -m benchmarks.peers")
    parser.add_argument("--data-sets", type=int, default=200, help="of each law in each setting")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args(arguments)
    parts = [range(k, min(k + CHUNK, asked.data_sets)) for k in range(0, asked.data_sets, CHUNK)]
    with open_executor(processors()) as executor:
        for setting in SETTINGS:
            jobs = {
                law.name: [executor.submit(cell, k, setting, asked.seed, part) for part in parts]
                for k, law in enumerate(MAIN)
            }
            sets = {
                law: [one for job in given for one in job.result()] for law, given in jobs.items()
            }
            print(f"\n{setting.points} doublings of n, {setting.replicates} replicates at each:\n")
            print("\n".join(table(sets)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
