"""`algebra`: what follows exactly from a bound: regimes, exponents, crossovers, comparisons."""

from collections.abc import Mapping, Sequence

import click

from verify.algebra import Bound, Dominance, bound, dominates
from verify.errors import InputError

FALSE, UNDECIDED = 1, 3


@click.command("algebra")
@click.argument("text", metavar="BOUND")
@click.option("--compare", metavar="OTHER", help="Is BOUND <= C * OTHER?  Exit 0, 1 or 3 (open).")
@click.option(
    "--assume", multiple=True, metavar="CONDITION", help="Such as '1 <= J <= T'; repeatable."
)
@click.option("--at", "values", multiple=True, metavar="NAME=VALUE", help="Such as d=2.")
@click.pass_context
def command(
    context: click.Context,
    text: str,
    compare: str | None,
    assume: Sequence[str],
    values: Sequence[str],
) -> None:
    """Print the regimes of BOUND, or answer whether it is at most another, up to constants.

    Exponents may hold design symbols, as in n**(-1/(d+2)), which get numbers by --at d=2.
    """
    known = _values(values)
    subject, conditions = _put(text, known), list(assume)
    if compare is not None:
        context.exit(_answer(dominates(_put(compare, known), subject, conditions)))
    for line in _regimes(subject, conditions):
        click.echo(line)


def _values(words: Sequence[str]) -> dict[str, str]:
    for word in words:
        if "=" not in word:
            raise click.BadParameter(f"{word!r}; expected NAME=VALUE, such as d=2")
    return {name.strip(): value.strip() for name, _, value in (w.partition("=") for w in words)}


def _put(text: str, values: Mapping[str, str]) -> Bound:
    """The bound with numbers for its design symbols; all of them are needed to compare."""
    found = bound(text)
    missing = sorted(found.exponent_symbols - values.keys())
    if missing:
        raise InputError(f"{missing[0]!r} in an exponent of {text} has no number; --at NAME=VALUE")
    return found.substitute({k: v for k, v in values.items() if k in found.symbols})


def _answer(found: Dominance) -> int:
    """Print the answer with its proof or its witness; 0 true, 1 false, 3 undecided."""
    click.echo(str(found))
    if found:
        for line in found.proof():
            click.echo(f"  because {line}")
        return 0
    if found.witness is None:
        return UNDECIDED
    click.echo(f"  there {found.smaller} grows like {found.witness.growth}")
    click.echo(f"  and {found.larger} like {found.witness.other}, in x to infinity")
    return FALSE


def _regimes(subject: Bound, conditions: list[str]) -> list[str]:
    given = f"  on {', '.join(conditions)}" if conditions else ""
    lines = [f"{subject}{given}"]
    for regime in subject.regimes(conditions):
        where = f"  where {', '.join(regime.where)}" if regime.where else ""
        lines += ["", f"regime {regime.monomial}{where}"]
        logs = {name: power for name, power in regime.logs.items() if power}
        lines.append(f"  exponents  {_listed(regime.exponents)}")
        lines += [f"  logs       {_listed(logs)}"] if logs else []
        lines += [f"  along      {_listed(ray)}" for ray in regime.rays]
    if crossovers := subject.crossovers(conditions):
        lines += ["", "crossovers", *(f"  {one}" for one in crossovers)]
    return lines


def _listed(values: Mapping[str, object]) -> str:
    return ", ".join(f"{name} {value}" for name, value in values.items())
