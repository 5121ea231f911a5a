"""Workflow commands, in the form that GitHub documents."""

from msgspec.structs import replace

from verify.report.github import to_github
from verify.result import Result

from .variants import claiming, failed, rate, refuted, undecided, vacuous


def _first(result: Result) -> str:
    return to_github([result]).splitlines()[0]


def test_each_claim_has_a_command_at_its_line(real: Result) -> None:
    lines = to_github([real]).splitlines()
    assert len(lines) == 4
    file, _, line = real.outcomes[0].place.rpartition(":")
    title = "title=lipschitz_regression%3A upper HOLDS%2C as expected"
    assert lines[0].startswith(f"::notice file={file},line={line},{title}::rms = Theta(")
    assert (
        "%0Aevidence: statistical, up to 416 replicates a cell, margin 0.03; the partitioning"
        in lines[0]
    )
    assert "97 %25 interval" in lines[0]


def test_levels_are_those_of_the_exit_codes(real: Result) -> None:
    assert _first(refuted(real)).startswith("::error file=")
    assert _first(vacuous(real)).startswith("::error file=")
    assert _first(undecided(real)).startswith("::warning file=")
    assert _first(failed(real)).startswith("::error file=")


def test_a_cell_that_could_not_be_measured_has_a_command(real: Result) -> None:
    last = to_github([failed(real)]).splitlines()[-1]
    assert (
        last == "::error title=failed%3A error {n=512%2C d=1} not measured::ValueError: x < 0 & y"
    )


def test_the_documented_escapes(real: Result) -> None:
    claim = replace(rate(real), id="a%b\r\nc:d,e", scope="a%b\r\nc:d,e", place="x,y:z.py:12")
    line = _first(claiming(real, claim))
    head, _, message = line.removeprefix("::notice ").partition("::")
    assert head == (
        "file=x%2Cy%3Az.py,line=12,"
        "title=lipschitz_regression%3A a%25b%0D%0Ac%3Ad%2Ce HOLDS%2C as expected"
    )
    assert message.endswith("margin 0.03; a%25b%0D%0Ac:d,e")


def test_a_claim_without_a_line_has_a_command_without_one(real: Result) -> None:
    for place in ("unknown:0", "here", "", "a:-1", "a:b"):
        line = _first(claiming(real, replace(rate(real), place=place)))
        assert line.startswith("::notice title=")
