"""Write the pages that the browser looks at: `python -m tests.report.browser.pages FOLDER`."""

import sys
from pathlib import Path

import verify
from verify.report import FORMATS

from ..variants import everything


def main(folder: Path) -> None:
    """A real report, and one with a result of every sort and hostile texts."""
    folder.mkdir(parents=True, exist_ok=True)
    real = verify.run("lipschitz_regression", budget="quick", workers=1)
    for name, results in (("one", [real]), ("many", everything(real))):
        page = FORMATS["html"].text(results)
        (folder / f"{name}.html").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
