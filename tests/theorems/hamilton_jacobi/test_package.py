"""The package as a whole: what is false as stated is refuted whatever was expected of it."""

import re
from pathlib import Path

import pytest

import verify
from verify.claims import IdentityOutcome, InequalityOutcome
from verify.discovery import Entry, catalogue, find, load
from verify.verdict import Verdict

THEOREMS = find("hamilton_jacobi", catalogue())
README = Path(__file__).parents[3] / "README.md"


def test_it_has_seven_theorems_and_as_many_claims_as_the_readme_says() -> None:
    assert [entry.id for entry in THEOREMS] == [
        *("costate", "deformation", "generalization", "hopf_cole"),
        *("influence", "quadrature", "robustness"),
    ]
    claims = [claim for entry in THEOREMS for claim in load(entry).claims]
    wrong = [claim for claim in claims if claim.expect is Verdict.REFUTED]
    assert all(claim.corrected for claim in wrong)
    text = " ".join(README.read_text(encoding="utf-8").split())
    words = re.search(r"(\d+) claims in seven theorems, .* with (\d+) that are false", text)
    assert words is not None
    assert (int(words[1]), int(words[2])) == (len(claims), len(wrong))


@pytest.mark.parametrize(
    "entry", [one for one in THEOREMS if one.id != "costate"], ids=lambda entry: entry.id
)
def test_without_expectations_what_is_false_is_refuted_all_the_same(
    entry: Entry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where HOLDS is expected, the default, nothing can be taken away; so in all of `costate`."""
    monkeypatch.setattr("verify.verification.refuse_faults", lambda theorem: None)
    theorem = load(entry)
    bare = tuple(
        claim.replaced({"expect": Verdict.HOLDS, "corrected": ""}, claim.place)
        for claim in theorem.claims
        if claim.expect is Verdict.REFUTED
    )
    plain = theorem.replaced({"claims": bare}, theorem.place)
    result = verify.run(plain, budget="quick", workers=1)
    assert {one.id: one.verdict for one in result.outcomes} == dict.fromkeys(
        [claim.id for claim in bare], Verdict.REFUTED
    )
    for one in result.outcomes:
        if isinstance(one, IdentityOutcome | InequalityOutcome):
            assert one.counterexample is not None
            assert one.counterexample.confirmed
            assert len(one.counterexample.code.splitlines()) <= 10
