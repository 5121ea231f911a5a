"""Run every theorem of the library and write its summary here: `make reports`.

A summary is the result as JSON, a Markdown page and its pictures.  The test suite checks that each
belongs to the present spec and that the page says what the JSON says.
"""

from pathlib import Path

from verify.discovery import catalogue, load
from verify.report import FORMATS
from verify.report.json import to_json
from verify.report.wording import STANDING, census
from verify.result import Result
from verify.settings import read_settings
from verify.spec import Theorem
from verify.verification import run_all

BUDGET, SEED = "standard", 0
FOLDER = Path(__file__).parent
CALIBRATION = "calibration"
"""Written by a command of its own, which takes minutes: `make calibration`."""


def main() -> None:
    """Write the summaries of all theorems and the index of them."""
    for old in (*FOLDER.glob("*.json"), *FOLDER.glob("*.md"), *FOLDER.glob("*.svg")):
        if old.stem != CALIBRATION:
            old.unlink()
    results = []
    for entry in catalogue():
        command = f"python -m verify {entry.id}"
        theorem = load(entry)
        (result,) = run_all([theorem], read_settings(), budget=BUDGET, seed=SEED, command=command)
        write(result, theorem)
        results.append(result)
    (FOLDER / "README.md").write_text(index(results), encoding="utf-8")


def write(result: Result, theorem: Theorem) -> None:
    """The JSON, the page and the pictures of one theorem."""
    (FOLDER / f"{result.theorem}.json").write_bytes(to_json([result]))
    own = {theorem.id: theorem.illustrations}
    page = FORMATS["markdown"].files([result], f"{result.theorem}.md", own)
    for name, text in page.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


def index(results: list[Result]) -> str:
    """A table of all theorems with their verdicts."""
    rows = "\n".join(
        f"| [{result.theorem}]({result.theorem}.md) | {result.title} "
        f"| {census(claim.verdict for claim in result.outcomes)}; {STANDING[result.exit_code]} |"
        for result in results
    )
    made = f"The library at the {BUDGET} budget, seed {SEED}, as `make reports` writes it."
    table = f"| theorem | title | claims |\n|---|---|---|\n{rows}"
    errors = f"[Calibration]({CALIBRATION}.md): the error rates and the power of such verdicts."
    return f"# Reports\n\n{made}\n\n{table}\n\n{errors}\n"


if __name__ == "__main__":
    main()
