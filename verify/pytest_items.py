"""The items that the pytest plugin adds: one for each claim of a theorem."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from verify.claims import (
    AnyOutcome,
    IdentityOutcome,
    InequalityOutcome,
    LimitOutcome,
    RateOutcome,
)
from verify.claims.rate import ExponentRow
from verify.cli.chosen import chosen
from verify.discovery import catalogue
from verify.errors import VerifyError
from verify.report.decisive import decisions
from verify.report.identity_lines import evaluated
from verify.report.inequality_lines import inequality_details, largest_ratio, looked_at
from verify.report.terminal import show
from verify.result import Result
from verify.settings import read_settings
from verify.spec import Claim, Theorem
from verify.verdict import Evidence
from verify.verification import run_all

PROPERTY = "verify"


def claim_items(session: pytest.Session, names: Sequence[str]) -> Iterator[pytest.Item]:
    """An item for each claim of the theorems that are named, in the order of their files.

    Raises pytest.UsageError for an unknown name.
    """
    try:
        theorems = chosen(names, catalogue(read_settings(session.config.rootpath).paths))
    except VerifyError as error:
        raise pytest.UsageError(f"--verify: {error}") from None
    for theorem in theorems:
        for claim in theorem.claims:
            name = f"{theorem.id}:{claim.id}"
            yield ClaimItem.from_parent(session, name=name, theorem=theorem, claim=claim)


class UnexpectedClaimError(Exception):
    """A claim that did not come out as expected; its text is the report."""


class ClaimItem(pytest.Item):
    """One claim of a theorem, measured and judged in this process: xdist has the workers."""

    def __init__(self, *, theorem: Theorem, claim: Claim, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.add_marker("theorem")
        self._theorem = theorem.only(claim)
        self._claim = claim.id
        self._place = claim.place

    def runtest(self) -> None:
        """Raise UnexpectedClaimError unless the claim comes out as expected."""
        option = self.config.option
        command = (
            f"pytest --verify {self.name} --verify-budget {option.verify_budget} "
            f"--verify-seed {option.verify_seed}"
        )
        (result,) = run_all(
            [self._theorem],
            read_settings(self.config.rootpath),
            budget=option.verify_budget,
            seed=option.verify_seed,
            workers=1,
            command=command,
        )
        self.user_properties.append((PROPERTY, _line(self.name, result.claims[self._claim])))
        if result.exit_code not in ({0, 3} if option.verify_open else {0}):
            raise UnexpectedClaimError(_text(result))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The report of the claim instead of a traceback, for what is not a fault of the code."""
        if isinstance(excinfo.value, UnexpectedClaimError | VerifyError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """File, line and name of the claim."""
        file, _, line = self._place.rpartition(":")
        return Path(file), int(line) - 1, self.name


def _line(name: str, claim: AnyOutcome) -> str:
    """A claim on one line, for the summary."""
    found = [
        f"{row.variable} {row.estimate:+.4f} [{row.low:+.4f}, {row.high:+.4f}]"
        for row in _numbered(claim)
        if row.estimate is not None
    ]
    if isinstance(claim, IdentityOutcome):
        found = [claim.proof] if claim.evidence is Evidence.PROVED else [evaluated(claim)]
    if isinstance(claim, InequalityOutcome):
        proofs = [text for text in inequality_details(claim) if text.startswith("proved: ")]
        found = proofs[:1] or [largest_ratio(claim), looked_at(claim)]
    return f"{name}  {claim.verdict}  {'; '.join(found)}".rstrip()


def _numbered(claim: AnyOutcome) -> Sequence[ExponentRow | LimitOutcome]:
    """What of a claim has an estimate: its exponents, or a limit itself."""
    if isinstance(claim, RateOutcome):
        return [one.row for one in decisions(claim)]
    return [claim] if isinstance(claim, LimitOutcome) else []


def _text(result: Result) -> str:
    stream = io.StringIO()
    show(result, Console(file=stream, width=100))
    return stream.getvalue()
