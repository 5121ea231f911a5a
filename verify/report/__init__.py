"""Results, rendered: for the terminal, for machines, for pages and papers.

A format is loaded when it is used, so that what draws and typesets is not imported by the others.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

if TYPE_CHECKING:
    from verify.result import Result
    from verify.spec import Illustration

Illustrations: TypeAlias = "Mapping[str, Sequence[Illustration]]"
"""The pictures that theorems bring themselves, by the theorems' ids."""

NO_ILLUSTRATIONS: Illustrations = MappingProxyType({})

__all__ = ["FORMATS", "NO_ILLUSTRATIONS", "Format", "Illustrations"]


@attrs.frozen
class Format:
    """A format: its module, which has a function `to_NAME`, and what it is, in a line.

    A `printed` one goes to standard output.  One that is `illustrated` shows pictures, those that
    theorems bring themselves too; one with `files_beside` has a function `pictures`, for those that
    are files of their own.
    """

    name: str
    summary: str
    printed: bool = False
    illustrated: bool = False
    files_beside: bool = False

    def text(
        self, results: "Sequence[Result]", illustrations: Illustrations = NO_ILLUSTRATIONS
    ) -> str:
        """The report without files beside it."""
        return self._written(results, illustrations)

    def files(
        self,
        results: "Sequence[Result]",
        name: str,
        illustrations: Illustrations = NO_ILLUSTRATIONS,
    ) -> dict[str, str]:
        """What the file `name` and those beside it contain, by their names."""
        if not self.files_beside:
            return {name: self.text(results, illustrations)}
        stem = PurePath(name).stem
        text = self._written(results, illustrations, stem)
        return {name: text, **self._module.pictures(results, stem, illustrations)}

    def _written(
        self, results: "Sequence[Result]", illustrations: Illustrations, stem: str = ""
    ) -> str:
        own = {"illustrations": illustrations} if self.illustrated else {}
        beside = {"stem": stem} if self.files_beside else {}
        text: str = getattr(self._module, f"to_{self.name}")(results, **own, **beside)
        return text

    @property
    def _module(self) -> Any:
        return import_module(f"verify.report.{self.name}")


FORMATS: Mapping[str, Format] = {
    form.name: form
    for form in (
        Format(
            "html",
            "one page with pictures, which needs no network and no script",
            illustrated=True,
        ),
        Format(
            "markdown",
            "a summary for GitHub, with pictures as SVG beside it",
            illustrated=True,
            files_beside=True,
        ),
        Format("latex", "tables for a paper, with booktabs and siunitx"),
        Format("junit", "a JUnit XML suite for each theorem"),
        Format("badge", "a status badge as SVG"),
        Format("github", "print annotations for GitHub Actions", printed=True),
    )
}
"""The formats of `verify report`, in the order of its help, by the names of their options."""
