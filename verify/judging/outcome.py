"""What became of data that were judged."""

import msgspec

from verify.claims.rate import ExponentRow
from verify.verdict import Reason, Relation, Verdict


class DataOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """The verdict on one column of data against a bound, and the exponent that it rests on.

    `exponents` has one row, under the name of the variable that moved: `predicted`, `estimate`,
    `low`, `high`, the slope on the `range`, and the `points`.  `assumes` is what the interval takes
    for granted, in a sentence.
    """

    verdict: Verdict
    reason: Reason
    value: str
    statistic: str
    relation: Relation
    bound: str
    margin: float
    replicates: int
    exponents: dict[str, ExponentRow]
    assumes: str
