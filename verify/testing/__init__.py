"""The battery that every theorem must pass; for the tests of a project with theorems of its own::

    @pytest.mark.parametrize("check", verify.testing.CHECKS, ids=lambda check: check.__name__)
    def test_theorem(check):
        check(THEOREM)

or all at once: `verify.testing.check_theorem(THEOREM)`.  A check raises AssertionError, saying what
was found and what was expected.
"""

from verify.testing.battery import CHECKS, check_theorem
from verify.testing.declarations import (
    controls_drop_assumptions_of_their_claim,
    has_no_findings,
    is_listed_as_it_is,
    statement_has_balanced_braces,
    uses_every_assumption,
)
from verify.testing.measures import (
    declared_reductions_are_sound,
    instances_are_data_that_the_seed_decides,
    measures_accept_every_instance,
    measures_bear_any_size,
    measures_can_be_sent_to_other_processes,
    measures_depend_on_the_seed,
    measures_leave_global_generators_alone,
    measures_repeat_with_the_seed,
    measures_return_finite_replicates,
    measures_say_what_they_compute,
    replicates_are_not_copies,
)
from verify.testing.property_tests import property_tests
from verify.testing.residuals import (
    residuals_are_finite,
    residuals_can_be_sent_to_other_processes,
    residuals_leave_their_data_alone,
    residuals_repeat,
)
from verify.testing.verdicts import (
    comes_out_as_expected_and_every_control_bites,
    digits_do_not_depend_on_the_workers,
    verdicts_do_not_depend_on_expectations,
)

__all__ = [
    "CHECKS",
    "check_theorem",
    "comes_out_as_expected_and_every_control_bites",
    "controls_drop_assumptions_of_their_claim",
    "declared_reductions_are_sound",
    "digits_do_not_depend_on_the_workers",
    "has_no_findings",
    "instances_are_data_that_the_seed_decides",
    "is_listed_as_it_is",
    "measures_accept_every_instance",
    "measures_bear_any_size",
    "measures_can_be_sent_to_other_processes",
    "measures_depend_on_the_seed",
    "measures_leave_global_generators_alone",
    "measures_repeat_with_the_seed",
    "measures_return_finite_replicates",
    "measures_say_what_they_compute",
    "property_tests",
    "replicates_are_not_copies",
    "residuals_are_finite",
    "residuals_can_be_sent_to_other_processes",
    "residuals_leave_their_data_alone",
    "residuals_repeat",
    "statement_has_balanced_braces",
    "uses_every_assumption",
    "verdicts_do_not_depend_on_expectations",
]
