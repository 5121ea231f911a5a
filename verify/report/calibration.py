"""A calibration as text: what was asked and found, and the tables, in Markdown."""

import json
from collections.abc import Iterator, Sequence

import msgspec

from verify.calibration.table import Calibration, CellRow, Check
from verify.calibration.zoo import SETTINGS, Setting

ZOO_TITLES = {
    "main": "The main list",
    "second": "The second list: at the border of the family, or beyond it",
}
CELL_HEADS = (
    *("law", "coverage", "true REFUTED", "wrong HOLDS", "model rejected"),
    *("refutes O", "refutes Omega", "holds O", "holds Omega", "holds Theta", "half-width"),
    *("profile covers", "its half-width"),
)
INSIDE_HEADS = "noise", "data sets", "coverage", "model rejected", "holds Theta", "half-width"


def to_json(found: Calibration) -> bytes:
    """The rates as strict JSON, with six significant digits, indented."""
    content = json.loads(
        msgspec.json.encode(found), parse_float=lambda text: float(f"{float(text):.6g}")
    )
    return json.dumps(content, indent=1).encode() + b"\n"


def from_json(content: bytes) -> Calibration:
    """The rates that `to_json` wrote."""
    return msgspec.json.decode(content, type=Calibration)


def lines(found: Calibration) -> Iterator[str]:
    """What was asked, with what was found, a line each; the numbers are those of the JSON."""
    found = from_json(to_json(found))
    width = max(len(check.asks) for check in found.checks)
    for check in found.checks:
        yield f"{_word(check):4}  {check.asks:{width}}  {check.limit:5.3f}: {_told(check)}"


def markdown(found: Calibration, command: str, picture: str | None) -> str:
    """The page: the checks, the picture if there is one, a table for each list and setting.

    It tells the numbers of the JSON, so that it can be made again from that.
    """
    found = from_json(to_json(found))
    parts = [
        "# Calibration",
        f"Error rates and power of the interval and of the verdicts, seed {found.seed}: `{command}`"
        + (" (a quick run, too small for anything but gross faults)." if found.quick else "."),
        _table(
            ("asked", "limit", "found", "where", ""),
            [
                (one.asks, f"{one.limit:.3f}", f"{one.found:.3f}", one.where, _word(one))
                for one in found.checks
            ],
        ),
        *([f"![Coverage, wrong verdicts and power of every law]({picture})"] if picture else []),
        *_lists(found),
        "## Laws drawn inside the family, between its nodes",
        _table(
            INSIDE_HEADS,
            [
                (f"{r.noise:g}", str(r.data_sets), *_rates(r.coverage, r.model_rejected),
                 *_rates(r.holds_theta), f"{r.half_width:.3f}")
                for r in found.inside
            ],
        ),
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _lists(found: Calibration) -> Iterator[str]:
    for zoo, title in ZOO_TITLES.items():
        yield f"## {title}"
        for setting in SETTINGS:
            rows = [row for row in found.cells if row.zoo == zoo and _is(row, setting)]
            yield (
                f"{setting.points} doublings of n with {setting.replicates} replicates at each, "
                f"{rows[0].data_sets} data sets a law."
            )
            yield _table(CELL_HEADS, [*map(_cells, rows), _means(rows)])


def _is(row: CellRow, setting: Setting) -> bool:
    return (row.points, row.replicates) == (setting.points, setting.replicates)


def _cells(row: CellRow) -> tuple[str, ...]:
    return (
        row.law,
        *_rates(row.coverage, row.false_refuted, row.false_holds, row.model_rejected),
        *_rates(row.refutes_o, row.refutes_omega, row.holds_o, row.holds_omega, row.holds_theta),
        f"{row.half_width:.3f}",
        *_rates(row.profile.coverage),
        f"{row.profile.half_width:.3f}",
    )


def _means(rows: Sequence[CellRow]) -> tuple[str, ...]:
    """Averages over the laws of a list, of what it makes sense to average."""

    def mean(name: str) -> str:
        return _rates(sum(getattr(row, name) for row in rows) / len(rows))[0]

    powers = ("refutes_o", "refutes_omega", "holds_o", "holds_omega", "holds_theta")
    return "*mean*", mean("coverage"), "", "", "", *map(mean, powers), "", "", ""


def _rates(*values: float) -> tuple[str, ...]:
    return tuple(f"{value:.3f}".lstrip("0") if value < 1 else "1" for value in values)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    body = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}\n{body}"


def _word(check: Check) -> str:
    return "met" if check.met else "MISS"


def _told(check: Check) -> str:
    return f"{check.found:.3f} ({check.where})"
