"""Numerical verification of theorems about learning, with error rates one can check.

A theorem is declared (`Theorem`, `Assumption`, `Source`, `Rate`, `Limit`, `Identity`,
`Inequality`, `Design`, `but`), and `run` says of every prediction whether it HOLDS, is REFUTED or
is INCONCLUSIVE.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from verify import algebra, strategies, testing
    from verify.claims import Corollary, Identity, Inequality, Limit, Rate
    from verify.inference.statistic import Quantile
    from verify.inference.survival import KaplanMeier, censored
    from verify.judging import judge
    from verify.result import Result
    from verify.spec import (
        Assumption,
        Design,
        Illustration,
        Source,
        Theorem,
        antithetic,
        but,
        common_random_numbers,
        control_variates,
    )
    from verify.verdict import Verdict
    from verify.verification import run

_HOMES = {
    "Assumption": "verify.spec",
    "Corollary": "verify.claims",
    "Design": "verify.spec",
    "Identity": "verify.claims",
    "Illustration": "verify.spec",
    "Inequality": "verify.claims",
    "KaplanMeier": "verify.inference.survival",
    "Limit": "verify.claims",
    "Quantile": "verify.inference.statistic",
    "Rate": "verify.claims",
    "Result": "verify.result",
    "Source": "verify.spec",
    "Theorem": "verify.spec",
    "Verdict": "verify.verdict",
    "antithetic": "verify.spec",
    "but": "verify.spec",
    "censored": "verify.inference.survival",
    "common_random_numbers": "verify.spec",
    "control_variates": "verify.spec",
    "judge": "verify.judging",
    "run": "verify.verification",
}

__all__ = [
    "Assumption",
    "Corollary",
    "Design",
    "Identity",
    "Illustration",
    "Inequality",
    "KaplanMeier",
    "Limit",
    "Quantile",
    "Rate",
    "Result",
    "Source",
    "Theorem",
    "Verdict",
    "algebra",
    "antithetic",
    "but",
    "censored",
    "common_random_numbers",
    "control_variates",
    "judge",
    "run",
    "strategies",
    "testing",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is used, so that the command line starts quickly."""
    if name in ("algebra", "strategies", "testing"):
        return import_module(f"verify.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module 'verify' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
