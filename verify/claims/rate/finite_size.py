"""What a rate may declare of finite sizes: what all may, and a factor that is known exactly."""

from collections.abc import Mapping
from typing import Any, ClassVar

from verify.claims.finite_size import FiniteSize
from verify.spec.declaration import declaration, item

UNDECLARED = {**FiniteSize.undeclared, "exact_factor": 1}
"""What is assumed of finite sizes where a rate says nothing."""


@declaration
class RateFiniteSize(FiniteSize):
    """The fields of a rate that speak of finite sizes; `exact_factor` is divided out."""

    exact_factor: Any = item(
        "a factor as text, such as '1 + 1/n', or a function of the variables",
        lambda value: value is not None,
        default=1,
        kw_only=True,
    )

    undeclared: ClassVar[Mapping[str, Any]] = UNDECLARED
