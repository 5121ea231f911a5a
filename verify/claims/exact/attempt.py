"""What became of a proof."""

from collections.abc import Mapping
from typing import Literal

import attrs


@attrs.frozen
class Attempt:
    """What became of a proof, and a sentence on it.

    Of an expression that is wrong the `index` among several, a `point`, and its `value` there.
    """

    outcome: Literal["proved", "disproved", "open"]
    told: str
    index: int = 0
    point: Mapping[str, str] = attrs.field(factory=dict)
    value: str = ""

    @property
    def sentence(self) -> str:
        """The sentence, with the point and the value at which the expression is wrong."""
        if self.outcome != "disproved":
            return self.told
        where = ", ".join(f"{name} = {value}" for name, value in self.point.items())
        at = f" at {where}" if where else ""
        return f"{self.told}{at}: {self.value}"
