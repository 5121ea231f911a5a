"""A room imports only from rooms that come before it."""

import ast
from pathlib import Path

import pytest

import verify
from verify.discovery import declared

ROOMS = (
    *("errors", "settings", "algebra", "inference", "verdict", "outcome", "spec", "strategies"),
    *("claims", "discovery", "planning", "provenance", "result", "sampling"),
    "comparison",
    *("sequential", "watcher", "verification", "judging", "calibration"),
    *("report", "testing", "bibliography", "cli", "__main__", "pytest_items", "pytest_plugin"),
)
HOUSE = Path(verify.__file__).parent


def _room(file: Path) -> str:
    return file.relative_to(HOUSE).parts[0].removesuffix(".py")


def _imported_rooms(file: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are absolute"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name.split(".")[1] for name in names if name.startswith("verify.")}


FILES = [file for file in sorted(HOUSE.rglob("*.py")) if file != HOUSE / "__init__.py"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(HOUSE)))
def test_imports_go_down(file: Path) -> None:
    own = ROOMS.index(_room(file))
    for room in _imported_rooms(file):
        assert ROOMS.index(room) <= own, f"{_room(file)} imports from {room}, a later room"


def test_theorems_never_import_one_another() -> None:
    """A theorem imports simulators: modules that declare none themselves."""
    import theorems

    folder = Path(next(iter(theorems.__path__)))
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("theorems"):
                base = folder.parent.joinpath(*str(node.module).split("."))
                for target in (base, *(base / alias.name for alias in node.names)):
                    module = target.with_suffix(".py")
                    assert not (module.is_file() and declared(module)), f"{file} imports {module}"
