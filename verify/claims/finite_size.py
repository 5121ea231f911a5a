"""What a claim may declare of finite sizes, and why it is known.

Nothing is bought by declaration: each needs a reason, and a report also says what the verdict is
without them.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from verify.claims.sweep import growth_in
from verify.inference.family import CORRECTION_SCALE, SLOWEST_CORRECTION, Family
from verify.inference.structure import Term
from verify.spec.claim import Claim
from verify.spec.declaration import declaration, is_positive, is_text, item, tuple_of
from verify.spec.design import Design

MOST_CORRECTIONS = 2


@declaration
class FiniteSize(Claim):
    """The fields of a claim that speak of finite sizes; `because` says how they are known.

    `corrections` are terms relative to the leading one, of unknown size and sign;
    `slowest_correction` is the smallest power with which any other may decay, `correction_scale`
    its typical size at the largest value of the variable.
    """

    corrections: tuple[str, ...] = item(
        f"up to {MOST_CORRECTIONS} terms relative to the leading one, as ('n**(-1/2)',)",
        lambda value: tuple_of(str)(value) and len(value) <= MOST_CORRECTIONS,
        default=(),
        kw_only=True,
    )
    slowest_correction: float = item(
        "a positive number", is_positive, default=SLOWEST_CORRECTION, kw_only=True
    )
    correction_scale: float = item(
        "a positive number", is_positive, default=CORRECTION_SCALE, kw_only=True
    )
    because: str = item(
        "a sentence", lambda value: value == "" or is_text(value), default="", kw_only=True
    )
    to_zero: tuple[str, ...] = item("names of variables", tuple_of(str), default=(), kw_only=True)

    undeclared: ClassVar[Mapping[str, Any]] = {
        "corrections": (),
        "slowest_correction": SLOWEST_CORRECTION,
        "correction_scale": CORRECTION_SCALE,
    }
    """What is assumed of finite sizes where a claim says nothing."""

    @property
    def declared(self) -> list[str]:
        """The names of what is declared of finite sizes."""
        return [name for name, value in self.undeclared.items() if getattr(self, name) != value]

    @property
    def silent(self) -> dict[str, Any]:
        """The changes that leave a claim without its declarations."""
        return {**self.undeclared, "because": ""}

    def correction_terms(self, design: Design) -> tuple[Term, ...]:
        """The declared corrections along a design, as the estimator takes them."""
        grown = [growth_in(text, design, self.to_zero) for text in self.corrections]
        return tuple(Term(-float(one.power), added=True, log=-float(one.log)) for one in grown)

    def assumption_of(self, family: Family, *, beside: str = "", unit: str = "") -> str:
        """What an interval takes for granted of finite sizes, in a sentence."""
        known = f"corrections {' and '.join(self.corrections)}, others " if self.corrections else ""
        return (
            f"{beside}{known or 'corrections '}that decay with a power from {family.slowest:g} to "
            f"{family.fastest:g}, of order {family.scale:.0%}{unit} at the far end of the sweep"
        )

    def comparison(self, bare: str, rests: bool) -> str:
        """The verdict without the declarations, `bare`, in a sentence; whether they decide."""
        fields = " and ".join(self.declared)
        end = "; the verdict rests on the declaration" if rests else ""
        return f"{fields} declared: {self.because}; without, {bare}{end}"
