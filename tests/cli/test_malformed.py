"""A malformed spec exits with 2 and shows all of its faults at once, each at its line."""

import re
from pathlib import Path

import pytest

from .command_line import Run, quick, stored
from .theorem_text import HEAD, ROOT, rate, write

MALFORMED = """
THEOREM = Theorem(  # reserved-id unknown-field missing-field
    id="list",
    titel="A title",
    source=Source("not a key", where="Theorem 1"),  # wrong-value
    statement="n^{-1/2}",
    assumptions=(
        Assumption("iid", "the draws are independent"),
        Assumption("iid", "once more"),  # duplicate-id
    ),
    claims=(
        Rate(  # bound unknown-assumption no-control
            "upper",
            measure=error,
            bound="n**(-1/2",
            relation="Theta",
            uses=("idd",),
            scope="the thing itself",
            designs=(
                Design(sweep={"n": [8, 16, 32]}),  # few-points
                Design(  # variable-without-value unknown-variable
                    sweep={"k": [8, 16, 32, 64, 128]}
                ),
            ),
        ),
        Rate(  # duplicate-id wrong-value
            "upper",
            measure=error,
            bound="n**(-1/2)",
            relation="theta",
            scope="the thing itself",
            designs=(
                Design(sweep={"n": [8, 16, 32, 64, 128]}, at={"m": 3}),  # unknown-variable
            ),
            controls=(
                but("same", "it is not", bound="n**(-1/2)"),  # control-changes-nothing
            ),
        ),
        Rate(
            "lower",
            measure=error,
            bound="n**(-1/2)",
            relation="O",
            scope="the thing itself",
            designs=(Design(sweep={"n": [8, 16, 32, 64, 128]}),),
            controls=(
                but("weaker", "it is not", bound="n**(-2/5)"),  # implied-control
                but("near", "a tenth", bound="n**(-3/5)", violates="iib"),  # unknown-assumption
            ),
        ),
    ),
)
"""
FINDING = re.compile(r"^  malformed\.py:(\d+): ([a-z-]+): found .+; expected .+", re.MULTILINE)


@pytest.fixture(scope="module")
def malformed(folder: Path) -> Run:
    (folder / "malformed.py").write_text(HEAD + ROOT + MALFORMED, encoding="utf-8")
    return quick(folder, write(folder, "sound"), "malformed.py")


def test_every_fault_is_found_at_its_line(malformed: Run) -> None:
    lines = enumerate((HEAD + ROOT + MALFORMED).splitlines(), 1)
    noted = {(n, code) for n, line in lines for code in line.partition("  # ")[2].split()}
    found = [(int(line), code) for line, code in FINDING.findall(malformed.err)]
    assert set(found) == noted
    assert len(found) == len(noted)
    assert found == sorted(found, key=lambda finding: finding[0])
    assert f"error: theorem 'list': {len(noted)} findings" in malformed.err


@pytest.mark.parametrize(
    "words",
    [
        "found Theorem(titel=...); expected a field of it. did you mean 'title'?",
        "found Theorem without 'title'; expected a title in words",
        "found Source(key='not a key'); expected a bibliography key such as 'author2026'",
        "found 'idd'; expected an assumption of the theorem. did you mean 'iid'?",
        "found Rate(relation='theta'); expected 'O', 'Omega' or 'Theta'",
        "found claim 'upper' without a control; expected at least one but(...)",
        "found error needs 'n'; expected a value in sweep or at",
    ],
)
def test_a_finding_says_what_was_found_and_expected_and_what_to_do(
    malformed: Run, words: str
) -> None:
    assert words in malformed.err


def test_nothing_is_measured_even_of_a_sound_theorem_beside_it(
    folder: Path, malformed: Run
) -> None:
    assert malformed.code == 2
    assert malformed.out.strip() == ""
    assert stored(folder) == []


PARTS = (
    """
import functools


class Simulator:
    @staticmethod
    def run(n):
        return n**-0.5


def doubled(measure):
    @functools.wraps(measure)
    def twice(n):
        return 2 * measure(n)
    return twice


"""
    + ROOT
)


@pytest.mark.parametrize("measure", ["Simulator.run", "doubled(error)", "lambda n: 1 / n"])
def test_a_measure_that_another_process_cannot_import_by_name_is_refused(
    tmp_path: Path, measure: str
) -> None:
    run = quick(tmp_path, write(tmp_path, "hidden", PARTS, rate(measure=measure)))
    assert run.code == 2
    assert "local-measure" in run.err


@pytest.mark.parametrize(
    "claim",
    [
        rate(measure="max"),
        rate(measure="math.hypot"),
        rate(designs='Design(sweep={"n": [8, 16, 32, 64, float("inf")]})'),
        rate(designs='Design(sweep={"n": [8, 16, 32, 64, float("nan")]})'),
        rate(measure="os.getpid"),
    ],
    ids=["a builtin", "an extension", "infinity", "nan", "no variable"],
)
def test_what_cannot_be_measured_is_found_before_it_is_measured(tmp_path: Path, claim: str) -> None:
    run = quick(tmp_path, write(tmp_path, "odd", ROOT, claim))
    assert run.code == 2
    assert "odd.py:" in run.err
    assert "expected" in run.err


def test_a_claim_of_a_theorem_without_claims_is_a_finding(tmp_path: Path) -> None:
    name = write(tmp_path, "hollow")
    text = (tmp_path / name).read_text(encoding="utf-8")
    (tmp_path / name).write_text(text.replace("claims=", "claim="), encoding="utf-8")
    run = quick(tmp_path, f"{name}:upper")
    assert run.code == 2
    assert "did you mean 'claims'?" in run.err


def test_an_id_that_cannot_be_read_from_the_source_is_refused(tmp_path: Path) -> None:
    name = write(tmp_path, "computed")
    text = (tmp_path / name).read_text(encoding="utf-8")
    (tmp_path / name).write_text(text.replace('"computed"', 'str("other")'), encoding="utf-8")
    run = quick(tmp_path, name)
    assert run.code == 2
    assert "literal" in run.err
