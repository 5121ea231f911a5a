"""A judgement of data as a result, for the reports: one claim that has no controls."""

import hashlib
import re
from pathlib import Path

from verify import algebra
from verify.claims import RateOutcome
from verify.judging.outcome import DataOutcome, independence
from verify.provenance import Clock, Provenance, provenance
from verify.result import Result
from verify.verdict import Evidence, Relation, Verdict

SCOPE = "the data as given; no control was run"
UNTESTED = "whether these data would have refuted a bound that is false: ask with one that is off"
_SIGN = {Relation.O: "O", Relation.OMEGA: r"\Omega", Relation.THETA: r"\Theta"}


def origin_of(file: Path, clock: Clock, command: str, outcome: DataOutcome) -> Provenance:
    """Where the numbers of an outcome came from: the `file` as it is now, by its SHA-256."""
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return provenance(
        clock,
        spec=f"sha256:{digest}",
        seed=0,
        budget="",
        command=command,
        samples=outcome.rows,
        folder=file.parent,
    )


def as_result(outcome: DataOutcome, name: str, origin: Provenance) -> Result:
    """The result of judging the table `name`; what it says of controls is that there are none."""
    claim = as_claim(outcome)
    return Result(
        theorem=name,
        title=f"The {outcome.what} in {name}",
        source="data as given, judged without a control",
        statement=_statement(outcome),
        assumptions={"replicates": independence(outcome.run, outcome.row.variable)},
        verdict=outcome.verdict,
        as_expected=claim.exit_code == 0,
        outcomes=[claim],
        failures=[],
        provenance=origin,
    )


def as_claim(outcome: DataOutcome) -> RateOutcome:
    """The claim that was judged, as reports and pictures take it."""
    fixed = [f"other values than {outcome.row.design}"] if outcome.row.design else []
    return RateOutcome(
        id=outcome.value,
        verdict=outcome.verdict,
        expected=Verdict.HOLDS,
        reason=outcome.reason,
        evidence=Evidence.STATISTICAL,
        scope=SCOPE,
        uses=["replicates"],
        not_tested=[*fixed, UNTESTED],
        place="",
        corrected="",
        controls=[],
        bound=outcome.bound,
        relation=outcome.relation,
        statistic=outcome.what,
        margin=outcome.margin,
        exponents=[outcome.row],
    )


def _statement(outcome: DataOutcome) -> str:
    """The claim in LaTeX; a name that is no plain word is left out."""
    plain = re.fullmatch(r"[A-Za-z0-9._ -]+", outcome.what)
    words = outcome.what if plain else outcome.statistic
    text = words.replace("_", r"\_").replace(" ", r"\ ")
    bound = algebra.bound(outcome.bound).latex()
    return rf"\mathrm{{{text}}} = {_SIGN[outcome.relation]}({bound})"
