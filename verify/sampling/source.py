"""A digest of the source that a measure runs, so that blocks of changed code are not reused."""

import ast
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from verify.spec.measure import Measure, home

INSTALLED = "site-packages", "dist-packages"


@lru_cache(maxsize=1024)
def digest_as_loaded(measure: Measure) -> str:
    """The digest of the source that this process runs, though the files may change later."""
    return source_digest(measure)


def source_digest(measure: Measure) -> str:
    """Digest of the measure's module and of what it imports from its own top-level package.

    For a file run by its path the folder takes the place of the package.
    """
    root, seen = _own(measure)
    state = blake2b(digest_size=16)
    for file in sorted(seen):
        state.update(str(file.relative_to(root)).encode() + seen[file])
    return state.hexdigest()


def source_files(measure: Measure) -> dict[str, bytes]:
    """The files that the digest is of, by their paths in the folder of the package or the file."""
    root, seen = _own(measure)
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in sorted(seen)}


def _own(measure: Measure) -> tuple[Path, dict[Path, bytes]]:
    """The folder of a measure's package or file, and the digest of each file of its own."""
    module, path = home(measure)
    top = module.partition(".")[0] if "." in module else ""
    depth = module.count(".") + (path.name == "__init__.py")
    root = path.resolve().parents[depth]
    alone = not top and root.name in INSTALLED
    seen: dict[Path, bytes] = {}
    waiting = [path.resolve()]
    while waiting:
        file = waiting.pop()
        if file not in seen:
            stat = file.stat()
            seen[file], names = _read(file, root, stat.st_mtime_ns, stat.st_size)
            own = [name for name in names if not top or name.partition(".")[0] == top]
            waiting += [] if alone else [one for name in own for one in _files(root, name)]
    return root, seen


@lru_cache(maxsize=1024)
def _read(file: Path, root: Path, changed: int, size: int) -> tuple[bytes, tuple[str, ...]]:  # noqa: ARG001
    """The digest of a file and the absolute names that it imports; read again when it changes."""
    source = file.read_bytes()
    digest = blake2b(source, digest_size=16).digest()
    try:
        tree = ast.parse(source)
    except SyntaxError:  # its import, which may never happen, is what fails then
        return digest, ()
    names: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = _base(node, file, root)
            names += [base, *(f"{base}.{alias.name}".strip(".") for alias in node.names)]
    return digest, tuple(names)


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
