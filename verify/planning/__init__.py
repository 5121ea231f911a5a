"""From a theorem and a budget to the cells that will be measured, and what they may decide."""

from verify.planning.advice import Advice, advise
from verify.planning.budget import BLOCK, BUDGETS, Budget
from verify.planning.looks import Look, looks, spending
from verify.planning.plan import Plan, cells_of, plan

__all__ = [
    "BLOCK",
    "BUDGETS",
    "Advice",
    "Budget",
    "Look",
    "Plan",
    "advise",
    "cells_of",
    "looks",
    "plan",
    "spending",
]
