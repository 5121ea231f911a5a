"""A file that is not a sound store is refused, untouched, with a way out."""

import os
import sqlite3
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from verify.errors import StoreError
from verify.sampling import Store
from verify.spec.known import Known

from . import measures
from .measures import ODD, block

ONE = block(measures.draws)


def _noise(path: Path) -> None:
    path.write_bytes(np.random.default_rng(0).bytes(5000))


def _cut(path: Path) -> None:
    with Store(path) as store:
        for index in range(64):
            store.save(block(measures.draws, index=index), ODD)
    path.write_bytes(path.read_bytes()[:8000])


def _foreign(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE block (name TEXT)")
    other.close()


def _newer(path: Path) -> None:
    Store(path).__exit__(None, None, None)
    other = sqlite3.connect(path)
    other.execute("PRAGMA user_version=2")
    other.close()


UNUSABLE: dict[str, tuple[Callable[[Path], Any], str]] = {
    "random bytes": (_noise, "file is not a database"),
    "cut short": (_cut, "malformed"),
    "foreign": (_foreign, "it is not a store of this version"),
    "newer": (_newer, "it is not a store of this version"),
    "a folder": (lambda path: path.mkdir(), "unable to open database file"),
}


def load_all(path: Path) -> None:
    with Store(path) as store:
        for index in range(64):
            store.load(block(measures.draws, index=index))


@pytest.mark.parametrize("case", UNUSABLE)
def test_an_unusable_file_is_refused_untouched_with_a_way_out(tmp_path: Path, case: str) -> None:
    make, problem = UNUSABLE[case]
    path = tmp_path / "kept.sqlite"
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(StoreError, match=problem) as caught:
        load_all(path)
    assert caught.value.exit_code == 4
    message = str(caught.value)
    assert f"the store {path} cannot be used" in message
    assert "Move the file away" in message
    assert "store = PATH under [verify] in setup.cfg" in message
    assert (path.read_bytes() if path.is_file() else b"") == before
    path.rename(tmp_path / "away.sqlite")
    with Store(path) as fresh:
        assert fresh.load(ONE) is None


@pytest.mark.parametrize("name", ["a_file/store.sqlite", "/proc/nowhere/store.sqlite"])
def test_a_path_that_cannot_be_made_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "a_file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be used"):
        Store(tmp_path / name)


@pytest.mark.parametrize(("column", "value"), [("choices", "text"), ("instance", b"bytes")])
def test_a_damaged_counterexample_is_not_returned(store: Store, column: str, value: object) -> None:
    store.keep("roots", "any", "", Known("{}", b"choices"))
    with sqlite3.connect(store.path) as other:
        other.execute(f"UPDATE counterexample SET {column} = ?", (value,))
    other.close()
    with pytest.raises(StoreError, match="a counterexample of any is damaged"):
        store.known("roots")


DAMAGE = {
    "empty": b"",
    "half a number": b"\0\0\0",
    "too few": struct.pack("<3d", 1, 2, 3),
    "not finite": struct.pack("<32d", *[float("nan")] * 32),
    "text": "one",
    "one bit flipped": bytes([ODD.tobytes()[0] ^ 1]) + ODD.tobytes()[1:],
}


@pytest.mark.parametrize("case", DAMAGE)
def test_damaged_replicates_are_never_returned(store: Store, case: str) -> None:
    store.save(ONE, ODD)
    with sqlite3.connect(store.path) as other:
        other.execute("UPDATE block SET replicates = ?", (DAMAGE[case],))
    other.close()
    with pytest.raises(StoreError, match="cannot be used"):
        store.load(ONE)


@pytest.mark.parametrize(("file", "folder"), [(0o444, 0o777), (0o666, 0o555), (0o444, 0o555)])
def test_a_store_that_may_only_be_read_is_refused_with_what_to_do(file: int, folder: int) -> None:
    """As another user where this one may write everywhere."""
    program = f"""
import os, sys
from pathlib import Path
import tests.sampling.measures as measures
from verify.errors import StoreError
from verify.sampling import Store
folder = Path(sys.argv[1])
with Store(folder / "store.sqlite") as store:
    store.save(measures.block(measures.draws), measures.ODD)
os.chmod(folder / "store.sqlite", {file})
os.chmod(folder, {folder})
if os.geteuid() == 0:
    os.setuid(65534)
try:
    with Store(folder / "store.sqlite") as store:
        store.save(measures.block(measures.draws, index=1), measures.ODD)
except StoreError as error:
    print(error)
"""
    with tempfile.TemporaryDirectory() as place:
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        done = subprocess.run(
            [sys.executable, "-c", program, place],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        Path(place).chmod(0o755)
    assert "Make the file and its folder writable" in done.stdout, done.stderr
