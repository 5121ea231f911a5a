"""A place of a sweep as data: what was measured there, and the curve fitted through all of them."""

import msgspec


class PointRow(msgspec.Struct, frozen=True):
    """One place of the sweep: the estimated statistic and the fitted curve, with intervals.

    `worst` says where a maximum lies there; empty where nothing is maximised over.
    """

    x: float
    value: float
    low: float
    high: float
    fit: float
    fit_low: float
    fit_high: float
    worst: dict[str, float] = {}
