"""What was measured is kept, to the bit, whoever else writes and however full the disk is."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from verify.errors import StoreError
from verify.sampling import Store
from verify.sampling import store as store_module
from verify.spec.known import Known

from . import measures
from .measures import ODD, block

ONE = block(measures.draws)
ALONE = block(measures.exact)


def test_replicates_come_back_to_the_bit_after_reopening(store: Store) -> None:
    store.save(ONE, ODD)
    store.save(ALONE, np.array([1 / 8]))
    with Store(store.path) as again:
        found = again.load(ONE)
        assert found is not None
        assert found.dtype == np.float64
        assert found.tobytes() == ODD.tobytes()
        assert again.load(ALONE) == np.array([1 / 8])


def test_what_was_not_saved_is_not_there(store: Store) -> None:
    store.save(ONE, ODD)
    others = (
        *(block(measures.draws, index=1), block(measures.draws, seed=1)),
        *(block(measures.draws, n=9), block(measures.other_draws)),
    )
    assert all(store.load(one) is None for one in others)


def test_a_block_is_on_disk_as_soon_as_it_is_saved(store: Store) -> None:
    store.save(ONE, ODD)
    with sqlite3.connect(f"file:{store.path}?mode=ro", uri=True) as other:
        assert other.execute("SELECT measure, number, seed FROM block").fetchall() == [
            (f"{measures.__name__}.draws", 0, "0")
        ]
    other.close()


def test_saving_again_replaces(store: Store) -> None:
    store.save(ONE, ODD)
    store.save(ONE, 2 * np.ones(32))
    assert store.load(ONE) is not None
    assert (store.load(ONE) == 2).all()  # type: ignore[union-attr]


def test_blocks_measured_by_other_code_are_not_used(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save(ONE, ODD)
    monkeypatch.setattr(store_module, "digest_as_loaded", lambda measure: "changed")
    assert store.load(ONE) is None
    monkeypatch.undo()
    assert store.load(ONE) is not None


def test_a_counterexample_is_kept_replaced_and_forgotten(store: Store) -> None:
    first, second = Known('{"x":-1.0}', b"\0first"), Known('{"x":[0,1]}', b"second")
    store.keep("roots", "any", "", first)
    store.keep("roots", "any", "wide", first)
    store.keep("others", "any", "", first)
    store.keep("roots", "any", "", second)
    with Store(store.path) as again:
        assert again.known("roots") == {"any": {"": second, "wide": first}}
        assert again.known("roots")["any"][""].data == {"x": [0, 1]}
    store.keep("roots", "any", "", None)
    assert store.known("roots") == {"any": {"wide": first}}
    assert store.known("unknown") == {}


def test_two_runs_may_share_a_store(store: Store) -> None:
    with Store(store.path) as other:
        other.save(ONE, ODD)
        store.save(ALONE, np.array([1 / 8]))
        assert store.load(ONE) is not None
        assert other.load(ALONE) is not None


def test_a_store_that_another_program_holds_says_so(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(
        store_module.sqlite3, "connect", lambda path, **kw: connect(path, **kw | {"timeout": 0})
    )
    with Store(store.path) as opened:
        holder = connect(store.path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked") as caught:
            opened.save(ONE, ODD)
        holder.close()
        opened.save(ONE, ODD)
    assert "Move the file away" not in str(caught.value), "another run is writing to it"


def test_a_full_disk_is_an_error_of_the_store_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    program = f"""
import resource
from pathlib import Path
import numpy as np
from tests.sampling import measures
from verify.errors import StoreError
from verify.sampling import Store
with Store(Path({str(path)!r})) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
    saved = 0
    try:
        for saved in range(1000):
            store.save(measures.block(measures.draws, index=saved), np.full(32, float(saved)))
    except StoreError as error:
        print(saved, error.exit_code)
"""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    saved, code = map(int, done.stdout.split())
    assert code == 4
    assert saved > 0
    with Store(path) as store:
        found = [store.load(block(measures.draws, index=index)) for index in range(saved)]
    assert [float(one[0]) for one in found if one is not None] == list(range(saved))
