"""Files of every kind that is read, and what is said of those that cannot be."""

import gzip
import re
from pathlib import Path

import numpy as np
import pytest

from verify.errors import InputError
from verify.judging.reading import read_table, read_wide
from verify.judging.table import Table

TEXT = "n,y,note\n64,1.5,a\n128,2,b\n\n256,-3e2,'c d'\n"


def read(folder: Path, content: str | bytes, name: str = "runs.csv") -> Table:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_table(file, ["y", "n"])


@pytest.mark.parametrize(
    "content",
    [
        TEXT,
        TEXT.encode("utf-8-sig"),
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("\n", "\r"),
        TEXT.replace(",", ";"),
        TEXT.replace(",", "\t"),
        TEXT.replace(",", " , "),
        TEXT.rstrip(),
        '"n","y","note, with a comma"\n"64","1.5","a,b"\n128,2,"two\nlines"\n256,-3e2,\n',
    ],
    ids=["plain", "bom", "crlf", "cr", "semicolon", "tab", "spaces", "no-last-newline", "quoted"],
)
def test_a_table_in_any_usual_dress(tmp_path: Path, content: str | bytes) -> None:
    found = read(tmp_path, content)
    assert {name: column.tolist() for name, column in found.columns.items()} == {
        "n": [64, 128, 256],
        "y": [1.5, 2, -300],
    }


def test_a_place_is_a_line_and_a_column_of_the_file(tmp_path: Path) -> None:
    found = read(tmp_path, TEXT)
    assert found.place("y", 2) == f"{tmp_path / 'runs.csv'}:5, column 2 (y)"


def test_gzip_is_read_by_its_ending(tmp_path: Path) -> None:
    plain = read(tmp_path, TEXT)
    packed = read(tmp_path, gzip.compress(TEXT.encode()), "runs.csv.gz")
    assert packed.columns["y"].tolist() == plain.columns["y"].tolist()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", ":1: no-header: found nothing; expected the names of the columns"),
        ("\n\n", ":1: no-header: found nothing"),
        ("n,y\n", ": no-rows: found no rows; expected one row for each replicate"),
        (
            "64,1.5\n128,2\n",
            ":1: no-header: found numbers (64, 1.5); expected the names of the col",
        ),
        ("n,Y\n64,1\n", ":1: missing-column: found no column 'y'; expected a column of the data. "),
        (
            "n,y,y\n64,1,2\n",
            ":1: duplicate-column: found the name 'y' of columns 2 and 3; expected",
        ),
        ("n,y\n64,abc\n", ":2, column 2 (y): not-a-number: found 'abc'; expected a number"),
        ("n,y\n64,1\n128,NA\n", ":3, column 2 (y): not-a-number: found 'NA'; expected a number"),
        (
            "n;y\n64;1,5\n",
            ":2, column 2 (y): not-a-number: found '1,5'; expected a number. decimal",
        ),
        ("y,n\n1,64\n2,\n", ":3, column 2 (n): empty-field: found nothing; expected a number"),
        ("n,y\n64,1\n\n64,nan\n", ":4, column 2 (y): nan: found not a number (NaN); expected"),
        (
            "n,y\n64,1\n64,-inf\n",
            ":3, column 2 (y): infinite: found -inf; expected a finite number",
        ),
        ("n,y\n64,1e999\n", ":2, column 2 (y): infinite: found inf"),
        ("n,y\n64,1\n64\n", ":3: ragged-row: found 1 fields; expected 2, as in the header"),
        (
            'n,y\n64,1\n64,"2\n64,3\n',
            ":3, column 2 (y): not-a-number: found '2\\n64,3'; expected a number. look for a stray",
        ),
        (
            'n,y\n64,1\n"64,2\n64,3\n',
            ":3: ragged-row: found 1 fields; expected 2, as in the header. look for a stray quote",
        ),
        ("n,y\n64,1,2\n", ":2: ragged-row: found 3 fields; expected 2, as in the header"),
        ('n,y\n64,"' + "1" * 200_000, ": malformed-row: found field larger than field limit"),
        (b"n,y,who\n64,1,J\xfcrgen\n", ":2, character 7: not-text: found the byte 0xfc; expected"),
        (bytes(range(256)) * 20, "not-text: found the byte 0x80; expected text in UTF-8. save it"),
        (b"\0\1\2\3" * 50, ":1: not-text: found control characters; expected text in UTF-8"),
        (TEXT.encode("utf-16"), ":1, character 1: not-text: found the byte 0xff"),
        (
            gzip.compress(TEXT.encode(), mtime=0),
            "not-text: found the byte 0x8b; expected text in UTF-8",
        ),
    ],
)
def test_what_cannot_be_read_is_told_where(
    tmp_path: Path, content: str | bytes, words: str
) -> None:
    with pytest.raises(InputError) as error:
        read(tmp_path, content)
    assert str(error.value).startswith(str(tmp_path / "runs.csv"))
    assert words in str(error.value)


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        gzip.compress(TEXT.encode() * 99, mtime=0)[:40],
        gzip.compress(TEXT.encode(), mtime=0)[:-8],
    ],
    ids=["plain", "cut", "without-its-checksum"],
)
def test_a_file_that_is_no_whole_gzip_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(InputError, match=r"runs\.csv\.gz: gzip: found .*; expected a whole gzip f"):
        read(tmp_path, content, "runs.csv.gz")


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="folder: found a folder; expected a file"):
        read_table(tmp_path, ["n"])
    for name in ("none.csv", "none.csv.gz"):
        with pytest.raises(InputError, match=rf"{name}: unreadable: found no such file"):
            read_table(tmp_path / name, ["n"])


def test_a_wide_table_has_a_column_for_each_replicate(tmp_path: Path) -> None:
    file = tmp_path / "wide.csv"
    file.write_text("n,1,2,3\n64,1,2,3\n128,4,5,6\n", encoding="utf-8")
    found = read_wide(file, ["y", "n"])
    assert found.columns["n"].tolist() == [64] * 3 + [128] * 3
    assert found.columns["y"].tolist() == [1, 2, 3, 4, 5, 6]
    assert found.place("y", 5).endswith("wide.csv:3, column 4 (3)")
    assert found.place("n", 5).endswith("wide.csv:3, column 1 (n)")
    file.write_text("n\n64\n", encoding="utf-8")
    with pytest.raises(
        InputError, match=r"wide\.csv:2, column 1 \(n\): not-wide: found one column"
    ):
        read_wide(file, ["y", "n"])


def test_parquet_without_pyarrow_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(InputError, match=re.escape('pip install "verify-theorems[data]"')):
        read(tmp_path, b"PAR1", "runs.parquet")


def test_parquet(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    def written(n: list[int], y: list[float | str | None]) -> Table:
        parquet.write_table(arrow.table({"n": n, "y": y}), tmp_path / "runs.parquet")
        return read_table(tmp_path / "runs.parquet", ["y", "n"])

    found = written([64, 128], [1.5, 2.5])
    assert found.columns["n"].dtype == np.float64
    assert found.columns["y"].tolist() == [1.5, 2.5]
    for y, words in {
        (1.5, None): "row 2, column y: nan: found not a number",
        ("a", "b"): "column y: not-a-number: found values of type string; expected integers",
    }.items():
        with pytest.raises(InputError, match=words):
            written([64, 128], list(y))
    with pytest.raises(InputError, match=r"not-parquet: found .*; expected a whole Parquet file"):
        read(tmp_path, b"PAR1rubbish" * 9, "runs.parquet")
    with pytest.raises(InputError, match="unreadable: found no such file"):
        read_table(tmp_path / "none.parquet", ["n"])


NAMED = 'n,y,who\n64,1,"b, c"\n64,2, a \n128,3,a\n128,4,"b, c"\n'


def _who(found: Table) -> list[str]:
    return [found.names[int(number)] for number in found.columns["who"]]


def test_a_column_of_runs_holds_text(tmp_path: Path) -> None:
    file = tmp_path / "runs.csv"
    file.write_text(NAMED, encoding="utf-8")
    found = read_table(file, ["y", "n"], "who")
    assert _who(found) == ["b, c", "a", "a", "b, c"]
    assert found.columns["y"].tolist() == [1, 2, 3, 4]
    assert found.place("who", 2) == f"{file}:4, column 3 (who)"
    assert "who" not in read_table(file, ["y", "n"]).columns
    (tmp_path / "runs.csv.gz").write_bytes(gzip.compress(NAMED.encode()))
    assert _who(read_table(tmp_path / "runs.csv.gz", ["y", "n"], "who")) == _who(found)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("n,y\n64,1\n", ":1: missing-column: found no column 'who'; expected a column of the data"),
        (
            "n,y,who\n64,1,a\n64,2, \n",
            ":3, column 3 (who): empty-field: found nothing; expected the name of a run",
        ),
        ("n,y,who\n64,z,a\n", ":2, column 2 (y): not-a-number: found 'z'; expected a number"),
        ("n,y,who\n64,,\n", ":2, column 2 (y): empty-field: found nothing; expected a number"),
    ],
)
def test_a_run_without_a_name_is_told_where(tmp_path: Path, content: str, words: str) -> None:
    file = tmp_path / "runs.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_table(file, ["y", "n"], "who")
    assert words in str(error.value)


def test_the_headings_of_a_wide_table_are_its_runs(tmp_path: Path) -> None:
    file = tmp_path / "wide.csv"
    file.write_text("n,b,a\n64,1,2\n128,4,5\n", encoding="utf-8")
    found = read_wide(file, ["y", "n"], "who")
    assert _who(found) == ["b", "a", "b", "a"]
    assert found.place("who", 3) == f"{file}:3, column 3 (a)"
    with pytest.raises(InputError, match=r":1: missing-column: found no column 'm'; .* 'n'|known"):
        read_wide(file, ["y", "m"])


def test_runs_in_parquet(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    file, names = tmp_path / "runs.parquet", ["b", "a", "a", "b"]
    for who in (
        arrow.array(names),
        arrow.array(names).dictionary_encode(),
        arrow.array([7, 3, 3, 7]),
    ):
        data = {"n": [64, 64, 128, 128], "y": [1.0, 2, 3, 4], "who": who}
        parquet.write_table(arrow.table(data), file)
        found = read_table(file, ["y", "n"], "who")
        assert found.columns["who"].tolist() == [0, 1, 1, 0]
    parquet.write_table(arrow.table({**data, "who": ["b", "a", None, "b"]}), file)
    with pytest.raises(InputError, match=r"row 3, column who: no-name: found None; expected the n"):
        read_table(file, ["y", "n"], "who")
