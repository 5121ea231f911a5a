"""Where theorems are found: installed packages, the project's own paths, and files by path.

Ids and titles are read from the source, without importing it, so that listing is quick and safe.
"""

import ast
import sys
import traceback
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import attrs

from verify.errors import InputError, nearest
from verify.spec import Theorem

GROUP = "verify.theorems"
NAME = "THEOREM"


@attrs.frozen
class Entry:
    """A theorem that was found: its id and title, its file, and its module if it is importable."""

    id: str
    title: str
    path: Path
    module: str | None

    @property
    def group(self) -> str:
        """The package that the theorem belongs to, by its last name."""
        return self.path.parent.name


def catalogue(paths: Sequence[Path] = ()) -> list[Entry]:
    """Every theorem of the installed packages and of `paths`, by id.

    Raises InputError where two theorems have one id.
    """
    found = [entry for root, module in _roots() for entry in _scan(root, module)]
    found += [entry for path in paths for entry in _scan(path, None)]
    entries = sorted(dict.fromkeys(found), key=lambda entry: entry.id)
    for first, second in pairwise(entries):
        if first.id == second.id:
            raise InputError(
                f"two theorems have the id {first.id!r}: {first.path} and {second.path}; "
                "rename one of them"
            )
    return entries


def find(name: str, entries: Sequence[Entry], words: Iterable[str] = ()) -> list[Entry]:
    """The theorems called `name`: an id, a package of several, or the path of a file.

    Raises InputError with the nearest known name; `words` are others that may have been meant.
    """
    if name.endswith(".py") or "/" in name:
        return [_read_file(Path(name))]
    chosen = [entry for entry in entries if entry.id == name]
    chosen = chosen or [entry for entry in entries if entry.group == name]
    if not chosen:
        known = {entry.id for entry in entries} | {entry.group for entry in entries}
        raise InputError(
            f"no theorem is called {name!r}; {nearest(name, known.union(words))} "
            "(`python -m verify list` shows all; a file is given by its path)"
        )
    return chosen


def load(entry: Entry) -> Theorem:
    """Import the theorem; InputError where its module raises or does not declare one."""
    module = load_module(entry.module, entry.path)
    theorem = getattr(module, NAME, None)
    if not isinstance(theorem, Theorem):
        raise InputError(f"{entry.path}: {NAME} is {theorem!r}; expected Theorem(...)")
    if theorem.sound("id", "title") and (theorem.id, theorem.title) != (entry.id, entry.title):
        raise InputError(
            f"{entry.path}: id and title are {theorem.id!r} and {theorem.title!r}; expected "
            "literals, because `list` reads them without running the file"
        )
    return theorem


def load_module(name: str | None, path: Path) -> ModuleType:
    """The module called `name`, or the file at `path` as a module of its own."""
    try:
        return import_module(name) if name else _load_file(path)
    except InputError:
        raise
    except (Exception, SystemExit) as error:
        frames, file = traceback.extract_tb(error.__traceback__), path.resolve()
        line = next((f.lineno for f in reversed(frames) if Path(f.filename) == file), 1)
        kind = type(error).__name__
        raise InputError(f"{path}:{line}: importing raised {kind}: {error}") from error


def _load_file(path: Path) -> ModuleType:
    """Execute a file as the module of its stem, with its folder importable, as `python` does."""
    file = path.resolve()
    name = file.stem
    present = sys.modules.get(name)
    if present is not None:
        if getattr(present, "__file__", None) == str(file):
            return present
        raise InputError(f"{path}: a module {name!r} is loaded already; rename the file")
    spec = spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise InputError(f"{path}: not a Python file")
    if str(file.parent) not in sys.path:
        sys.path.insert(0, str(file.parent))
    module = module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def _roots() -> Iterator[tuple[Path, str]]:
    """The file or folder, and the module name, of each announced package of theorems."""
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.value):
        spec = find_spec(point.value)
        if spec is None or spec.origin is None:
            raise InputError(f"entry point {point.name!r} names {point.value!r}, not installed")
        origin = Path(spec.origin)
        yield (origin.parent if spec.submodule_search_locations else origin), point.value


def _scan(root: Path, module: str | None) -> Iterator[Entry]:
    files = sorted(root.rglob("*.py")) if root.is_dir() else [root]
    for file in filter(Path.is_file, files):
        if any(part.startswith(".") for part in file.relative_to(root).parts[:-1]):
            continue
        named = declared(file)
        if named is None:
            continue
        parts = file.relative_to(root).with_suffix("").parts if root.is_dir() else ()
        name = ".".join([module, *parts]) if module else None
        yield Entry(*named, file, name)


def _read_file(path: Path) -> Entry:
    if not path.is_file():
        raise InputError(f"{path} is not a file")
    named = declared(path)
    if named is None:
        raise InputError(f"{path} declares no theorem; expected {NAME} = Theorem(id=..., ...)")
    return Entry(*named, path, None)


def declared(file: Path) -> tuple[str, str] | None:
    """The literal id and title of the theorem that a file declares, if it declares one."""
    try:
        tree = ast.parse(file.read_bytes(), filename=str(file))
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        raise InputError(f"{file}:{line}: not valid Python: {error}") from None
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        named = any(isinstance(target, ast.Name) and target.id == NAME for target in targets)
        if named and isinstance(call := getattr(node, "value", None), ast.Call):
            given = dict(zip(("id", "title"), call.args, strict=False))
            given |= {one.arg: one.value for one in call.keywords if one.arg in ("id", "title")}
            return _literal(given.get("id")) or file.stem, _literal(given.get("title")) or ""
    return None


def _literal(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
