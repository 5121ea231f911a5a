"""The static faults of a rate whose measure declares a reduction of variance."""

from collections.abc import Iterator

from verify.claims.rate.declaration import RateDeclaration
from verify.errors import Finding
from verify.inference.statistic import STATISTICS, Mean, RootMeanSquare
from verify.spec.declaration import shown
from verify.spec.measure import convention, importable


def reduction_findings(claim: RateDeclaration) -> Iterator[Finding]:
    """A reduction needs a random measure, controls and pairs a sum, matched rows a call each."""
    if not claim.sound("measure") or not importable(claim.measure):
        return
    said, wanted = claim.reduction, convention(claim.measure)
    measure = claim.measure.__name__
    if said.label and not wanted.random:
        found = f"{measure} without 'rng' and with {said.label}"
        yield claim.fault("reduction", found, "a random measure: an exact one has no variance")
    if said.columns and claim.sound("statistic") and not _is_sum(claim):
        found = f"statistic={shown(claim.statistic)} of {measure}, with {said.label}"
        expected, hint = "'mean' or 'rms'", "return plain replicates for any other statistic"
        yield claim.fault("reduction", found, expected, hint)
    if said.common and wanted.sized:
        found = f"{measure} with 'size' and common random numbers"
        hint = "leave out `size` and return one replicate"
        yield claim.fault("reduction", found, "a generator for each replicate", hint)
    if said.common and claim.sound("together") and claim.together:
        found = f"together=True, and {measure} with common random numbers"
        expected = "one of the two: a run has the same random numbers at every place already"
        yield claim.fault("reduction", found, expected)


def _is_sum(claim: RateDeclaration) -> bool:
    return isinstance(STATISTICS.get(claim.statistic), Mean | RootMeanSquare)
