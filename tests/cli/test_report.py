"""`verify report`: stored results rendered, wrong files refused, nothing measured."""

from pathlib import Path

import pytest

from verify.cli.main import COMMANDS, main
from verify.report import FORMATS
from verify.report.json import to_json
from verify.report.reading import read_results

from .command_line import quick


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two results, one by one and together."""
    folder = tmp_path_factory.mktemp("stored")
    for name in ("lipschitz_regression", "monte_carlo"):
        assert quick(folder, name, "--json", f"{name}.json", "--quiet").code in (0, 3)
    paths = [folder / f"{name}.json" for name in ("lipschitz_regression", "monte_carlo")]
    both = [result for path in paths for result in read_results(path)]
    (folder / "both.json").write_bytes(to_json(both))
    (folder / "broken.json").write_bytes(paths[0].read_bytes()[:-9])
    return folder


@pytest.fixture
def report(
    stored: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    """`verify report WORDS...` in an empty folder, with STORED/ for the folder of results."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(COMMANDS, "report", "Render stored results.")

    def run(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as caught:
            main(["report", *(word.replace("STORED", str(stored)) for word in words)])
        return (int(caught.value.code or 0), *capsys.readouterr())

    return run


def test_without_an_option_it_prints_what_a_run_prints(report) -> None:
    code, out, _ = report("STORED/lipschitz_regression.json")
    assert code == 0
    assert "n, d=1, instance 1 of 8" in " ".join(out.split())
    assert "HOLDS, as expected" in out


def test_every_format_at_once(report, tmp_path: Path) -> None:
    words = [word for name in FORMATS if name != "github" for word in (f"--{name}", f"x.{name}")]
    code, out, err = report("STORED/both.json", *words, "--github")
    assert code == 0
    names = {path.name for path in tmp_path.iterdir()}
    assert {f"x.{name}" for name in FORMATS if name != "github"} <= names
    assert {"x-lipschitz_regression-upper.svg", "x-monte_carlo-stable.svg"} <= names
    assert all(f"wrote {name}" in err for name in names)
    assert all(line.startswith("::") for line in out.splitlines())
    assert all((tmp_path / name).stat().st_size > 0 for name in names)


def test_several_files_are_one_report(report, tmp_path: Path) -> None:
    report("STORED/lipschitz_regression.json", "STORED/monte_carlo.json", "--latex", "one.tex")
    report("STORED/both.json", "--latex", "both.tex")
    assert (tmp_path / "one.tex").read_bytes() == (tmp_path / "both.tex").read_bytes()
    assert (tmp_path / "one.tex").read_text(encoding="utf-8").count(r"\begin{table}") == 2


def test_nothing_is_measured(report, tmp_path: Path) -> None:
    report("STORED/both.json", "--junit", "x.xml")
    assert [path.name for path in tmp_path.iterdir()] == ["x.xml"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nowhere.json"], "nowhere.json: found No such file or directory; expected a result"),
        (["STORED/broken.json"], "not JSON: input data was truncated"),
        (["STORED/both.json", "--html", "no/where.html"], "--html no/where.html: expected a file"),
        (
            ["STORED/both.json", "--latex", "."],
            "--latex .: expected a file in a folder that exists",
        ),
        ([], "Missing argument 'RESULT.json...'"),
        (["STORED/both.json", "--pdf", "x"], "No such option"),
    ],
)
def test_wrong_words_exit_with_2_and_write_nothing(
    words: list[str], told: str, report, tmp_path: Path
) -> None:
    code, out, err = report(*words)
    assert code == 2
    assert told in err
    assert out == ""
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_told(report, tmp_path: Path) -> None:
    (tmp_path / "x-monte_carlo-stable.svg").mkdir()
    code, _, err = report("STORED/both.json", "--markdown", "x.md")
    assert code == 2
    assert "error: --markdown: x-monte_carlo-stable.svg: Is a directory" in err
