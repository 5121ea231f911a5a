"""Rows and trials made by hand: good ones, of which a test spoils what it is about."""

from typing import Any

import numpy as np
from scipy.special import ndtri

from verify.calibration.asked import checks
from verify.calibration.inside import NOISES, InsideTrial
from verify.calibration.table import Calibration, CellRow, Check, InsideRow, Reference
from verify.calibration.trial import Trial
from verify.calibration.zoo import SETTINGS, ZOOS
from verify.inference.exponent import ExponentEstimate
from verify.inference.mixture import Mixture
from verify.inference.range_slope import LEVEL

RATES = {
    "coverage": 0.975,
    "model_rejected": 0.0,
    "false_refuted": 0.02,
    "false_holds": 0.0025,
    "refutes_o": 0.95,
    "refutes_omega": 0.9,
    "holds_o": 0.6,
    "holds_omega": 0.55,
    "holds_theta": 0.25,
    "half_width": 0.05,
}


def cells(**changes: Any) -> list[CellRow]:
    """A good row for every law of both lists in every setting."""
    return [
        CellRow(
            zoo=zoo,
            law=law.name,
            points=setting.points,
            replicates=setting.replicates,
            **({"data_sets": 800, "first": (0.45, 0.55), "profile": reference()} | RATES | changes),
        )
        for zoo, laws in ZOOS.items()
        for setting in SETTINGS
        for law in laws
    ]


def reference(half_width: float = 0.1) -> Reference:
    """What the profile interval might do."""
    return Reference(0.985, half_width, 0.8, 0.7)


def main(**changes: Any) -> list[CellRow]:
    """The rows of the main list."""
    return [row for row in cells(**changes) if row.zoo == "main"]


def inside(**changes: Any) -> list[InsideRow]:
    """A good row for every noise of laws inside the family."""
    good = {"data_sets": 600, "coverage": 0.96, "model_rejected": 0.004, "holds_theta": 0.95}
    good["half_width"] = 0.013
    return [InsideRow(noise=noise, **(good | changes)) for noise in NOISES]


def asked(
    rows: list[CellRow], inner: list[InsideRow] | None = None, *, quick: bool = False
) -> list[Check]:
    """What is asked of the rows."""
    return list(checks(rows, inside() if inner is None else inner, quick))


def calibration(*, quick: bool = False, seed: int = 3, **changes: Any) -> Calibration:
    """A whole calibration."""
    rows = cells(**changes)
    found = asked([row for row in rows if row.zoo == "main"], quick=quick)
    return Calibration(seed=seed, quick=quick, cells=rows, inside=inside(), checks=found)


def estimated(estimate: float, half: float) -> ExponentEstimate:
    """An estimate with a normal law."""
    one = np.ones(1)
    sd = max(half / ndtri((1 + LEVEL) / 2), 1e-12)
    law = Mixture(one, one * estimate, one * sd, np.zeros(1, dtype=np.intp), 0 * one)
    return ExponentEstimate(estimate, estimate - half, estimate + half, 1.0, 1.0, law)


def a_trial(low: float = 0.4, high: float = 0.6, **changes: Any) -> Trial:
    """A trial in which nothing happened but what is said."""
    silent = dict.fromkeys((one.name for one in Trial.__attrs_attrs__), False)
    return Trial(**(silent | {"low": low, "high": high, "profile_width": 1.0} | changes))


def an_inside_trial(width: float = 0.1, **changes: Any) -> InsideTrial:
    """The same for a law inside the family."""
    silent = {"covered": False, "model_rejected": False, "holds_theta": False, "width": width}
    return InsideTrial(**(silent | changes))
