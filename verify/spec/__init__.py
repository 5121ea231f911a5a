"""What a theorem says: its declarations, and the static faults they may have."""

from verify.spec.claim import Claim
from verify.spec.control import Control, but
from verify.spec.design import Design
from verify.spec.measure import Cell
from verify.spec.reduction import antithetic, common_random_numbers, control_variates
from verify.spec.theorem import Assumption, Illustration, Source, Theorem

__all__ = [
    "Assumption",
    "Cell",
    "Claim",
    "Control",
    "Design",
    "Illustration",
    "Source",
    "Theorem",
    "antithetic",
    "but",
    "common_random_numbers",
    "control_variates",
]
