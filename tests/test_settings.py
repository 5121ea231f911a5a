"""The [verify] section of setup.cfg."""

from pathlib import Path

import pytest

from verify.errors import InputError
from verify.settings import Settings, read_settings


def _write(folder: Path, text: str) -> None:
    (folder / "setup.cfg").write_text(text, encoding="utf-8")


def test_without_a_file_or_a_section_the_defaults_hold(tmp_path: Path) -> None:
    store = tmp_path / ".verify/store.sqlite"
    assert read_settings(tmp_path) == Settings((), store)
    _write(tmp_path, "[metadata]\nname = other\n")
    assert read_settings(tmp_path) == Settings((), store)


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "rates").mkdir()
    _write(tmp_path, "[verify]\npaths =\n    rates\nstore = cache/blocks.sqlite\n")
    assert read_settings(tmp_path) == Settings(
        (tmp_path / "rates",), tmp_path / "cache/blocks.sqlite"
    )


def test_an_unknown_key_names_the_nearest_known_one(tmp_path: Path) -> None:
    _write(tmp_path, "[verify]\npath = rates\n")
    with pytest.raises(InputError, match=r"unknown setting 'path' in \[verify\]; did you mean 'p"):
        read_settings(tmp_path)


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    _write(tmp_path, "[verify]\npaths = nowhere\n")
    with pytest.raises(InputError, match="nowhere, which is not there"):
        read_settings(tmp_path)


@pytest.mark.parametrize("content", [b"[verify\npaths", b"no section", b"[verify]\n\xff\xfe"])
def test_a_file_that_cannot_be_parsed_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "setup.cfg").write_bytes(content)
    with pytest.raises(InputError, match=r"setup\.cfg cannot be read"):
        read_settings(tmp_path)
