"""A digest of the source that a measure runs, so that blocks of changed code are not reused."""

import ast
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from verify.sampling.block import home
from verify.spec.measure import Measure


@lru_cache(maxsize=256)
def source_digest(measure: Measure) -> str:
    """Digest of the measure's module and of what it imports from its own top-level package.

    For a file run by its path the folder takes the place of the package.  Read once for each
    function: a module that is loaded again has other functions.
    """
    module, path = home(measure)
    top = module.partition(".")[0] if "." in module else ""
    depth = module.count(".") + (path.name == "__init__.py")
    root = path.resolve().parents[depth]
    seen: dict[Path, bytes] = {}
    waiting = [path.resolve()]
    while waiting:
        file = waiting.pop()
        if file not in seen:
            seen[file] = file.read_bytes()
            waiting += _imported(file, seen[file], root, top)
    state = blake2b(digest_size=16)
    for file in sorted(seen):
        state.update(f"{file.relative_to(root)}:{len(seen[file])}:".encode() + seen[file])
    return state.hexdigest()


def _imported(file: Path, source: bytes, root: Path, top: str) -> Iterator[Path]:
    """The files under `root`, within the package `top`, that a source imports anywhere."""
    try:
        tree = ast.parse(source)
    except SyntaxError:  # its import, which may never happen, is what fails then
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = _base(node, file, root)
            names = [base, *(f"{base}.{alias.name}".strip(".") for alias in node.names)]
        else:
            continue
        for name in names:
            if not top or name.partition(".")[0] == top:
                yield from _files(root, name)


def _base(node: ast.ImportFrom, file: Path, root: Path) -> str:
    """The absolute name of the module that `from ... import` starts from."""
    if node.level == 0:
        return node.module or ""
    folder = file.parents[node.level - 1].relative_to(root).parts
    return ".".join([*folder, *([node.module] if node.module else [])])


def _files(root: Path, name: str) -> Iterator[Path]:
    """The module of that name, and the packages on the way to it."""
    parts = [part for part in name.split(".") if part]
    for depth in range(1, len(parts) + 1):
        stem = root.joinpath(*parts[:depth])
        for file in (stem / "__init__.py", stem.with_suffix(".py")):
            if file.is_file():
                yield file
