"""The battery that every theorem must pass."""

from collections.abc import Callable

from verify.spec import Theorem
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


def check_theorem(theorem: Theorem) -> None:
    """Run the whole battery; AssertionError with every check that failed, and why."""
    failed = []
    for check in CHECKS:
        try:
            check(theorem)
        except AssertionError as error:
            failed.append(f"{check.__name__}: {error}")
    assert not failed, f"theorem {theorem.id!r} fails {len(failed)} checks\n" + "\n".join(failed)


CHECKS: tuple[Callable[[Theorem], None], ...] = (
    has_no_findings,
    is_listed_as_it_is,
    uses_every_assumption,
    controls_drop_assumptions_of_their_claim,
    statement_has_balanced_braces,
    measures_say_what_they_compute,
    measures_can_be_sent_to_other_processes,
    measures_return_finite_replicates,
    instances_are_data_that_the_seed_decides,
    measures_accept_every_instance,
    measures_bear_any_size,
    measures_repeat_with_the_seed,
    measures_depend_on_the_seed,
    measures_leave_global_generators_alone,
    replicates_are_not_copies,
    declared_reductions_are_sound,
    residuals_can_be_sent_to_other_processes,
    residuals_are_finite,
    residuals_repeat,
    residuals_leave_their_data_alone,
    digits_do_not_depend_on_the_workers,
    verdicts_do_not_depend_on_expectations,
    comes_out_as_expected_and_every_control_bites,
)
"""Every check, in the order in which they explain most."""
