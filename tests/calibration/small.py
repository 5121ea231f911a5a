"""Calibrations that are small enough for a test."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from verify.calibration import study
from verify.calibration.zoo import MAIN, SECOND, Law


@contextmanager
def sizes(
    laws: tuple[Law, ...] = MAIN[:1],
    second: tuple[Law, ...] = SECOND[:1],
    data_sets: int = 2,
    inside: int = 2,
    chunk: int = study.CHUNK,
) -> Iterator[pytest.MonkeyPatch]:
    """Quick runs of few laws and few data sets; what else is patched ends with it too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(study, "ZOOS", {"main": laws, "second": second})
        patch.setattr(study, "QUICK_DATA_SETS", data_sets)
        patch.setattr(study, "QUICK_INSIDE_DATA_SETS", inside)
        patch.setattr(study, "CHUNK", chunk)
        yield patch
