"""`verify fit` on real command lines: verdicts, their exit codes, and what is said of bad data."""

import gzip
import hashlib
import json
import re
import shlex
import subprocess
import sys
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
    assert re.fullmatch(r"  along n a claim off by 0\.0\d\d would be refuted", lines[10])
    assert "assumes independent rows; corrections that decay with a power from" in lines[11]


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
        (("--run", "seed"), 0, "HOLDS  holds:"),
        (("--slowest-correction", "0.5"), 0, "; without, HOLDS ["),
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


def test_wide_headings_are_the_names_of_runs(runs: Path) -> None:
    plain = fit(runs, "runs.csv", "--run", "seed", *ASKED).out
    assert "131072, 64 runs (by seed), each at all of them" in plain
    assert fit(runs, "wide.csv", "--wide", "--run", "seed", *ASKED).out == plain
    told = fit(runs, "wide.csv", "--wide", *ASKED, "--bound", "sqrt(m)")
    assert (told.code, "wide.csv:1: missing-column: found no column 'm'" in told.err) == (2, True)


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
        (("--bound", "sqrt(m)"), "runs.csv:1: missing-column: found no column 'm'; expected a col"),
        (("--run", "sed"), "runs.csv:1: missing-column: found no column 'sed'; expected a column"),
        (("--run", "n"), "run-in-question: found runs named by 'n'; expected a column beside"),
        (("--slowest-correction", "-1"), "found slowest_correction=-1.0; expected a positive numb"),
        (("--plot", "x.pdf"), "--plot x.pdf: expected a name that ends in .svg or .png"),
        (("--plot", "no/x.svg"), "--plot no/x.svg: expected a file in a folder that exists"),
        (("--json", "no/x.json"), "--json no/x.json: expected a file in a folder that exists"),
        (("--json", "x" * 300), "xxx: File name too long; expected a file that can be written"),
        (("--html", "."), "--html .: expected a file in a folder that exists"),
        (("--json", "./runs.csv"), "--json runs.csv: that is the table to be judged; name anoth"),
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


ROWS = [f"{2**k},{2**k}.{run},{name}" for k in range(6) for run, name in enumerate("abcdefg")]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (ROWS[:-1], ":8, column 3 (run): incomplete-run: found run 'g' without a row at n = 32; "),
        ([*ROWS, ROWS[9]], ":44, column 3 (run): repeated-run: found run 'c' again at n = 2; expe"),
        ([ROWS[0][:-1], *ROWS], ":2, column 3 (run): empty-field: found nothing; expected the na"),
        (
            [row for row in ROWS if row[-1] != "g"],
            ":2, column 3 (run): few-runs: found 6 runs at 6 values of n; expected more runs than ",
        ),
    ],
    ids=["incomplete", "repeated", "nameless", "few"],
)
def test_runs_that_are_no_trajectories_exit_with_2(
    tmp_path: Path, rows: list[str], told: str
) -> None:
    (tmp_path / "runs.csv").write_text("\n".join(["n,regret,run", *rows]), encoding="utf-8")
    found = fit(tmp_path, "runs.csv", *ASKED, "--run", "run")
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith(f"error: runs.csv{told}")


def test_json_has_standard_output_to_itself(runs: Path) -> None:
    found = fit(runs, "runs.csv", *ASKED, "--json", "-", "--github", "--run", "seed")
    document = json.loads(found.out, parse_constant=pytest.fail)
    assert (document["schema"], document["kind"], document["run"]) == (1, "data", "seed")
    assert document["exponents"]["n"]["low"] < 2 / 3 < document["exponents"]["n"]["high"]
    assert len(document["exponents"]["n"]["points"]) == 12
    assert "HOLDS  holds:" in found.err
    assert "::notice" in found.err
    again = fit(runs, "runs.csv", *ASKED, "--json", "fit.json", "--run", "seed")
    assert (runs / "fit.json").read_text(encoding="utf-8") == found.out
    assert again.err == "wrote fit.json\n"


@pytest.mark.parametrize("name", ["fit.svg", "fit.png"])
def test_the_plot(runs: Path, name: str) -> None:
    found = fit(runs, "runs.csv", *ASKED, "--bound", "n**(3/5)", "--plot", name)
    assert (found.code, found.err) == (1, f"wrote {name}\n")
    drawn = (runs / name).read_bytes()
    if name.endswith("png"):
        assert drawn.startswith(b"\x89PNG")
        return
    text = drawn.decode()
    assert text.startswith("<svg ")
    for words in ("12 points on logarithmic axes", "mean of regret along n", "slope 3/5"):
        assert words in text


def test_reports_say_that_these_are_data_and_that_no_control_was_run(runs: Path) -> None:
    found = fit(runs, "runs.csv", *ASKED, "--html", "fit.html", "--markdown", "fit.md")
    assert found.err == "wrote fit.html\nwrote fit.md\nwrote fit-regret.svg\n"
    digest = hashlib.sha256((runs / "runs.csv").read_bytes()).hexdigest()
    for name in ("fit.html", "fit.md"):
        page = (runs / name).read_text(encoding="utf-8")
        for words in (
            "The mean of regret in runs.csv", "data as given, judged without a control", digest,
            "no control was run", "independent rows", "python -m verify fit runs.csv --value",
        ):  # fmt: skip
            assert words in page, (name, words)
        assert "seed" not in page
        assert "budget" not in page.lower()
    assert "and its controls" not in (runs / "fit-regret.svg").read_text(encoding="utf-8")


def test_nothing_is_written_for_data_that_cannot_be_judged(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("n,regret\n64,many\n", encoding="utf-8")
    outputs = ("--json", "x.json", "--plot", "x.svg", "--html", "x.html")
    assert fit(tmp_path, "bad.csv", *ASKED, *outputs).code == 2
    assert [file.name for file in tmp_path.iterdir()] == ["bad.csv"]


def test_the_literals_of_the_options_are_those_of_a_rate() -> None:
    from verify.cli import fit as module
    from verify.inference.family import SLOWEST_CORRECTION
    from verify.inference.statistic import STATISTICS

    assert set(module.STATISTICS) == set(STATISTICS)
    assert module.SLOWEST == SLOWEST_CORRECTION


def test_a_folder_a_missing_file_and_no_file(tmp_path: Path) -> None:
    long = "x" * 300 + ".csv"
    for words, told in (
        ((long,), "too long"),
        ((".",), "a folder"),
        (("no.csv",), "no such file"),
        ((), "Missing argum"),
    ):
        found = fit(tmp_path, *words, *ASKED)
        assert found.code == 2
        assert told in found.err


def test_a_million_rows_are_judged(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    n = np.repeat(64 * 2 ** np.arange(20), 50_000)
    rows = np.char.add(
        np.char.mod("%d,", n), np.char.mod("%.6g", n**0.5 * rng.lognormal(0, 0.5, n.size))
    )
    (tmp_path / "big.csv").write_text("n,y\n" + "\n".join(rows), encoding="utf-8")
    found = fit(tmp_path, "big.csv", "--value", "y", "--bound", "sqrt(n)", "--relation", "Theta")
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
    programs = re.findall(r"```python\n(import csv.*?)```", page, re.DOTALL)
    for program in programs:
        subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=True)
    pairs = re.findall(r"```sh\npython -m verify (.*?)\n```.*?```text\n(.*?)```", page, re.DOTALL)
    assert (len(programs), len(pairs)) == (2, 3)
    found = [verify(tmp_path, *shlex.split(words)) for words, _ in pairs]
    assert [run.out for run in found] == [text for _, text in pairs]
    assert [run.code for run in found] == [0, 1, 0]
    alone = shlex.split(pairs[2][0].partition(" --run")[0])
    (ends,) = re.findall(r"on the range .*(\[.*\])", verify(tmp_path, *alone).out)
    assert f"Without `--run seed` the interval on the range is {ends}" in page


def test_the_picture_of_the_page_is_the_one_that_is_drawn(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs/fit.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"```python\n(import csv(?:(?!```).)*walks.*?)```", page, re.DOTALL)
    (words,) = re.findall(r"```sh\npython -m verify (.* --plot walks\.svg)", page)
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, check=True)
    assert verify(tmp_path, *shlex.split(words)).code == 0
    told = [
        re.findall(r"<desc.*?</desc>", file.read_text(encoding="utf-8"), re.DOTALL)
        for file in (tmp_path / "walks.svg", Path(__file__).parents[2] / "docs/walks.svg")
    ]
    assert told[0] == told[1] != []


def test_the_page_about_it_has_the_slope_of_danwood() -> None:
    x = np.log([1.309, 1.471, 1.490, 1.565, 1.611, 1.680])
    y = np.log([2.138, 3.421, 3.597, 4.340, 4.882, 5.660])
    (slope, _), covariance = np.polyfit(x, y, 1, cov=True)
    page = (Path(__file__).parents[2] / "docs/fit.md").read_text(encoding="utf-8")
    told = f"slope {slope:.4f}, with a standard error of {covariance[0, 0] ** 0.5:.4f}"
    assert told in " ".join(page.split())
