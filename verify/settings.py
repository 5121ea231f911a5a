"""The `[verify]` section of the working folder's setup.cfg."""

from configparser import ConfigParser
from configparser import Error as ConfigError
from pathlib import Path

import attrs

from verify.errors import InputError, nearest

FILE, SECTION = "setup.cfg", "verify"


@attrs.frozen
class Settings:
    """What a project may set: where its theorems are, and where measured blocks are kept."""

    paths: tuple[Path, ...] = ()
    store: Path = Path(".verify/store.sqlite")


def read_settings(folder: Path | None = None) -> Settings:
    """The settings of `folder`, by default the working folder; relative paths are relative to it.

    Raises InputError for an unreadable file, an unknown key or a missing path.
    """
    base = folder if folder is not None else Path()
    parser = ConfigParser(interpolation=None)
    try:
        parser.read(base / FILE, encoding="utf-8")
    except (ConfigError, UnicodeDecodeError) as error:
        raise InputError(f"{base / FILE} cannot be read: {error}") from None
    section = dict(parser[SECTION]) if parser.has_section(SECTION) else {}
    known = [field.name for field in attrs.fields(Settings)]
    for name in section:
        if name not in known:
            raise InputError(
                f"{base / FILE}: unknown setting {name!r} in [{SECTION}]; {nearest(name, known)}"
            )
    paths = tuple(base / line for line in section.get("paths", "").split("\n") if line.strip())
    for path in paths:
        if not path.exists():
            raise InputError(f"{base / FILE}: [{SECTION}] paths names {path}, which is not there")
    return Settings(paths, base / section.get("store", str(Settings().store)))
