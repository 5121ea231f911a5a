"""What keeps a sweep from being judged: a rate compares logarithms, which must exist."""

import numpy as np

from verify.claims import Rate
from verify.claims.sweep import SMALLEST_WITH_LOGS
from verify.judging.sweep import Sweep
from verify.judging.table import fault


def refuse_bound(claim: Rate, data: Sweep) -> None:
    """InputError where the bound has no logarithm, or where its own logarithms are near 0."""
    (design,) = claim.designs
    name, smallest = data.variable, data.grid[0]
    if (claim.logs or claim.growth_in(design).log) and smallest < SMALLEST_WITH_LOGS:
        found = f"{name} = {smallest:g}, with a power of log {name}"
        expected = f"values from {SMALLEST_WITH_LOGS} on"
        raise fault("small-log", data.where(0), found, expected, "a log depends on units near 1")
    values = claim.bound_in(design).evaluate({design.variable: data.grid})
    bad = ~(np.isfinite(values) & (values > 0))
    if bad.any():
        place = int(bad.argmax())
        found = f"the bound {values[place]:g} at {name} = {data.grid[place]:g}"
        raise fault("bound", data.where(place), found, "a positive finite number")


def refuse_statistic(claim: Rate, data: Sweep) -> None:
    """InputError where the statistic is not positive, or its standard error not finite."""
    for place, (x, values) in enumerate(zip(data.grid, data.replicates, strict=True)):
        with np.errstate(all="ignore"):
            estimate = claim.functional.estimate(values)
        if np.isfinite([estimate.value, estimate.variance]).all():
            continue
        row = int(data.rows[place][values.argmin()])
        statistic = f"the {claim.functional.label} at {data.variable} = {x:g}"
        raise fault(
            "nonpositive-statistic",
            data.table.place(data.value, row),
            f"{values.min():.6g}, and {statistic} has no logarithm with a finite error",
            "a positive statistic",
            "a rate compares logarithms: measure a distance, an error or a cost",
        )
