"""What counts as columns, and what a program is told about those that do not."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

import verify
from verify.errors import InputError

from .laws import columns, power

DATA = columns(power(0.5), count=8)


def judged(data: Any, **changes: Any) -> Any:
    asked = {"value": "y", "bound": "sqrt(n)", "relation": "Theta"} | changes
    return verify.judge(data, **asked)


def test_lists_arrays_and_exact_numbers_are_alike() -> None:
    expected = judged(DATA)
    n, y = (DATA[name].tolist() for name in ("n", "y"))
    for data in (
        {"n": n, "y": y},
        {"n": tuple(map(int, n)), "y": np.array(y)},
        {"n": [Fraction(int(x)) for x in n], "y": [Decimal(value) for value in y]},
        {"n": np.array(n, dtype=np.uint32), "y": np.array(y), "unused": "anything"},
    ):
        assert judged(data) == expected


def test_a_data_frame_is_columns() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(DATA).assign(algorithm="mine")
    assert judged(frame) == judged(DATA)
    whole = frame.astype({"n": "Int64"})
    assert judged(whole) == judged(DATA)
    whole.loc[3, "n"] = pandas.NA
    with pytest.raises(InputError, match=r"data\['n'\]\[3\]: nan: found not a number"):
        judged(whole)
    twice = pandas.concat([frame, frame[["y"]]], axis=1)
    with pytest.raises(InputError, match=r"duplicate-column: found the name 'y' of columns 2 and"):
        judged(twice)


def _with(name: str, row: int, entry: Any) -> dict[str, Any]:
    column: list[Any] = DATA[name].tolist()
    column[row] = entry
    return {**DATA, name: column}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ([1, 2], 'data: not-columns: found a list; expected columns by name, as {"n": [...]'),
        ({"n": DATA["n"], "Y": DATA["y"]}, "found no column 'y'; expected a column of the data."),
        ({**DATA, "y": DATA["y"][:-1]}, "unequal-columns: found 96 rows in 'n', 95 in 'y'"),
        ({"n": [], "y": []}, "data: no-rows: found no rows; expected one row for each replicate"),
        ({**DATA, "y": DATA["y"].reshape(8, -1)}, "data['y']: not-a-column: found an array of sha"),
        ({**DATA, "y": [[1], [1, 2]]}, "data['y']: not-a-column: found rows of different lengths"),
        ({**DATA, "y": 3.0}, "data['y']: not-a-column: found an array of shape ()"),
        (_with("y", 3, "2.5"), "data['y'][0]: not-a-number: found '"),
        ({**DATA, "y": ["1"] * 96}, "data['y'][0]: not-a-number: found '1'; expected a number"),
        (_with("y", 7, None), "data['y'][7]: not-a-number: found None; expected a number"),
        ({**DATA, "y": DATA["y"] * 1j}, "data['y'][0]: not-a-number: found "),
        (_with("y", 5, np.nan), "data['y'][5]: nan: found not a number (NaN); expected a number"),
        (_with("n", 5, np.inf), "data['n'][5]: infinite: found inf; expected a finite number"),
        (_with("y", 4, 10**400), "data['y'][4]: too-large: found an integer beyond 1e308"),
        (
            _with("y", 4, 1e200),
            "data['y'][4]: too-large: found 1e+200; expected numbers up to 1e+15",
        ),
        (
            _with("n", 6, 0),
            "data['n'][6]: nonpositive-variable: found 0; expected a positive number",
        ),
        (_with("n", 6, -4), "data['n'][6]: nonpositive-variable: found -4"),
        (
            _with("n", 6, 1e60),
            "data['n'][6]: too-large: found 1e+60; expected numbers from 1e-50 to 1",
        ),
        (_with("n", 9, 77), "data['n'][9]: one-replicate: found one replicate at n = 77"),
    ],
)
def test_what_is_not_a_column_of_numbers_is_told_where(data: Any, words: str) -> None:
    with pytest.raises(InputError) as error:
        judged(data)
    assert words in str(error.value)


def test_four_places_are_too_few() -> None:
    few = DATA["n"] <= 512
    with pytest.raises(InputError) as error:
        judged({name: column[few] for name, column in DATA.items()})
    assert "few-points: found n = 64, 128, 256, 512 only; expected at least 5 dist" in str(
        error.value
    )


@pytest.mark.parametrize(
    ("statistic", "change", "words"),
    [
        ("mean", -9.0, "found -"),
        (
            "rms",
            0.0,
            "found 0, and the rms at n = 256 has no logarithm with a finite error; expected",
        ),
        ("median", 0.0, "found 0, and the median at n = 256 has no"),
    ],
)
def test_a_statistic_that_is_not_positive_is_refused(
    statistic: str, change: float, words: str
) -> None:
    y = np.where(DATA["n"] == 256, change * DATA["y"], DATA["y"])
    with pytest.raises(InputError) as error:
        judged({**DATA, "y": y}, statistic=statistic)
    assert "nonpositive-statistic" in str(error.value)
    assert words in str(error.value)


def test_zeros_and_negative_values_are_fine_for_a_mean_that_stays_positive() -> None:
    y = DATA["y"].copy()
    y[:2] = 0, 1e-300
    y[DATA["n"].argmin()] = -1e-9
    assert judged({**DATA, "y": y}).exponents["n"].estimate is not None
    with pytest.raises(InputError, match="nonpositive-statistic: found -1e-09, and the median at"):
        judged({**DATA, "y": y}, statistic="median")
