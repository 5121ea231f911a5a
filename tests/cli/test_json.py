"""`--json`: one strict document for machines, apart from what people read."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from .command_line import Run, quick
from .theorem_text import DRAWS, ROOT, rate, write

SCHEMA = json.loads(files("verify.report").joinpath("schema.json").read_text(encoding="utf-8"))
PRINTING = "print('imported')\n\n\ndef error(n):\n    print('measured', flush=True)\n" + (
    "    os.write(1, b'written')\n    return n**-0.5\n"
)


def document(text: str) -> Any:
    """The one document that `text` is, under the schema that ships."""
    found = json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))
    jsonschema.validate(found, SCHEMA, cls=jsonschema.Draft202012Validator)
    return found


@pytest.fixture(scope="module")
def one(folder: Path) -> Run:
    return quick(folder, write(folder, "draws", DRAWS), "--json", "-", "--seed", "5")


@pytest.fixture(scope="module")
def result(one: Run) -> Any:
    return document(one.out)


def test_standard_output_is_one_document_and_people_read_standard_error(one: Run) -> None:
    document(one.out)
    assert "draws: 8 cells, at most 1,024 replicates" in one.err
    assert "upper: HOLDS" in one.err
    assert one.code == 0


def test_the_document_says_what_was_found(result: Any) -> None:
    assert (result["schema"], result["theorem"]) == (1, "draws")
    assert result["title"] == "A small theorem"
    assert (result["verdict"], result["as_expected"], result["failures"]) == ("HOLDS", True, [])
    (claim,) = result["claims"]
    assert (claim["id"], claim["kind"], claim["verdict"]) == ("upper", "rate", "HOLDS")
    assert (claim["expected"], claim["evidence"]) == ("HOLDS", "statistical")
    assert claim["scope"] == "the thing itself"
    (row,) = claim["exponents"]
    assert row["predicted"] == -0.5
    assert row["low"] < row["estimate"] < row["high"]
    assert row["range"]["low"] < row["range"]["estimate"] < row["range"]["high"]
    (control,) = claim["controls"]
    assert (control["id"], control["verdict"]) == ("tenth", "REFUTED")
    assert control["why"] == "an exponent off by a tenth"


def test_the_document_says_where_the_numbers_came_from(result: Any) -> None:
    origin = result["provenance"]
    assert (origin["seed"], origin["budget"], origin["samples"]) == (5, "quick", 512)
    assert origin["command"] == (
        "python -m verify draws.py --json - --seed 5 --budget quick --workers 1"
    )
    assert {"python", "numpy", "scipy", "verify-theorems"} <= origin["versions"].keys()
    assert origin["wall_s"] > 0


@pytest.mark.usefixtures("one")
def test_a_file_gets_the_same_document_and_standard_output_is_for_people(
    folder: Path, result: Any
) -> None:
    run = quick(folder, "draws.py", "--seed", "5", "--json", "kept.json")
    kept = document((folder / "kept.json").read_text(encoding="utf-8"))
    assert kept["claims"] == result["claims"]
    assert "upper: HOLDS" in run.out
    assert run.err == ""


@pytest.mark.usefixtures("one")
def test_quiet_leaves_the_document_alone(folder: Path, result: Any) -> None:
    run = quick(folder, "draws.py", "--seed", "5", "--json", "-", "--quiet")
    assert document(run.out)["claims"] == result["claims"]
    assert run.err == ""


@pytest.mark.usefixtures("one")
def test_several_theorems_stand_under_results_in_the_order_asked(folder: Path) -> None:
    wrong = rate("upper", 'but("tenth", "a tenth off", bound="n**(-13/30)")', bound="n**(-1/3)")
    run = quick(folder, write(folder, "wrong", ROOT, wrong), "draws.py", "--json", "-")
    found = document(run.out)
    assert found["schema"] == 1
    assert [one["theorem"] for one in found["results"]] == ["wrong", "draws"]
    assert [one["as_expected"] for one in found["results"]] == [False, True]
    assert run.code == 1


def test_the_same_spec_has_the_same_digest_in_every_run(tmp_path: Path) -> None:
    cached = "import functools\n\n\n@functools.cache\n" + ROOT
    name = write(tmp_path, "cached", cached)
    runs = [quick(tmp_path, name, "--json", "-", "--quiet") for _ in range(2)]
    assert len({document(run.out)["provenance"]["spec"] for run in runs}) == 1


def test_what_a_measure_prints_does_not_spoil_the_document(tmp_path: Path) -> None:
    run = quick(tmp_path, write(tmp_path, "printing", PRINTING), "--json", "-")
    assert document(run.out)["theorem"] == "printing"
    assert "measured" in run.err
