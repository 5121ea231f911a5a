"""Data that already exist: columns of replicates, judged against a bound."""

from verify.judging.judgement import judge
from verify.judging.outcome import DataOutcome

__all__ = ["DataOutcome", "judge"]
