"""What every kind of claim declares, and the questions that the engine asks of it."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeAlias

from verify.errors import Finding
from verify.outcome import ControlOutcome
from verify.spec.control import Control
from verify.spec.declaration import (
    Declaration,
    declaration,
    is_identifier,
    is_text,
    item,
    tuple_of,
)
from verify.spec.known import Known
from verify.spec.measure import Cell
from verify.verdict import LEVEL, Verdict

if TYPE_CHECKING:  # numpy is not needed to read a spec
    import numpy as np
    from numpy.typing import NDArray

Samples: TypeAlias = "Mapping[Cell, NDArray[np.float64]]"
"""What was measured: the replicates of each cell, shape (R,), and R is 1 for an exact one.

Of a run that is read at K places they have shape (R, K); a reduction of variance adds its columns.
"""


@declaration
class Claim(Declaration):
    """A statement that can be checked: the fields and the questions that all kinds share.

    `scope` says what is really tested (the theorem's own object, a hard instance, a surrogate),
    `uses` names the assumptions, `expect` is the verdict that a correct run gives; it never
    changes a verdict.  A statement that is false as published is expected to be REFUTED, and
    `corrected` is the id of the claim beside it that is right: its positive control.
    """

    id: str = item("an identifier such as 'upper'", is_identifier)
    scope: str = item("what is really tested, in words", is_text, kw_only=True)
    uses: tuple[str, ...] = item("names of assumptions", tuple_of(str), default=(), kw_only=True)
    expect: Verdict = item(
        "HOLDS, REFUTED or INCONCLUSIVE",
        lambda value: value in list(Verdict),
        default=Verdict.HOLDS,
        kw_only=True,
    )
    corrected: str = item(
        "the id of a claim of the theorem",
        lambda value: value == "" or is_identifier(value),
        default="",
        kw_only=True,
    )
    controls: tuple[Control, ...] = item(
        "a tuple of but(...)", tuple_of(Control), default=(), kw_only=True
    )

    needs_control: ClassVar[bool] = True
    """Whether a claim of this kind must have a control; what is proved needs none."""

    def variant(self, control: Control) -> Self:
        """The changed claim that `control` stands for."""
        known = {name: value for name, value in control.changes.items() if name in self.fields()}
        return self.replaced({**known, "controls": ()}, place=control.place)

    def drawn(self, seed: int) -> Self:
        """The claim with the random instances that `seed` gives it; itself where it has none."""
        del seed
        return self

    def knowing(self, known: Mapping[str, Known]) -> Self:
        """The claim with counterexamples of earlier runs; itself where it has no use for them.

        They stand by the id of the control that they refuted, the claim's own by "".
        """
        del known
        return self

    @abstractmethod
    def findings(self) -> Iterator[Finding]:
        """The static faults of this claim, beyond those of its fields."""

    @abstractmethod
    def control_findings(self, control: Control, variant: Any) -> Iterator[Finding]:
        """Why the changed claim `variant` cannot serve as a control of this one."""

    @abstractmethod
    def cells(self) -> Sequence[Cell]:
        """What has to be measured for it."""

    @abstractmethod
    def costs(self) -> Mapping[Cell, float]:
        """The declared cost of a replicate of each cell, in units of the claim's own."""

    @abstractmethod
    def judge_control(
        self, control: Control, samples: Samples, level: float = LEVEL
    ) -> ControlOutcome:
        """The outcome of the changed claim that `control` stands for."""

    @abstractmethod
    def judge(self, samples: Samples, level: float = LEVEL) -> Any:
        """Its outcome, of the kind's own class, by its own data, with intervals of `level`.

        Cells that are missing from `samples` were not measured.
        """
