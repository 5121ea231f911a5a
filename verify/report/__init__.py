"""Results, rendered: for the terminal, for machines, for pages and papers.

A format is loaded when it is used, so that what draws and typesets is not imported by the others.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from verify.result import Result

__all__ = ["FORMATS", "Format"]


@attrs.frozen
class Format:
    """A format: its module, which has a function `to_NAME`, and what it is, in a line.

    A `printed` one goes to standard output; one that is `illustrated` has a function `pictures`,
    for files of their own.
    """

    name: str
    summary: str
    printed: bool = False
    illustrated: bool = False

    def text(self, results: "Sequence[Result]") -> str:
        """The report without files beside it."""
        text: str = getattr(self._module, f"to_{self.name}")(results)
        return text

    def files(self, results: "Sequence[Result]", name: str) -> dict[str, str]:
        """What the file `name` and those beside it contain, by their names."""
        if not self.illustrated:
            return {name: self.text(results)}
        stem = PurePath(name).stem
        text: str = getattr(self._module, f"to_{self.name}")(results, stem)
        return {name: text, **self._module.pictures(results, stem)}

    @property
    def _module(self) -> Any:
        return import_module(f"verify.report.{self.name}")


FORMATS: Mapping[str, Format] = {
    form.name: form
    for form in (
        Format("html", "one page with pictures, which needs no network and no script"),
        Format(
            "markdown", "a summary for GitHub, with pictures as SVG beside it", illustrated=True
        ),
        Format("latex", "tables for a paper, with booktabs and siunitx"),
        Format("junit", "a JUnit XML suite for each theorem"),
        Format("badge", "a status badge as SVG"),
        Format("github", "print annotations for GitHub Actions", printed=True),
    )
}
"""The formats of `verify report`, in the order of its help, by the names of their options."""
