"""`verify algebra` on real command lines."""

import subprocess
import sys

import pytest

REGRET = "min(sqrt(J*T), V**(1/3)*T**(2/3) + sqrt(T))"
CONE = ("--assume", "1 <= J <= T", "--assume", "1/T <= V <= 1")


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "verify", "algebra", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_regimes_exponents_and_crossovers_are_printed() -> None:
    found = _run(REGRET, *CONE)
    assert found.returncode == 0
    for line in (
        "regime sqrt(J*T)  where J**3 <= T*V**2",
        "regime V**(1/3)*T**(2/3)  where T*V**2 <= J**3, 1 <= T*V**2",
        "regime sqrt(T)  where T*V**2 <= 1",
        "  exponents  J 0, T 2/3, V 1/3",
        "  sqrt(J*T) = V**(1/3)*T**(2/3) at J = V**(2/3)*T**(1/3)",
    ):
        assert line in found.stdout.splitlines()


@pytest.mark.parametrize(
    ("other", "code", "words"),
    [
        ("sqrt(J*T)", 0, "holds"),
        ("V**(1/3)*T**(2/3) + sqrt(T)", 0, "holds"),
        ("sqrt(T)", 1, "fails along J = x, T = x"),
    ],
)
def test_a_comparison_is_answered_by_the_exit_code(other: str, code: int, words: str) -> None:
    found = _run(REGRET, *CONE, "--compare", other)
    assert found.returncode == code
    assert words in found.stdout


@pytest.mark.parametrize(
    "text", ["n**(", "__import__('os')", "n - 1", "exp(n)", "(" * 100_000, "log(J + T)"]
)
def test_a_refused_bound_is_an_error_at_a_column_without_a_traceback(text: str) -> None:
    found = _run(text)
    assert found.returncode == 2
    assert found.stderr.startswith("error: column ")
    assert "Traceback" not in found.stderr


def test_an_exponent_in_a_design_symbol_needs_its_number() -> None:
    assert "n -1/4" in _run("n**(-1/(d+2))", "--at", "d=2").stdout
    for words, expected in (((), "--at NAME=VALUE"), (("--at", "d"), "expected NAME=VALUE")):
        found = _run("n**(-1/(d+2))", *words)
        assert found.returncode == 2
        assert expected in found.stderr


def test_neither_sympy_nor_scipy_nor_numpy_is_imported() -> None:
    code = (
        "import sys\nfrom verify.cli import main\n"
        f"sys.argv[1:] = ['algebra', {REGRET!r}, '--compare', 'T', '--assume', '1 <= J <= T']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print({'sympy', 'scipy', 'numpy', 'mpmath'} & set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.splitlines()[-1] == "set()"
