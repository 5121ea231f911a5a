"""Theorems as test items: `pytest --verify ID --verify-budget quick`.

Imports nothing of the engine unless asked to, so that installing the package costs other projects
nothing.
"""

from typing import Any

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options, in a group of their own."""
    group = parser.getgroup("verify", "theorems as test items")
    group.addoption(
        "--verify",
        action="append",
        dest="verify_names",
        default=[],
        metavar="ID",
        help="a theorem, a package of theorems, ID:CLAIM, or the path of a file; repeatable",
    )
    group.addoption(
        "--verify-budget",
        default="quick",
        choices=("quick", "standard", "full"),
        help="how much to measure (default: quick)",
    )
    group.addoption("--verify-seed", type=int, default=0, help="default: 0")
    group.addoption(
        "--verify-allow-inconclusive",
        dest="verify_open",
        action="store_true",
        help="let a claim pass that this budget cannot decide",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Announce the marker that selects theorems: `-m theorem`."""
    config.addinivalue_line("markers", "theorem: a claim of a theorem, checked by verify")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Add one item for each claim, before others select among them; in a fixed order for xdist."""
    if config.option.verify_names:
        from verify.pytest_items import claim_items  # noqa: PLC0415 - heavy

        items.extend(claim_items(session, config.option.verify_names))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """One line for each claim, by name."""
    reports = [one for kind in ("passed", "failed") for one in terminalreporter.getreports(kind)]
    found = {(name, text) for one in reports for name, text in one.user_properties}
    lines = sorted(str(text) for name, text in found if name == "verify")
    if lines:
        terminalreporter.section("theorems")
        for line in lines:
            terminalreporter.line(line)
