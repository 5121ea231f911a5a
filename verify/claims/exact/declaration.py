"""What claims that are exact declare alike, and the instances that follow from it."""

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, Self

from verify.claims.exact.arithmetic import ARITHMETICS
from verify.claims.exact.attempt import Attempt
from verify.claims.exact.reading import ExactQuestion
from verify.claims.given import is_count, is_given
from verify.errors import InputError
from verify.spec.claim import Claim
from verify.spec.control import Control
from verify.spec.declaration import declaration, item
from verify.spec.instance import draw
from verify.spec.known import Known
from verify.spec.measure import Cell, Measure
from verify.spec.shrinking import replayed

DIGITS = 12


def is_known(value: object) -> bool:
    """Whether `value` has counterexamples by names."""
    if not isinstance(value, Mapping):
        return False
    return all(isinstance(k, str) and isinstance(v, Known) for k, v in value.items())


def is_function(value: object) -> bool:
    """Whether `value` can be called, or is None."""
    return value is None or callable(value)


@declaration
class ExactDeclaration(Claim):
    """A claim on every instance of `given`, in an `arithmetic`, with a `proof` if there is one."""

    given: Mapping[str, Any] = item(
        "names of arguments with Hypothesis strategies, as {'x': floats(0, 1)}",
        is_given,
        default={},
        kw_only=True,
    )
    instances: int = item("a whole number from 1", is_count, default=64, kw_only=True)
    arithmetic: Literal["float", "mpmath", "ball"] = item(
        "'float', 'mpmath' or 'ball'",
        lambda value: value in ARITHMETICS,
        default="float",
        kw_only=True,
    )
    digits: int = item("a whole number from 1", is_count, default=DIGITS, kw_only=True)
    proof: Callable[[], Any] | None = item(
        "a function that returns sympy expressions", is_function, default=None, kw_only=True
    )
    seed: int = item(
        "a whole number", lambda value: isinstance(value, int), default=0, kw_only=True
    )
    known: Mapping[str, Known] = item(
        "what a run knows: counterexamples by the id of a control, its own by ''",
        is_known,
        default={},
        kw_only=True,
    )

    def cells(self) -> Sequence[Cell]:
        """Nothing is sampled: all is computed where it is judged."""
        return ()

    def costs(self) -> Mapping[Cell, float]:
        """Nothing is sampled."""
        return {}

    @property
    @abstractmethod
    def question(self) -> ExactQuestion | None:
        """What it asks of an instance; None where it is about something else than instances."""

    @abstractmethod
    def attempted(self) -> Attempt | None:
        """What becomes of its proof in a process of its own; None where it has none."""

    @property
    @abstractmethod
    def statement(self) -> str:
        """The claim in a line."""

    @property
    @abstractmethod
    def functions(self) -> Iterator[tuple[str, Measure]]:
        """The functions that it evaluates on an instance, by the names of their fields."""

    @property
    def strategies(self) -> Mapping[str, Any]:
        """What draws an instance, by the names of the arguments."""
        return self.given

    @property
    def drawn_instances(self) -> list[dict[str, Any]]:
        """The distinct instances that its seed gives it, as data; a single empty one without any.

        Raises InputError for a strategy that raises, that yields nothing, or other than data.
        """
        if not self.strategies:
            return [{}]
        found = draw(self.strategies, self.instances, self.seed)
        return [{name: one.data for name, one in row.items()} for row in found]

    @abstractmethod
    def admits(self, data: Mapping[str, Any]) -> bool:
        """Whether data that nothing has drawn are an instance of the assumptions, for certain."""

    @property
    def known_instance(self) -> dict[str, Any] | None:
        """What is known of it, as an instance of the assumptions as they are now; None if none is.

        It is drawn again from its choices, if there are any.  Raises InputError where that fails.
        """
        known = self.known.get("")
        if known is None:
            return None
        if known.choices:
            return replayed(self.strategies, known) if self.strategies else None
        return known.data if self.admits(known.data) else None

    def variant(self, control: Control) -> Self:
        """The changed claim, with what is known of it."""
        own = {"": self.known[control.id]} if control.id in self.known else {}
        return super().variant(control).replaced({"known": own}, control.place)

    def knowing(self, known: Mapping[str, Known]) -> Self:
        """The claim with counterexamples of earlier runs, which are tried before its instances."""
        return self.replaced({"known": known}, self.place)

    def drawn(self, seed: int) -> Self:
        """The claim with the instances that `seed` gives it; InputError where one cannot be drawn.

        A control has the same ones, unless it changes what is drawn.
        """
        drawn = self.replaced({"seed": seed}, self.place)
        try:
            for one in (drawn, *(drawn.variant(control) for control in drawn.controls)):
                _ = one.drawn_instances
        except InputError as error:
            raise InputError(f"{self.place}: claim {self.id!r}: {error}") from None
        return drawn
