"""From a theorem and a budget to the cells that will be measured."""

from verify.planning.budget import BUDGETS, Budget
from verify.planning.plan import Plan, plan

__all__ = ["BUDGETS", "Budget", "Plan", "plan"]
