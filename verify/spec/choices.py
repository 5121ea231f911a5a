"""A database of Hypothesis that is filled by its user, and kept by nobody.

Imported where it is needed alone: Hypothesis is slow to load.
"""

from collections.abc import Iterable

from hypothesis.database import InMemoryExampleDatabase


class Choices(InMemoryExampleDatabase):
    """Begins with the choices in `first`, for every test; `latest` are those it was given last.

    Of a test that is shrunk these are the smallest that fail.
    """

    def __init__(self, first: Iterable[bytes] = ()) -> None:
        super().__init__()
        self.latest = b""
        self._first = set(first)

    def fetch(self, key: bytes) -> Iterable[bytes]:
        """What was saved under a key, and the first ones."""
        return {*super().fetch(key), *self._first}

    def save(self, key: bytes, value: bytes) -> None:
        """Keep choices until the test is over."""
        self.latest = value
        super().save(key, value)

    def delete(self, key: bytes, value: bytes) -> None:
        """Forget choices, under whatever key they began."""
        self._first.discard(value)
        super().delete(key, value)
