"""A rate on many instances: every report shows the one that decides, the JSON all of them."""

import io
import json

import pytest
from rich.console import Console

from verify.report import FORMATS
from verify.report.decisive import LONGEST, decisions, told
from verify.report.figure import exponent_pictures, forest_picture
from verify.report.figure.forest import entries
from verify.report.json import to_json
from verify.report.kinds import kind_of
from verify.report.terminal import show
from verify.result import Result
from verify.verdict import Verdict

from .variants import claiming, instanced, rate, replace


def _terminal(result: Result) -> str:
    stream = io.StringIO()
    show(result, Console(file=stream, width=200))
    return stream.getvalue()


def test_one_line_for_each_design_names_the_instance_that_decides(real: Result) -> None:
    claim = rate(instanced(real, 6, 3))
    assert [line.along for line in kind_of(claim).lines(claim)] == [
        "n, d=1, instance 3 of 8",
        "n, d=2, instance 3 of 8",
    ]
    assert [line.verdict for line in kind_of(claim).lines(claim)] == [Verdict.REFUTED] * 2


def test_the_worst_verdict_decides_then_the_smallest_p_value_then_the_widest_interval(
    real: Result,
) -> None:
    claim = rate(instanced(real, 6, 3))
    rows = [replace(row, low=-1.0) if row.instance.number == 5 else row for row in claim.exponents]
    assert decisions(replace(claim, exponents=rows))[0].row.instance.number == 3
    held = [row for row in rows if row.verdict is Verdict.HOLDS]
    assert decisions(replace(claim, exponents=held))[0].row.instance.number == 5
    lost = [replace(row, estimate=None, low=None, high=None, p_value=None) for row in held[3:4]]
    unclear = [replace(lost[0], verdict=Verdict.INCONCLUSIVE)]
    assert decisions(replace(claim, exponents=[*held, *unclear]))[0].row == unclear[0]


def test_a_control_is_decided_by_the_instance_that_is_refuted_least(real: Result) -> None:
    control = rate(instanced(real)).controls[0]
    rows = [
        replace(row, p_value=0.02 if row.instance.number == 4 else 1e-9)
        for row in control.exponents
    ]
    assert decisions(replace(control, exponents=rows))[0].row.instance.number == 4
    spared = [replace(row, verdict=Verdict.HOLDS) if row == rows[6] else row for row in rows]
    assert decisions(replace(control, exponents=spared))[0].row.instance.number == 7


def test_a_sentence_counts_the_instances_and_gives_what_was_drawn_where_one_fails(
    real: Result,
) -> None:
    assert told(rate(instanced(real)))[0] == "along n, d=1, instance 1 of 8 decides: 8 hold"
    assert told(rate(instanced(real, 6, 3)))[0] == (
        "along n, d=1, instance 3 of 8 decides: 6 hold, 2 refuted; "
        "it is slopes=[[3, -3], [0, 0.5]]; notes on 1 other are in the JSON"
    )
    assert told(rate(real)) == []


def test_long_data_are_cut_in_a_sentence(real: Result) -> None:
    claim = rate(instanced(real, 3))
    long = [
        replace(row, instance=replace(row.instance, data={"slopes": [1] * 200}))
        for row in claim.exponents
    ]
    (sentence, _) = told(replace(claim, exponents=long))
    assert "[1, 1, 1, 1" in sentence
    assert "..." in sentence
    assert len(sentence) < LONGEST + 80


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "badge"])
def test_every_format_names_the_instance_that_decides(name: str, real: Result) -> None:
    text = FORMATS[name].text([instanced(real, 3)])
    plain = text.replace("\\", "").replace("&#39;", "'").replace("%2C", ",").replace("%3A", ":")
    assert "instance 3 of 8" in plain
    assert "instance 6 of 8" not in plain


def test_the_terminal_has_two_lines_for_sixteen_rows(real: Result) -> None:
    out = _terminal(instanced(real, 3))
    table = [line for line in out.splitlines() if line.startswith("instanced ")]
    assert len(table) == 3  # the claim's head line, then a line for each design
    assert "7 hold, 1 refuted" in out


def test_the_page_has_pictures_of_the_deciding_rows_and_all_rows_as_numbers(real: Result) -> None:
    result = instanced(real, 3)
    claim = rate(result)
    assert len(exponent_pictures(claim)) == 2
    assert len(entries(claim)) == 2 * (1 + len(claim.controls))
    assert "instanced d=1" in forest_picture(claim).description
    page = FORMATS["html"].text([result])
    assert page.count("The 8 instances as numbers") == 2
    assert page.count("slopes=[[7, -3], [0, 0.5]]") == 2


def test_the_json_has_all_rows_with_their_data(real: Result) -> None:
    document = json.loads(to_json([instanced(real, 3)]))
    rows = document["claims"][0]["exponents"]
    assert [row["design"] for row in rows[:2]] == ["d=1, instance 1", "d=1, instance 2"]
    assert rows[8]["instance"] == {
        "number": 1, "design": "d=2", "data": {"slopes": [[1, -3], [0, 0.5]]},
    }  # fmt: skip
    assert len(rows) == 16


def test_where_a_maximum_lies_is_told_by_every_format(real: Result) -> None:
    claim = rate(real)
    note = "largest at gap = 0.25 (n = 64) .. gap = 0.031 (n = 32768)"
    row = replace(
        claim.exponents[0],
        notes=[note],
        points=[replace(point, worst={"gap": 0.25}) for point in claim.exponents[0].points],
    )
    result = claiming(real, replace(claim, exponents=[row]))
    for name in ("html", "markdown", "junit", "github"):
        assert "largest at gap = 0.25" in FORMATS[name].text([result]).replace("\\", "")
    assert note in _terminal(result)
    assert json.loads(to_json([result]))["claims"][0]["exponents"][0]["points"][0]["worst"] == {
        "gap": 0.25
    }
