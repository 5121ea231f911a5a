"""The terminal report says what was found, what it rests on, and how to repeat it."""

import io

import msgspec
import pytest
from rich.console import Console

from verify.report.terminal import exact, overview, show
from verify.result import Result

from .variants import failed, hostile, known_false, undecided, unknown


@pytest.fixture(scope="module")
def result(real: Result) -> Result:
    return real


def _text(result: Result) -> str:
    stream = io.StringIO()
    show(result, Console(file=stream, width=100))
    return stream.getvalue()


def test_every_exponent_has_its_line(result: Result) -> None:
    lines = _text(result).splitlines()
    for along, predicted in (("n, d=1", "-1/3"), ("n, d=2", "-1/4")):
        line = next(line for line in lines if line.startswith("upper") and along in line)
        assert predicted in line
        assert line.rstrip().endswith("HOLDS")


def test_basis_and_limits_are_printed(result: Result) -> None:
    text = _text(result)
    for words in (
        "rms = Theta(n**(-1/(d + 2)))",
        "evidence: statistical, up to 416 replicates a cell, margin 0.03; the partitioning",
        "evidence: exact computation",
        "not tested: d other than 1, 2",
        "controls: parametric REFUTED, squared REFUTED, curvature REFUTED, rough REFUTED",
        "seed 0; repeat: verify.run('lipschitz_regression', budget='quick', seed=0",
    ):
        assert words in text


def test_what_corrects_a_false_claim_is_printed(real: Result) -> None:
    lines = _text(known_false(real)).splitlines()
    assert lines.count("  corrected by: right (HOLDS)") == 1
    assert "REFUTED, as expected" in lines
    assert not any("corrected" in line for line in _text(real).splitlines())


def test_several_results_end_with_a_line_for_each_claim(real: Result) -> None:
    stream = io.StringIO()
    overview([real, known_false(real), undecided(real)], Console(file=stream, width=120))
    lines = stream.getvalue().splitlines()
    assert lines[1].split() == [real.theorem, "upper", "HOLDS", "statistical", "4", "of", "4"]
    assert any("REFUTED" in line and line.rstrip().endswith("corrected by right") for line in lines)
    assert any("INCONCLUSIVE" in line and "(expected HOLDS)" in line for line in lines)
    assert "claims of 3 theorems:" in lines[-2]
    assert "1 refuted, 1 inconclusive; 1 not as expected" in lines[-2]


def test_what_comes_from_a_user_is_not_markup(result: Result) -> None:
    hostile = msgspec.structs.replace(result, title="[red]{{7*7}}[/] <script>")
    assert "[red]{{7*7}}[/] <script>" in _text(hostile)


def test_a_predicted_exponent_is_shown_as_the_fraction_that_it_is() -> None:
    assert exact(-1 / 3) == "-1/3"
    assert exact(0.5) == "1/2"
    assert exact(2.0) == "2"
    assert exact(0.123456789) == "0.123457"


def test_an_interval_without_an_end_and_a_failed_measurement(real: Result) -> None:
    assert "(-inf, -0.3311]" in _text(undecided(real))
    text = _text(failed(real))
    assert "not measured error {n=512, d=1}: ValueError: x < 0 & y" in text
    assert "upper  n, d=1  -1/3" in text


def test_nothing_from_a_file_reaches_the_terminal_as_a_command(real: Result) -> None:
    text = _text(hostile(real))
    assert "\x1b" not in text
    assert "\x00" not in text
    assert "[red]&amp;" in text


def test_a_kind_that_is_not_registered_is_shown(real: Result) -> None:
    assert "novel: HOLDS" in _text(unknown(real))
