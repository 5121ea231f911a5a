"""One real result, measured once for all tests of the reports."""

import pytest
from msgspec.structs import replace

import verify
from verify.claims.rate.outcome import ExponentRow
from verify.result import Result

SETTLED = {"n, d=1": (-0.33332, -0.33531, -0.33108), "n, d=2": (-0.25013, -0.25172, -0.24818)}
"""Estimate, low and high of the claim `upper`: the digits that a report writes, not how they are
found, are what its tests are about."""


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """`lipschitz_regression` at the quick budget: two rates and two corollaries.

    Without its claim on random instances; `variants.instanced` makes one of those.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("run"))
        found = verify.run("lipschitz_regression", budget="quick", workers=1)
    upper, *others = (one for one in found.outcomes if one.id != "upper_everywhere")
    measured = [row.estimate for row in upper.exponents]
    controls = [
        replace(one, exponents=[_settled(row, measured) for row in one.exponents])
        for one in upper.controls
    ]
    rows = [_settled(row, measured) for row in upper.exponents]
    return replace(found, outcomes=[replace(upper, exponents=rows, controls=controls), *others])


def _settled(row: ExponentRow, measured: list[float | None]) -> ExponentRow:
    """The row with numbers that are known, where it is about the data of the claim."""
    if row.estimate not in measured:
        return row
    estimate, low, high = SETTLED[f"{row.variable}, {row.design}"]
    return replace(row, estimate=estimate, low=low, high=high)
