"""Results as JUnit XML: a suite for each theorem, a case for each claim."""

from collections import Counter
from collections.abc import Sequence
from xml.etree.ElementTree import Element, indent

from verify.outcome import Outcome
from verify.report import wording
from verify.report.kinds import account
from verify.report.markup import element, write
from verify.result import Result

OUTCOME = {1: "failure", 3: "skipped", 4: "error"}
"""What the exit code of a claim is in the words of JUnit; 0 is a case that passed."""

COUNTS = {"failures": 1, "errors": 4, "skipped": 3}


def to_junit(results: Sequence[Result]) -> str:
    """Suites with counts, the seed and the budget as properties, and what is wrong as text."""
    claims = [claim for result in results for claim in result.outcomes]
    wall = sum(result.provenance.wall_s for result in results)
    suites = element("testsuites", _counts("verify", claims, wall), *map(_suite, results))
    indent(suites)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{write(suites)}\n'


def _suite(result: Result) -> Element:
    origin = result.provenance
    facts = {
        "title": result.title,
        "source": result.source,
        "verdict": result.verdict,
        **({"seed": str(origin.seed), "budget": origin.budget} if origin.budget else {}),
        "replicates": str(origin.samples),
        "command": origin.command,
        "commit": origin.git_commit or "",
        "spec": origin.spec,
    }
    named = [element("property", {"name": k, "value": v}) for k, v in facts.items()]
    cases = [_case(result, claim) for claim in result.outcomes]
    head = {**_counts(result.theorem, result.outcomes, origin.wall_s), "timestamp": origin.started}
    failed = "\n".join(f"{f.cell}: {f.error} (traceback: {f.trace})" for f in result.failures)
    errors = [element("system-err", {}, failed)] if failed else []
    return element("testsuite", head, element("properties", {}, *named), *cases, *errors)


def _counts(name: str, claims: Sequence[Outcome], seconds: float) -> dict[str, str]:
    codes = Counter(claim.exit_code for claim in claims)
    counts = {word: str(codes[code]) for word, code in COUNTS.items()}
    return {"name": name, "tests": str(len(claims)), **counts, "time": f"{seconds:.3f}"}


def _case(result: Result, claim: Outcome) -> Element:
    """A claim; the report as a text where it came out otherwise than expected."""
    place = wording.split_place(claim.place)
    where = {"file": place[0], "line": str(place[1])} if place else {}
    text = "\n".join(account(claim, result.outcomes))
    head = {"classname": result.theorem, "name": claim.id, **where}
    if claim.exit_code not in OUTCOME:
        return element("testcase", head, element("system-out", {}, text))
    kind = {} if claim.exit_code == 3 else {"type": claim.reason}
    message = f"{claim.verdict}, {wording.because(claim)}"
    found = element(OUTCOME[claim.exit_code], {**kind, "message": message}, text)
    return element("testcase", head, found)
