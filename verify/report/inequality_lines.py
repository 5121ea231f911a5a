"""How an inequality is told: its proof, its worst cases, the box in balls, its counterexample."""

from verify.claims import InequalityOutcome
from verify.claims.inequality import EnclosureRow, ExtremeRow, InequalityCounterexample
from verify.report.decisive import listed, shortened
from verify.report.identity_lines import source
from verify.report.wording import INTERVAL


def inequality_details(claim: InequalityOutcome) -> list[str]:
    """What the verdict rests on, in sentences."""
    against = against_bound(claim.counterexample) if claim.counterexample else ""
    box = enclosure(claim.enclosure) if claim.enclosure else ""
    cases = map(extreme, claim.extremes)
    told = [claim.proof, box, looked_at(claim), *cases, against, claim.detail]
    return [text for text in told if text]


def looked_at(claim: InequalityOutcome) -> str:
    """How many instances and points of the box were looked at; empty if none was."""
    if not claim.instances:
        return ""
    many = f"{claim.instances:,} instance{'s' if claim.instances > 1 else ''}"
    search = f" and a search of {claim.evaluations:,} evaluations" if claim.evaluations else ""
    kind = {"float": "doubles", "ball": "balls"}.get(claim.arithmetic, claim.arithmetic)
    margin = "" if claim.margin is None else f": means, with a margin of {claim.margin:g}"
    return f"{many}{search}, in {kind}{margin}"


def largest_ratio(claim: InequalityOutcome) -> str:
    """The largest ratio in a few words; empty if there is none."""
    return "" if claim.worst_ratio is None else f"largest ratio {claim.worst_ratio:.6g}"


def extreme(row: ExtremeRow) -> str:
    """The worst case of a bound in a sentence."""
    where = shortened(listed(row.at)) or "everywhere"
    by = "" if row.found == "instances" else ", found by the search"
    numbers = f"value {row.value} against {row.side} {row.bound}"
    if row.low is not None and row.high is not None:
        ends = f"{INTERVAL} [{1 + row.low:.6g}, {1 + row.high:.6g}]"
        return f"{row.side}: ratio {row.ratio:.6g}, {ends}, at {where}{by}: {numbers}"
    if row.attained:
        return f"{row.side}: attained at {where}{by}: {numbers}"
    return f"{row.side}: largest ratio {row.ratio:.6g}, at {where}{by}: {numbers}"


def enclosure(row: EnclosureRow) -> str:
    """What balls say of the box, in a sentence."""
    if row.told:
        return f"the box was not enclosed: {row.told}"
    spent = f"{row.evaluations:,} evaluations in balls"
    if not row.undecided:
        return f"proved: {spent} enclose it within its bounds on the whole box"
    parts = f"{row.undecided:,} part{'s' if row.undecided > 1 else ''} of the box undecided"
    worst = shortened(", ".join(f"{name} in {ends}" for name, ends in row.hull.items()))
    share = f"{100 * row.share:.3g} % of its volume"
    why = "where a bound is attained or violated, or nearly so, no enclosure decides"
    return f"{spent} leave {parts}, {share}; the worst is {worst}: {why}"


def against_bound(found: InequalityCounterexample) -> str:
    """A counterexample in a sentence, with how it was checked."""
    where = f"counterexample {shortened(listed(found.instance))}".rstrip()
    numbers = f"the value is {found.value} and {found.side} is {found.bound}"
    if found.low is not None and found.high is not None:
        ends = f"{INTERVAL} [{1 + found.low:.6g}, {1 + found.high:.6g}]"
        return f"{where}: {numbers}, ratio {1 + found.excess:.6g}, {ends}; {found.check}"
    sure = "confirmed" if found.confirmed else "not confirmed"
    return f"{where}: {numbers}; {sure}: {found.check}{source(found)}"
