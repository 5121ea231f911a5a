"""Data that already exist: columns of replicates, judged against a bound.

`verify.judge(...)` is the function `judge` of this package; the package itself can be called in its
place, because importing any part of it binds its name in `verify`.
"""

import sys
from types import ModuleType

from verify.judge.judgement import judge
from verify.judge.outcome import DataOutcome

__all__ = ["DataOutcome", "judge"]


class _Judge(ModuleType):
    __call__ = staticmethod(judge)


sys.modules[__name__].__class__ = _Judge
