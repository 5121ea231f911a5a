"""What would decide a claim that the planned replicates are not likely to decide."""

from collections.abc import Mapping
from functools import partial
from itertools import combinations
from math import isclose
from typing import Any

import attrs

from verify.claims.rate.declaration import RateDeclaration
from verify.planning.pilot import Pilot
from verify.planning.proposal import MOST_POINTS, Change, Proposal, propose, smallest
from verify.verdict import LEVEL

ENOUGH = 0.8
"""The chance of HOLDS from which on an experiment is said to decide a true claim."""
MOST_REPLICATES = 65_536
REPLICATES, SLOWEST = (4, 16), (0.5, 1.0)
NOISE = {2: "half", 4: "a quarter", 10: "a tenth", 100: "a hundredth"}
"""How many times more, and how much less, is tried of each."""


@attrs.frozen
class Outlook:
    """What is likely at `present`, and the `remedies`: the smallest changes that would decide.

    `best` has the largest chance to HOLD of all that was tried.
    """

    present: Proposal
    remedies: tuple[Proposal, ...]
    best: Proposal

    @property
    def sentences(self) -> list[str]:
        """What would decide the claim, a sentence each; none if it is likely to be decided."""
        if self.present.forecast.holds >= ENOUGH:
            return []
        told = [f"{_words(one)} would decide it {self._facts(one)}" for one in self.remedies]
        chance = f"the best chance is {_percent(self.best)}"
        with_what = f", with {_words(self.best)}" if self.best != self.present else ""
        return told or [f"nothing tried decides it: {chance}{with_what}"]

    def _facts(self, proposal: Proposal) -> str:
        """How far the sweep goes then, what it costs beside the present one, the chance."""
        facts, times = [], proposal.forecast.cost / self.present.forecast.cost
        if proposal.change.places:
            before, far = proposal.design.grid[-2:]
            way = "up" if far > before else "down"
            facts.append(f"{proposal.design.variable} {way} to {far:,.10g}")
        if times > 1:
            facts.append(f"{times:.3g} times the cost")
        return f"({'; '.join([*facts, _percent(proposal)])})"


def outlook(claim: RateDeclaration, pilot: Pilot, equal: int, *, level: float = LEVEL) -> Outlook:
    """What is likely if the pilot's cells together cost what `equal` replicates of each would.

    Where a true claim HOLDS with a chance below ENOUGH, more of four kinds is tried, in this order:
    further places, replicates, less noise, a faster slowest correction; each by itself, and if none
    is enough, in pairs.
    """
    tried: dict[Change, Proposal] = {}

    def of(change: Change) -> Proposal:
        if change not in tried:
            tried[change] = propose(claim, pilot, equal, change, level)
        return tried[change]

    def needed(ladders: Mapping[str, tuple[Any, ...]]) -> Proposal | None:
        chosen = {name: ladder[-1] for name, ladder in ladders.items()}
        found = of(Change(**chosen))
        for name, ladder in ladders.items() if found.forecast.holds >= ENOUGH else ():
            found, step = smallest(
                [partial(of, Change(**{**chosen, name: value})) for value in ladder], ENOUGH
            )
            chosen[name] = ladder[step]
        return found if found.forecast.holds >= ENOUGH else None

    present = of(Change())
    remedies: list[Proposal] = []
    if present.forecast.holds < ENOUGH:
        kinds = _ladders(claim, pilot, equal)
        for count in (1, 2):
            groups = combinations(kinds, count) if not remedies else ()
            found = [needed({kind: kinds[kind] for kind in group}) for group in groups]
            remedies += [one for one in found if one is not None]
    best = max(tried.values(), key=lambda one: one.forecast.holds)
    return Outlook(present, tuple(remedies), best)


def _ladders(claim: RateDeclaration, pilot: Pilot, equal: int) -> dict[str, tuple[Any, ...]]:
    """What is tried of each kind, from the least to the most; kinds without a choice are left."""
    random = not pilot.exact
    ladders: dict[str, tuple[Any, ...]] = {
        "places": tuple(range(1, MOST_POINTS - len(pilot.design.grid) + 1)),
        "replicates": tuple(k for k in REPLICATES if random and k * equal <= MOST_REPLICATES),
        "noise": tuple(NOISE) if random else (),
        "slowest_correction": tuple(w for w in SLOWEST if w > claim.slowest_correction),
    }
    return {name: ladder for name, ladder in ladders.items() if ladder}


def _words(proposal: Proposal) -> str:
    """A change in words."""
    change, parts = proposal.change, []
    if change.places:
        parts.append(_further(change.places, *proposal.design.grid[-2:]))
    if change.replicates > 1:
        parts.append(f"{change.replicates} times the replicates")
    if change.noise > 1:
        parts.append(f"{NOISE[change.noise]} of the noise of a replicate")
    if change.slowest_correction is not None:
        parts.append(f"slowest_correction={change.slowest_correction:g}, if that is known,")
    return " and ".join(parts)


def _further(places: int, before: float, far: float) -> str:
    """So many further places, each as far beyond the last as `far` is beyond `before`."""
    known = {2.0: "doubling", 0.5: "halving"}
    name = next((word for ratio, word in known.items() if isclose(far / before, ratio)), "place")
    return f"{places} more {name}{'s' if places > 1 else ''}"


def _percent(proposal: Proposal) -> str:
    return f"{100 * proposal.forecast.holds:.0f} %"
