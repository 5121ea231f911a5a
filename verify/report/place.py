"""Where a claim is declared, for systems that link to a line."""


def split_place(place: str) -> tuple[str, int] | None:
    """The file and line of `file:line`; None where a place has no line."""
    file, _, line = place.rpartition(":")
    return (file, int(line)) if file and line.isdecimal() and int(line) > 0 else None
