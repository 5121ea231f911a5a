"""What a rate may declare of finite sizes, and why it is known.

Nothing is bought by declaration: each needs a reason, and a report also says what the verdict is
without them.
"""

from typing import Any

from verify.inference.family import CORRECTION_SCALE, SLOWEST_CORRECTION
from verify.spec.claim import Claim
from verify.spec.declaration import declaration, is_positive, is_text, item, tuple_of

MOST_CORRECTIONS = 2
UNDECLARED = {
    "corrections": (),
    "slowest_correction": SLOWEST_CORRECTION,
    "correction_scale": CORRECTION_SCALE,
    "exact_factor": 1,
}
"""What is assumed of finite sizes where a claim says nothing."""


@declaration
class FiniteSize(Claim):
    """The fields of a rate that speak of finite sizes; `because` says how they are known.

    `corrections` are terms relative to the leading one, of unknown size and sign;
    `slowest_correction` is the smallest power with which any other may decay, `correction_scale`
    its typical size at the largest value of the variable; `exact_factor` is divided out.
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
    exact_factor: Any = item(
        "a factor as text, such as '1 + 1/n', or a function of the variables",
        lambda value: value is not None,
        default=1,
        kw_only=True,
    )
    because: str = item(
        "a sentence", lambda value: value == "" or is_text(value), default="", kw_only=True
    )

    @property
    def declared(self) -> list[str]:
        """The names of what is declared of finite sizes."""
        return [name for name, value in UNDECLARED.items() if getattr(self, name) != value]
