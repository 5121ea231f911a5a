"""What a measure may declare of its variance, and what it is told when that is wrong."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import verify
from tests.cli.command_line import verify as command_line
from tests.spec.specs import rate, theorem
from verify import antithetic, common_random_numbers, control_variates
from verify.errors import Finding, InputError
from verify.spec.lint import lint
from verify.spec.measure import Measure, cell, importable
from verify.spec.reduction import Reduction, reduction_of


@control_variates(2)
def controlled(rng: np.random.Generator, size: int, n: int) -> np.ndarray:
    """With two controls."""
    return rng.normal(size=(size, 3)) + np.sqrt([n, 0, 0])


@antithetic
def paired(rng: np.random.Generator, size: int, n: int) -> np.ndarray:
    """In pairs."""
    noise = rng.normal(0, 0.1, size)
    return np.sqrt(n) * np.exp(np.stack([noise, -noise], axis=1))


@common_random_numbers
def matched(rng: np.random.Generator, n: int) -> float:
    """The same draw at every n."""
    return float(rng.lognormal(0, 0.1) * np.sqrt(n))


@common_random_numbers
@antithetic
def both(rng: np.random.Generator, n: int) -> np.ndarray:
    """A pair of the same draws at every n."""
    return np.sqrt(n) * np.exp(rng.normal(0, 0.1) * np.array([1.0, -1.0]))


@common_random_numbers
def matched_blocks(rng: np.random.Generator, size: int, n: int) -> np.ndarray:
    """Takes `size`, so that rows cannot be matched."""
    return rng.lognormal(0, 0.1, size) * np.sqrt(n)


@antithetic
def computed(n: int) -> tuple[float, float]:
    """Without a generator."""
    return n**0.5, n**0.5


@pytest.mark.parametrize(
    ("measure", "said", "columns", "label", "contents"),
    [
        (controlled, Reduction(controls=2), (3,), "2 control variates", "the quantity and 2 c"),
        (paired, Reduction(antithetic=True), (2,), "antithetic pairs", "two antithetic values"),
        (matched, Reduction(common=True), (), "common random numbers", "a number"),
        (
            *(both, Reduction(antithetic=True, common=True), (2,)),
            *("antithetic pairs, common random numbers", "two antithetic values"),
        ),
        (rate().measure, Reduction(), (), "", "a number"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_mark_is_kept_on_the_same_function(
    measure: Measure, said: Reduction, columns: tuple[int, ...], label: str, contents: str
) -> None:
    assert importable(measure)
    found = reduction_of(measure)
    assert (found, found.columns, found.label) == (said, columns, label)
    assert found.contents.startswith(contents)
    assert cell(measure, {"n": 8}).row == columns
    assert cell(measure, {"n": (8, 16)}).row == (2, *columns)


def test_decorators_are_found_in_the_package() -> None:
    assert verify.control_variates is control_variates
    assert verify.antithetic is antithetic
    assert verify.common_random_numbers is common_random_numbers


def test_a_shape_is_described_with_its_columns() -> None:
    one, many = cell(controlled, {"n": 8}), cell(controlled, {"n": (8, 16)})
    assert one.described((32, 3)) == "(32, 3), the quantity and 2 control variates"
    assert many.described((32, 2, 3)).endswith("variates for each place of the sweep")
    assert cell(matched, {"n": 8}).described(()) == "a number"


# Refused where it stands.


def _both_kinds() -> None:
    @antithetic
    @control_variates(1)
    def confused(rng: object, size: int) -> None: ...


def _twice() -> None:
    @control_variates(1)
    @control_variates(2)
    def confused(rng: object, size: int) -> None: ...


def _bare() -> None:
    @control_variates  # type: ignore[arg-type]
    def confused(rng: object, size: int) -> None: ...


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (_both_kinds, "confused with another reduction of its replicate, 1 control variate; expec"),
        (_twice, "with another reduction of its replicate, 2 control variates; expected either"),
        (_bare, "found @control_variates; expected the number of controls, as @control_variates("),
        (lambda: control_variates(0), "found @control_variates(0); expected the number of control"),
        (lambda: control_variates(True), "found @control_variates(True); expected"),
        (lambda: control_variates("two"), "found @control_variates('two'); expected"),  # type: ignore[arg-type]
        (lambda: antithetic(3), "found 3; expected a function"),  # type: ignore[type-var]
        (lambda: antithetic(matched), "found matched marked after its definition; expected the d"),
    ],
)
def test_a_wrong_decoration_is_refused_with_its_line(wrong: Any, words: str) -> None:
    with pytest.raises(InputError, match=re.escape(words)) as caught:
        wrong()
    assert re.match(r"tests/spec/test_reduction\.py:\d+: reduction: ", str(caught.value))
    assert reduction_of(matched) == Reduction(common=True)


def test_the_command_line_tells_the_line(tmp_path: Path) -> None:
    text = "import verify\n\n@verify.control_variates(0)\ndef y(rng, n): ...\n\n"
    text += "THEOREM = verify.Theorem(id='wrong', title='Wrong')\n"
    (tmp_path / "wrong.py").write_text(text, encoding="utf-8")
    run = command_line(tmp_path, "wrong.py")
    assert run.code == 2
    assert "wrong.py:3: reduction: found @control_variates(0); expected the number" in run.err


# Found by lint.


def _only(**changes: Any) -> Finding:
    (found,) = lint(theorem(rate(**changes)))
    return found


@pytest.mark.parametrize(
    ("changes", "found", "expected"),
    [
        ({"measure": computed}, "computed without 'rng' and with antithetic pairs", "a random"),
        (
            {"measure": controlled, "statistic": "sd"},
            *("statistic='sd' of controlled, with 2 control variates", "'mean' or 'rms'"),
        ),
        (
            {"measure": paired, "statistic": verify.KaplanMeier()},
            *("statistic=KaplanMeier(level=0.5) of paired, with antithetic pairs", "'mean' or"),
        ),
        (
            {"measure": matched_blocks},
            *("matched_blocks with 'size' and common random numbers", "a generator for each"),
        ),
        (
            {"measure": matched, "together": True},
            *("together=True, and matched with common random numbers", "one of the two"),
        ),
    ],
)
def test_a_claim_that_does_not_go_with_its_measure(
    changes: dict[str, Any], found: str, expected: str
) -> None:
    finding = _only(**changes)
    assert (finding.code, finding.found) == ("reduction", found)
    assert finding.expected.startswith(expected)


@pytest.mark.parametrize(
    "changes",
    [
        *({"measure": one} for one in (controlled, paired, matched, both)),
        {"measure": paired, "statistic": "rms"},
        {"measure": matched, "statistic": "median"},
        {"measure": controlled, "together": True},
    ],
)
def test_sound_claims_have_no_findings(changes: dict[str, Any]) -> None:
    assert lint(theorem(rate(**changes))) == []


def test_a_control_that_changes_the_measure_is_looked_at_as_well() -> None:
    wrong = verify.but("pairs", "another measure", measure=paired, bound="n**(2/5)")
    findings = lint(theorem(rate(statistic="sd", controls=(*rate().controls, wrong))))
    assert [one.code for one in findings] == ["reduction"]


def test_show_says_what_is_declared(tmp_path: Path) -> None:
    text = (
        "import verify\nfrom tests.spec.specs import GRID, TENTH\n"
        "from tests.spec.test_reduction import both\n"
        "THEOREM = verify.Theorem(id='pairs', title='Pairs', statement='y', assumptions=(),\n"
        "    source=verify.Source('a2026', where='here'), claims=(verify.Rate('root',\n"
        "    measure=both, bound='n**(1/2)', relation='Theta', scope='itself', designs=(GRID,),\n"
        "    controls=(TENTH,)),))\n"
    )
    (tmp_path / "pairs.py").write_text(text, encoding="utf-8")
    root = str(Path(__file__).parents[2])
    shown = command_line(tmp_path, "show", "pairs.py", PYTHONPATH=root)
    assert shown.code == 0, shown.err
    assert re.search(r"less variance\W+antithetic pairs, common random numbers", shown.out)
