"""Results as JUnit XML: a suite for each theorem, a case for each claim."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from verify.outcome import Outcome
from verify.report import wording
from verify.report.kinds import kind_of
from verify.report.markup import element, write
from verify.report.place import split_place
from verify.verification import Result

OUTCOME = {1: "failure", 3: "skipped", 4: "error"}
"""What the exit code of a claim is in the words of JUnit; a claim as expected has nothing."""
