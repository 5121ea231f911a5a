"""`verify fit` on real command lines: verdicts, their exit codes, and what is said of bad data."""

import gzip
import re
import shlex
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from .command_line import Run, verify

ASKED = ("--value", "regret", "--bound", "n**(2/3)", "--relation", "O")


@pytest.fixture(scope="module")
def runs(folder: Path) -> Path:
    """Regret that grows like n**(2/3), 64 replicates at 12 doublings, in three dresses."""
    rng = np.random.default_rng(0)
    n = np.repeat(64 * 2 ** np.arange(12), 64)
    regret = 3 * n ** (2 / 3) * rng.lognormal(0, 0.1, len(n))
    rows = [f"{a},{k % 64},{y:.6g}\n" for k, (a, y) in enumerate(zip(n, regret, strict=True))]
    text = "".join(["n,seed,regret\n", *rows])
    (folder / "runs.csv").write_text(text, encoding="utf-8")
    (folder / "runs.csv.gz").write_bytes(gzip.compress(text.encode()))
    wide = [
        f"{a},{','.join(map(repr, y))}"
        for a, y in zip(n[::64], regret.reshape(12, 64).tolist(), strict=True)
    ]
    header = ",".join(["n", *map(str, range(64))])
    (folder / "wide.csv").write_text("\n".join([header, *wide]), encoding="utf-8")
    return folder


def fit(folder: Path, *words: str) -> Run:
    return verify(folder, "fit", *words)


def test_what_is_printed(runs: Path) -> None:
    found = fit(runs, "runs.csv", *ASKED)
    assert found.code == 0
    lines = found.out.splitlines()
    assert lines[0] == "mean of regret = O(n**(2/3)), margin 0.05"
    assert lines[1] == "along n: 12 values from 64 to 131072, at least 64 replicates at each"
    assert lines[3] == "  predicted      2/3"
    for line, words in zip(
        lines[4:8], ("estimate", "97 % interval", "on the range", "the bound's"), strict=True
    ):
        assert line.startswith(f"  {words} ")
        assert "0.6" in line
    assert lines[9] == "HOLDS  holds: the interval lies inside the margin about the prediction"
    assert "assumes independent rows; beside the terms of the bound, corrections" in lines[10]


@pytest.mark.parametrize(
    ("words", "code", "verdict"),
    [
        ((), 0, "HOLDS  holds:"),
        (("--bound", "n**(3/4)"), 0, "HOLDS  holds_not_tight:"),
        (("--bound", "n**(3/4)", "--relation", "Theta"), 1, "REFUTED  excluded:"),
        (("--bound", "n**(3/5)"), 1, "REFUTED  excluded:"),
        (("--bound", "n**(3/5)", "--logs", "1"), 3, "INCONCLUSIVE  width:"),
        (("--margin", "0.0001"), 3, "INCONCLUSIVE  width:"),
        (("--statistic", "median"), 0, "HOLDS  holds:"),
    ],
)
def test_the_verdict_is_the_exit_code(
    runs: Path, words: tuple[str, ...], code: int, verdict: str
) -> None:
    found = fit(runs, "runs.csv", *ASKED, *words)
    assert (found.code, found.err) == (code, "")
    assert verdict in found.out


def test_compressed_and_wide_tables_give_the_same(runs: Path) -> None:
    plain = fit(runs, "runs.csv", *ASKED).out
    assert fit(runs, "runs.csv.gz", *ASKED).out == plain
    assert fit(runs, "wide.csv", "--wide", *ASKED).out == plain


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("--value", "regrets"),
            "runs.csv:1: missing-column: found no column 'regrets'; expected a ",
        ),
        (("--bound", "n**("), "column 5: "),
        (("--bound", "sqrt(n*seed)"), "runs.csv:2, column 2 (seed): nonpositive-variable: found 0"),
        (
            ("--relation", "o"),
            "Invalid value for '--relation': 'o' is not one of 'O', 'Omega', 'Theta'",
        ),
        (("--logs", "0.1"), "found logs=0.1; expected a multiple of 1/4"),
    ],
)
def test_a_wrong_question_exits_with_2(runs: Path, words: tuple[str, ...], told: str) -> None:
    found = fit(runs, "runs.csv", *ASKED, *words)
    assert (found.code, found.out) == (2, "")
    assert told in found.err


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        (
            "text.csv",
            b"n,regret\n64,many\n",
            "text.csv:2, column 2 (regret): not-a-number: found 'm",
        ),
        (
            "rubbish.csv",
            bytes(range(255, 0, -1)),
            "rubbish.csv:1, character 1: not-text: found the",
        ),
        ("empty.csv", b"", "empty.csv:1: no-header: found nothing"),
        (
            "few.csv",
            b"n,regret\n" + b"64,1\n64,2\n" * 9,
            "few.csv:2, column 1 (n): few-points: found",
        ),
        ("plain.csv.gz", b"n,regret\n64,1\n", "plain.csv.gz: gzip: found Not a gzipped file"),
    ],
)
def test_bad_data_exit_with_2(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(content)
    found = fit(tmp_path, name, *ASKED)
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith(f"error: {told}")


def test_a_folder_a_missing_file_and_no_file(tmp_path: Path) -> None:
    for words, told in (((".",), "a folder"), (("no.csv",), "no such file"), ((), "Missing argum")):
        found = fit(tmp_path, *words, *ASKED)
        assert found.code == 2
        assert told in found.err


def test_a_million_rows_take_less_than_five_seconds(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    n = np.repeat(64 * 2 ** np.arange(20), 50_000)
    rows = np.char.add(
        np.char.mod("%d,", n), np.char.mod("%.6g", n**0.5 * rng.lognormal(0, 0.5, n.size))
    )
    (tmp_path / "big.csv").write_text("n,y\n" + "\n".join(rows), encoding="utf-8")
    start = time.monotonic()
    found = fit(tmp_path, "big.csv", "--value", "y", "--bound", "sqrt(n)", "--relation", "Theta")
    assert time.monotonic() - start < 5
    assert (found.code, "at least 50,000 replicates" in found.out) == (0, True)


def test_help_imports_no_numerical_library() -> None:
    code = (
        "import sys\nfrom verify.cli import main\n"
        "try:\n    main(['fit', '--help'])\nexcept SystemExit:\n    pass\n"
        "print({'sympy', 'scipy', 'numpy', 'pyarrow'} & set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "--relation [O|Omega|Theta]" in found.stdout
    assert found.stdout.splitlines()[-1] == "set()"


def test_the_page_about_it_shows_what_is_printed(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs/fit.md").read_text(encoding="utf-8")
    program = re.findall(r"```python\n(.*?)```", page, re.DOTALL)[0]
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=True)
    pairs = re.findall(r"```sh\npython -m verify (.*?)\n```.*?```text\n(.*?)```", page, re.DOTALL)
    assert len(pairs) == 2
    found = [verify(tmp_path, *shlex.split(words)) for words, _ in pairs]
    assert [run.out for run in found] == [text for _, text in pairs]
    assert [run.code for run in found] == [0, 1]
