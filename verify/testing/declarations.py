"""What a theorem says, by itself."""

import sys
from pathlib import Path

from verify.discovery import declared
from verify.spec import Theorem
from verify.spec.lint import lint
from verify.spec.measure import home
from verify.testing.blocks import cells_of


def has_no_findings(theorem: Theorem) -> None:
    """Lint has nothing to say; without this the other checks mean little."""
    found = lint(theorem)
    assert not found, "\n".join(map(str, found))


def is_listed_as_it_is(theorem: Theorem) -> None:
    """The id and title that are read from the source are those of the theorem."""
    file = _file(theorem)
    found, expected = declared(file), (theorem.id, theorem.title)
    assert found == expected, f"{file} is listed as {found}; expected the literals {expected}"


def uses_every_assumption(theorem: Theorem) -> None:
    """Each assumption is used by a claim or dropped by a control; others say nothing."""
    used = {name for claim in theorem.claims for name in claim.uses}
    dropped = {control.violates for claim in theorem.claims for control in claim.controls}
    idle = [one.id for one in theorem.assumptions if one.id not in used | dropped]
    assert not idle, f"no claim uses {', '.join(idle)}, and no control violates it"


def controls_drop_assumptions_of_their_claim(theorem: Theorem) -> None:
    """A control that violates an assumption belongs to a claim that uses it."""
    for claim in theorem.claims:
        for control in claim.controls:
            needed = control.violates is None or control.violates in claim.uses
            assert needed, (
                f"{claim.id}: {control.id} violates {control.violates}, which is not used"
            )


def statement_has_balanced_braces(theorem: Theorem) -> None:
    """The LaTeX of the statement can be set."""
    text = theorem.statement.replace(r"\{", "").replace(r"\}", "")
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0, f"a closing brace too many at {place} in {theorem.statement!r}"
    assert depth == 0, f"{depth} braces left open in {theorem.statement!r}"


def _file(theorem: Theorem) -> Path:
    """The file that declares the theorem: where it says it stands, or where its measures live.

    The place of a module that is imported from elsewhere is relative to a root of imports.
    """
    place = theorem.place.rpartition(":")[0]
    for file in (Path(root) / place for root in ("", *sys.path)):
        if file.is_file() and declared(file) is not None:
            return file
    measures = [cell.measure for cell in cells_of(theorem)]
    return home(measures[0])[1] if measures else Path(place)
