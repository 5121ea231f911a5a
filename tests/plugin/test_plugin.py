"""`pytest --verify`: items, failures, summary, and company (xdist, Hypothesis)."""

import re
import subprocess
import sys

import pytest

THEOREM = '''
import numpy as np
from verify import Assumption, Design, Rate, Source, Theorem, but

def error(rng, size, n):
    """The quantity, shape (size,)."""
    return n**-0.5 * rng.lognormal(0, {sigma}, size)

def rate(id):
    return Rate(
        id, measure=error, bound="n**({power})", relation="Theta", scope="synthetic",
        designs=(Design(sweep={{"n": [2**k for k in range(3, 15)]}}),),
        controls=(but("tenth", "off by a tenth", bound="n**({power} + 1/10)"),),
    )

THEOREM = Theorem(
    id="{name}", title="Synthetic", source=Source("nobody2026", where="nowhere"),
    statement="y", assumptions=(), claims=(rate("first"), rate("second")),
)
'''


@pytest.fixture
def write(pytester: pytest.Pytester):
    def write_theorem(name: str = "synthetic", power: str = "-1/2", sigma: float = 0.01) -> str:
        text = THEOREM.format(name=name, power=power, sigma=sigma)
        pytester.makepyfile(**{name: text})
        return f"{name}.py"

    return write_theorem


def test_each_claim_is_an_item_with_a_line_in_the_summary(pytester, write) -> None:
    found = pytester.runpytest_subprocess("--verify", write(), "-v")
    found.assert_outcomes(passed=2)
    found.stdout.fnmatch_lines(["synthetic:first  HOLDS  n -0.*", "synthetic:second  HOLDS*"])
    assert found.ret == 0


def test_a_wrong_exponent_fails_with_its_report_and_no_traceback(pytester, write) -> None:
    found = pytester.runpytest_subprocess("--verify", write(power="-1/4"))
    found.assert_outcomes(failed=2)
    found.stdout.fnmatch_lines(["*first: REFUTED*", "*excluded: the interval excludes*"])
    assert "Traceback" not in found.stdout.str()
    assert "run_all" not in found.stdout.str()


def test_what_cannot_be_decided_fails_unless_allowed(pytester, write) -> None:
    name = write(sigma=2.0)
    pytester.runpytest_subprocess("--verify", name).assert_outcomes(failed=2)
    allowed = pytester.runpytest_subprocess("--verify", name, "--verify-allow-inconclusive")
    allowed.assert_outcomes(passed=2)


def test_one_claim_and_the_marker_select(pytester, write) -> None:
    name = write()
    pytester.makepyfile(test_other="def test_other(): pass")
    pytester.runpytest_subprocess("--verify", f"{name}:first").assert_outcomes(passed=2)
    only = pytester.runpytest_subprocess("--verify", name, "-m", "theorem")
    only.assert_outcomes(passed=2, deselected=1)


def test_a_false_claim_is_run_with_the_one_that_corrects_it(pytester) -> None:
    """It passes if both come out as expected, and has a line of its own."""
    text = THEOREM.format(name="published", power="-1/2", sigma=0.01)
    wrong = """Rate(
        "first", measure=error, bound="1/n", relation="Theta", scope="synthetic",
        designs=rate("x").designs, expect="REFUTED", corrected="second",
    )"""
    pytester.makepyfile(published=text.replace('rate("first")', wrong))
    found = pytester.runpytest_subprocess("--verify", "published.py")
    found.assert_outcomes(passed=2)
    found.stdout.fnmatch_lines(["published:first  REFUTED  n -0.*", "published:second  HOLDS*"])


def test_an_unknown_name_is_a_usage_error_with_the_nearest(pytester) -> None:
    found = pytester.runpytest_subprocess("--verify", "monte_calro")
    assert found.ret == pytest.ExitCode.USAGE_ERROR
    found.stderr.fnmatch_lines(["*did you mean 'monte_carlo'*"])


def test_a_measure_that_raises_fails_its_item_and_says_where(pytester) -> None:
    text = THEOREM.format(name="raising", power="-1/2", sigma=0.01)
    pytester.makepyfile(raising=text.replace("return n", "assert n < 100\n    return n"))
    found = pytester.runpytest_subprocess("--verify", "raising.py")
    found.assert_outcomes(failed=2)
    found.stdout.fnmatch_lines(["*not measured*error(n=128)*AssertionError*"])


def test_xdist_gives_the_same_digits_as_one_process(pytester, write) -> None:
    """Separate stores, so that nothing is read from the other run."""
    name = write()
    lines = []
    for folder, words in (("one", ()), ("four", ("-n", "4"))):
        store = f"[verify]\nstore = {folder}/store.sqlite\n"
        (pytester.path / "setup.cfg").write_text(store, encoding="utf-8")
        found = pytester.runpytest_subprocess("--verify", name, *words)
        found.assert_outcomes(passed=2)
        lines.append(re.findall(r"^synthetic:.*HOLDS.*$", found.stdout.str(), re.MULTILINE))
    assert len(lines[0]) == 2
    assert lines[0] == lines[1]


def test_hypothesis_tests_run_beside_theorems(pytester, write) -> None:
    pytester.makepyfile(
        test_drawn="""
        from hypothesis import given, strategies as st

        @given(st.integers())
        def test_drawn(n):
            assert n == n
        """
    )
    pytester.runpytest_subprocess("--verify", write()).assert_outcomes(passed=3)


def test_the_plugin_imports_nothing_heavy_until_it_is_used() -> None:
    code = (
        "import sys, verify.pytest_plugin\n"
        "print(sorted({'numpy', 'scipy', 'sympy', 'rich', 'click'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
