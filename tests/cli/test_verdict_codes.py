"""0 as expected, 1 not as expected or vacuous, 3 not decided: the worst of all that was asked."""

from pathlib import Path

import pytest

from .command_line import Run, quick
from .theorem_text import NOISY, ROOT, TENTH, rate, write

LIKE_IT = ROOT + "\n\ndef like_it(n):\n    return 2 * error(n)\n"
WRONG = rate("upper", TENTH.replace("2/5", "13/30"), bound="n**(-1/3)")
VACUOUS = rate("upper", TENTH, 'but("same", "it is not", measure=like_it)')


@pytest.fixture(scope="module")
def sound(folder: Path) -> Run:
    return quick(folder, write(folder, "sound"))


@pytest.fixture(scope="module")
def wrong(folder: Path) -> Run:
    return quick(folder, write(folder, "wrong", ROOT, WRONG))


@pytest.fixture(scope="module")
def noisy(folder: Path) -> Run:
    return quick(folder, write(folder, "noisy", NOISY))


def test_a_theorem_that_holds_exits_with_0(sound: Run) -> None:
    assert sound.code == 0
    assert sound.err == ""
    assert "HOLDS, as expected" in sound.out


def test_a_run_says_what_was_predicted_found_and_tested(sound: Run) -> None:
    row = next(line for line in sound.out.splitlines() if line.startswith("upper "))
    assert row.split()[:3] == ["upper", "n", "-1/2"]
    assert row.split()[-1] == "HOLDS"
    for words in (
        "sound: 8 cells, at most 8 replicates",
        "A small theorem",
        "the thing itself",
        "seed 0",
    ):
        assert words in sound.out
    assert "controls: tenth REFUTED" in sound.out


def test_a_wrong_exponent_exits_with_1(wrong: Run) -> None:
    assert wrong.code == 1
    assert "upper: REFUTED (expected HOLDS)" in wrong.out
    assert "the interval excludes the prediction on the forbidden side" in wrong.out
    assert "REFUTED, not as expected" in wrong.out


def test_a_control_that_holds_exits_with_1(folder: Path) -> None:
    run = quick(folder, write(folder, "vacuous", LIKE_IT, VACUOUS))
    assert run.code == 1
    assert "a control that must be refuted holds: the check cannot fail" in run.out
    assert "same HOLDS" in run.out


def test_a_noisy_measure_exits_with_3_and_is_told_why(noisy: Run) -> None:
    assert noisy.code == 3
    assert "upper: INCONCLUSIVE (expected HOLDS)" in noisy.out
    assert "the interval is wider than the margin: take more doublings" in noisy.out


@pytest.mark.usefixtures("sound", "noisy", "wrong")
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["noisy.py", "sound.py"], 3),
        (["noisy.py", "sound.py", "--allow-inconclusive"], 0),
        (["sound.py", "noisy.py", "wrong.py", "--allow-inconclusive"], 1),
    ],
)
def test_several_theorems_exit_with_the_worst_of_their_codes(
    folder: Path, words: list[str], code: int
) -> None:
    run = quick(folder, *words)
    assert run.code == code
    assert run.out.count("repeat:") == sum(word.endswith(".py") for word in words)


@pytest.mark.usefixtures("sound")
def test_quiet_prints_nothing(folder: Path) -> None:
    assert quick(folder, "sound.py", "--quiet") == Run(0, "", "")
