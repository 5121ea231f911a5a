"""A calibration as JSON, as text, as a page and as a picture: true to the data."""

import json
import re
from collections import Counter
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace

from tests.calibration.made import calibration, cells
from verify.calibration.table import Calibration, CellRow
from verify.calibration.zoo import MAIN, SECOND, SETTINGS
from verify.report.calibration import from_json, lines, markdown, to_json
from verify.report.figure.calibration import calibration_picture

LAWS = [law.name for law in (*MAIN, *SECOND)]
COMMAND = "python -m verify calibrate --seed 3"
SVG = "{http://www.w3.org/2000/svg}"


def _varied() -> Calibration:
    """Every rate of every row is another number of three digits."""
    rows = []
    for place, row in enumerate(cells()):
        values = [(137 * (place * 12 + k) % 997 + 1) / 1000 for k in range(12)]
        names = (
            *("coverage", "false_refuted", "false_holds", "model_rejected", "refutes_o"),
            *("refutes_omega", "holds_o", "holds_omega", "holds_theta", "half_width"),
        )
        profile = replace(row.profile, coverage=values[10], half_width=values[11])
        rows.append(replace(row, profile=profile, **dict(zip(names, values, strict=False))))
    return replace(calibration(), cells=rows)


def _numbers(row: CellRow) -> list[float]:
    """The columns of a table, in their order."""
    return [
        *(row.coverage, row.false_refuted, row.false_holds, row.model_rejected),
        *(row.refutes_o, row.refutes_omega, row.holds_o, row.holds_omega, row.holds_theta),
        *(row.half_width, row.profile.coverage, row.profile.half_width),
    ]


def _tables(page: str) -> list[list[list[str]]]:
    """The entries of all tables, without their heads."""
    found = re.findall(r"(?:^\|.*\|\n)+", page, re.MULTILINE)
    return [
        [[part.strip() for part in line.strip("|").split("|")] for line in table.splitlines()[2:]]
        for table in found
    ]


def test_the_tables_have_every_law_with_its_numbers() -> None:
    found = _varied()
    _, *of_cells, _ = _tables(markdown(found, COMMAND, None))
    rows = iter(found.cells)
    for table in of_cells:
        for name, *numbers in table[:-1]:
            row = next(rows)
            assert name == row.law
            assert [float(one) for one in numbers] == pytest.approx(_numbers(row), abs=1e-9)
        assert table[-1][0] == "*mean*"
    assert next(rows, None) is None
    assert [len(table) - 1 for table in of_cells] == [14] * 3 + [8] * 3


def test_the_last_row_of_a_table_is_the_mean_over_its_laws() -> None:
    found = _varied()
    table = _tables(markdown(found, COMMAND, None))[2]
    columns = zip(*(row[1:] for row in table[:-1]), strict=True)
    means = [sum(map(float, column)) / 14 for column in columns]
    told = table[-1][1:]
    assert [place for place, one in enumerate(told) if one] == [0, 4, 5, 6, 7, 8]
    assert all(
        not one or abs(float(one) - mean) < 6e-4 for one, mean in zip(told, means, strict=True)
    )


def test_the_page_has_what_is_asked_and_the_laws_inside_the_family() -> None:
    found = calibration(coverage=0.5)
    asked, *_, inner = _tables(markdown(found, COMMAND, None))
    assert asked == [
        [one.asks, f"{one.limit:.3f}", f"{one.found:.3f}", one.where, "met" if one.met else "MISS"]
        for one in from_json(to_json(found)).checks
    ]
    assert [row[-1] for row in asked].count("MISS") == 1
    assert inner == [
        [noise, "600", ".960", ".004", ".950", "0.013"] for noise in ("1e-09", "0.003", "0.01")
    ]


def test_the_page_says_how_it_was_made_and_shows_the_picture_if_there_is_one() -> None:
    page = markdown(calibration(), COMMAND, "the.svg")
    assert f"seed 3: `{COMMAND}`.\n" in page
    assert page.count("](the.svg)") == 1
    assert "800 data sets a law" in page
    assert "![" not in markdown(calibration(), COMMAND, None)
    assert "too small for anything but gross faults" in markdown(
        calibration(quick=True), COMMAND, None
    )


def test_the_lines_say_what_was_found_where_and_what_is_missed() -> None:
    found = calibration(coverage=0.5)
    told = list(lines(found))
    assert len(told) == len(found.checks)
    for line, check in zip(told, from_json(to_json(found)).checks, strict=True):
        assert line.startswith("met " if check.met else "MISS")
        for part in (check.asks, f"{check.limit:5.3f}: {check.found:.3f}", check.where):
            assert part in line


def test_json_is_strict_and_keeps_six_digits_of_every_number() -> None:
    row = replace(calibration().cells[0], half_width=0.0123456789, first=(-0.123456789, 1e-9 / 3))
    found = replace(calibration(), cells=[row])
    text = to_json(found)
    back = json.loads(text, parse_constant=pytest.fail)
    (cell,) = back["cells"]
    assert cell["half_width"] == 0.0123457
    assert cell["first"] == [-0.123457, 3.33333e-10]
    assert [one["noise"] for one in back["inside"]] == [1e-9, 3e-3, 1e-2]
    assert back["schema"] == 1
    assert text.endswith(b"}\n")
    nowhere = replace(found, cells=[replace(row, half_width=float("nan"))])
    json.loads(to_json(nowhere), parse_constant=pytest.fail)


def test_json_round_trips_and_the_page_can_be_made_from_it() -> None:
    found = _varied()
    assert from_json(to_json(found)).cells == found.cells
    third = calibration(half_width=1 / 3, coverage=2 / 3, false_refuted=0.0005 - 1e-10)
    back = from_json(to_json(third))
    assert back != third
    assert to_json(back) == to_json(third)
    assert markdown(back, COMMAND, "a.svg") == markdown(third, COMMAND, "a.svg")


@pytest.mark.parametrize("form", ["inline", "file"])
def test_the_picture_has_a_title_words_and_every_law(form: str) -> None:
    picture = calibration_picture(_varied())
    root = ET.fromstring(getattr(picture, form)("calibration"))
    space = SVG if form == "file" else ""
    assert root.get("role") == "img"
    assert root.find(f"{space}title").text == "Calibration"
    words = root.find(f"{space}desc").text
    assert "22 laws" in words
    assert all(setting.label in words for setting in SETTINGS)
    texts = ["".join(one.itertext()) for one in root.iter(f"{space}text")]
    assert [one for one in texts if one in LAWS] == LAWS
    for label in [setting.label for setting in SETTINGS]:
        assert texts.count(label) == 1


def _across(found: Calibration) -> list[float]:
    """How far to the right everything is that is drawn as a mark, keys included."""
    root = ET.fromstring(calibration_picture(found).inline("a"))
    return [float(one.get("x", "0")) for one in root.iter("use")]


def test_a_mark_for_every_law_setting_and_measure_lies_at_its_value() -> None:
    rows = cells()
    ends = {"coverage": 1.0, "false_refuted": 0.5, "false_holds": 0.0, "holds_o": 1.0}
    full = [replace(row, **ends, refutes_o=1.0, refutes_omega=1.0) for row in rows]
    none = [
        replace(row, **dict.fromkeys(ends, 0.0), refutes_o=0.0, refutes_omega=0.0) for row in rows
    ]
    half = [
        replace(row, **{k: v / 2 for k, v in ends.items()}, refutes_o=1.0, refutes_omega=0.0)
        for row in rows
    ]
    left, right, middle = (_across(replace(calibration(), cells=one)) for one in (none, full, half))
    assert len(left) == len(right) >= 22 * 3 * 4
    moved = [(a, b, c) for a, b, c in zip(left, right, middle, strict=True) if a != b]
    assert len(moved) == 22 * 3 * 4
    assert all(b > a and abs((a + b) / 2 - c) <= 0.1 for a, b, c in moved)


def test_every_setting_has_marks_of_its_own_shape_and_colour() -> None:
    """One for each law and measure, and one in the key."""
    root = ET.fromstring(calibration_picture(calibration()).inline("a"))
    marks = Counter((one.get("class"), one.get("href")) for one in root.iter("use"))
    assert list(marks.values()) == [22 * 4 + 1] * 3
    assert len({colour for colour, _ in marks}) == len({shape for _, shape in marks}) == 3


def test_what_lies_beyond_a_panel_is_drawn_at_its_end() -> None:
    at_end, beyond = (
        calibration_picture(calibration(false_refuted=value)).inline("a") for value in (0.5, 0.9)
    )
    assert at_end == beyond
