"""Drawing the replicates of a plan: seeds, executors, the store, the runner."""

from verify.sampling.counterexamples import remember
from verify.sampling.digest import theorem_digest
from verify.sampling.executors import open_executor, processors
from verify.sampling.runner import Measured, sample
from verify.sampling.store import Store

__all__ = [
    "Measured",
    "Store",
    "open_executor",
    "processors",
    "remember",
    "sample",
    "theorem_digest",
]
