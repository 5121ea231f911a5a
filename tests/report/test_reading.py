"""Stored results read back; what a file is told that is none."""

import json
from pathlib import Path

import pytest

from verify.errors import InputError
from verify.report.json import to_json
from verify.report.reading import read_results
from verify.result import Result


def _told(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_results(path)
    return str(caught.value)


def _file(folder: Path, content: bytes | str) -> Path:
    path = folder / "result.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("count", [1, 2])
def test_what_was_written_is_read(count: int, real: Result, tmp_path: Path) -> None:
    results = [real] * count
    assert read_results(_file(tmp_path, to_json(results))) == results


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "nowhere.json"
    assert _told(path) == (
        f"{path}: found No such file or directory; expected a result, as "
        "`python -m verify ID --json nowhere.json` writes it"
    )
    assert "Is a directory" in _told(tmp_path)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("", "0 bytes that are not JSON: input data was truncated"),
        ("claim,verdict\n", "14 bytes that are not JSON: JSON is malformed"),
        (b"\xff\xfe\x00", "3 bytes that are not JSON"),
        ("[" * 100_000, "100000 bytes that are not JSON"),
        ("[]", "a JSON list without a field 'schema'"),
        ("3", "a JSON int without a field 'schema'"),
        ('{"a": 1}', "a JSON dict without a field 'schema'"),
        ('{"schema": 1}', "of schema 1, but object missing required field `theorem`"),
        ('{"schema": 1, "results": []}', "an empty list of results"),
        ('{"schema": 1, "results": 3}', "of schema 1, but expected `array`, got `int`"),
    ],
)
def test_what_is_no_result(content: bytes | str, found: str, tmp_path: Path) -> None:
    told = _told(_file(tmp_path, content))
    assert told.startswith(f"{tmp_path}/result.json: found {found}")
    assert told.endswith("`python -m verify ID --json result.json` writes it")


def test_a_truncated_result(real: Result, tmp_path: Path) -> None:
    content = to_json([real])
    assert "not JSON: input data was truncated" in _told(_file(tmp_path, content[:-100]))


@pytest.mark.parametrize("version", [2, "1", None, {}])
def test_another_version(version: object, real: Result, tmp_path: Path) -> None:
    document = json.loads(to_json([real])) | {"schema": version}
    told = _told(_file(tmp_path, json.dumps(document)))
    assert f"found schema {version!r}; this version of verify reads schema 1" in told
    assert "install the version that wrote the file" in told


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"claims": []}, "a result without claims"),
        ({"verdict": "MAYBE"}, "invalid enum value 'MAYBE' - at `$.verdict`"),
        ({"claims": [{"kind": "spell"}]}, "invalid value 'spell' - at `$.claims[0].kind`"),
        ({"title": 3}, "expected `str`, got `int` - at `$.title`"),
    ],
)
def test_a_field_that_is_wrong(
    change: dict[str, object], found: str, real: Result, tmp_path: Path
) -> None:
    document = json.loads(to_json([real])) | change
    assert found in _told(_file(tmp_path, json.dumps(document)))
