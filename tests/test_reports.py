"""The committed summaries belong to the present specs, and their pages to their results."""

from pathlib import Path

import msgspec
import pytest

from verify.discovery import Entry, catalogue, load
from verify.report import FORMATS
from verify.result import Result
from verify.sampling import theorem_digest

FOLDER = Path(__file__).parents[1] / "reports"
AGAIN = "run `make reports` and commit what it writes"


@pytest.mark.parametrize("entry", catalogue(), ids=lambda entry: entry.id)
def test_a_summary_is_there_and_of_the_present_spec(entry: Entry) -> None:
    file = FOLDER / f"{entry.id}.json"
    assert file.is_file(), AGAIN
    result = msgspec.json.decode(file.read_bytes(), type=Result)
    theorem = load(entry)
    assert result.provenance.spec == theorem_digest(theorem), AGAIN
    assert result.provenance.budget == "standard"
    assert result.as_expected
    own = {theorem.id: theorem.illustrations}
    page = FORMATS["markdown"].files([result], f"{entry.id}.md", own)
    assert (FOLDER / f"{entry.id}.md").read_text(encoding="utf-8") == page[f"{entry.id}.md"], AGAIN
    assert all((FOLDER / name).is_file() for name in page), AGAIN


def test_there_is_no_summary_of_a_theorem_that_is_gone() -> None:
    known = {entry.id for entry in catalogue()}
    assert {file.stem for file in FOLDER.glob("*.json")} == known | {"calibration"}, AGAIN
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert all(f"[{name}]({name}.md)" in index for name in known)
    assert "(calibration.md)" in index
