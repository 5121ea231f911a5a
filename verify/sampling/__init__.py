"""Drawing the replicates of a plan: seeds, executors, the store, the runner."""

from verify.sampling.cluster import open_cluster
from verify.sampling.collected import Measured
from verify.sampling.counterexamples import remember
from verify.sampling.digest import theorem_digest
from verify.sampling.executors import Team, open_executor, processors
from verify.sampling.limits import NO_LIMITS, Limits
from verify.sampling.runner import sample
from verify.sampling.store import Store

__all__ = [
    "NO_LIMITS",
    "Limits",
    "Measured",
    "Store",
    "Team",
    "open_cluster",
    "open_executor",
    "processors",
    "remember",
    "sample",
    "theorem_digest",
]
