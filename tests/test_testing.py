"""Each check of the battery catches a seeded fault, and passes a sound theorem."""

import random
from typing import Any

import numpy as np
import pytest
from hypothesis.strategies import builds, integers, lists

from tests.spec import specs
from tests.spec.specs import rate
from theorems import lipschitz_regression
from verify import Assumption, Identity, Inequality, Rate, Theorem, antithetic, but, testing
from verify.verdict import Verdict


def theorem(*claims: Any, **changes: Any) -> Theorem:
    """The synthetic theorem without the assumption that none of its claims uses."""
    return specs.theorem(*claims, **({"assumptions": ()} | changes))


def undocumented(rng: np.random.Generator, size: int, n: int) -> np.ndarray:
    return rng.lognormal(0, 0.01, size) * n**0.5


def infinite(rng: np.random.Generator, size: int, n: int) -> np.ndarray:
    """Not finite."""
    return np.full(size, np.inf)


def of_one_size(rng: np.random.Generator, size: int, n: int) -> np.ndarray:
    """Always a block."""
    return rng.random(32)


@antithetic
def of_two_laws(rng: np.random.Generator, size: int, n: int) -> np.ndarray:
    """The second of a pair is larger by a twentieth."""
    noise = rng.normal(0, 0.1, size)
    return np.stack([np.exp(noise), 1.05 * np.exp(-noise)], axis=1) * n**0.5


COUNT = iter(range(10**9))


def counting(n: int) -> float:
    """Another value at each call."""
    return float(next(COUNT) + 1)


def constant(rng: np.random.Generator, size: int, n: int) -> np.ndarray:
    """Takes a generator for show."""
    return np.arange(1.0, size + 1)


def global_numpy(rng: np.random.Generator, size: int, n: int) -> np.ndarray:
    """Reads numpy's global generator."""
    return rng.random(size) + np.random.random()


def global_python(rng: np.random.Generator, size: int, n: int) -> np.ndarray:
    """Moves Python's global generator."""
    random.random()
    return rng.random(size)


def copies(rng: np.random.Generator, size: int, n: int) -> np.ndarray:
    """One draw, many times."""
    return np.full(size, rng.random())


def by_process(rng: np.random.Generator, size: int, n: int) -> np.ndarray:
    """Other digits in another process."""
    import multiprocessing

    child = multiprocessing.parent_process() is not None
    return rng.random(size) + (1 if child else 0)


def shadow(n: int) -> float:
    """Found under its name is another function."""
    return float(n)


def chosen(rng: np.random.Generator, size: int, n: int, slope: int) -> np.ndarray:
    """Not measured for one of the instances."""
    return np.full(size, np.inf) if slope == 2 else rng.random(size)


SHADOWED, shadow = shadow, counting


def vanishing(n: int) -> int:
    """0."""
    return 0


def stepping(n: int) -> float:
    """Another value at each call."""
    return float(next(COUNT))


def consuming(ns: list[int]) -> int:
    """0, when its data are used up."""
    while ns:
        ns.pop()
    return 0


def unbounded(n: int) -> float:
    """Not finite from the second instance on."""
    return float("inf") if n else 0.0


def raising(n: int) -> float:
    """Not computed."""
    raise ValueError("no value here")


def replaced(n: int) -> int:
    """Found under its name is another function."""
    return 0


REPLACED, replaced = replaced, vanishing


def smallest(ns: list[int]) -> int:
    """The smallest of the data."""
    return min(ns)


def steps(ns: list[int]) -> float:
    """Another value at each call."""
    return float(next(COUNT))


def boundless(ns: list[int]) -> float:
    """No bound at all."""
    return float("nan")


def renamed(ns: list[int]) -> int:
    """Found under its name is another function."""
    return 0


REPLACED_LIST, renamed = renamed, smallest


def always(n: int) -> int:
    """Not 0."""
    return 1


def zero(**changes: Any) -> Identity:
    fields: dict[str, Any] = {
        "id": "zero",
        "residual": vanishing,
        "given": {"n": integers(0, 100)},
        "scope": "a function",
        "controls": (but("one", "is not 0", residual=always),),
    }
    return Identity(**(fields | changes))


LISTS = {"ns": lists(integers(0, 9), min_size=1)}


class Biased(Rate):
    """A claim whose verdict follows what it expects."""

    def judge(self, samples: Any, level: float = 0.97) -> Any:
        import msgspec

        return msgspec.structs.replace(super().judge(samples, level), verdict=self.expect)


def _biased() -> Biased:
    sound = rate()
    return Biased(**{name: getattr(sound, name) for name in sound.fields()})


FAULTS = {
    testing.has_no_findings: theorem(rate(controls=())),
    testing.is_listed_as_it_is: theorem(),
    testing.uses_every_assumption: theorem(assumptions=(Assumption("iid", "not used"),)),
    testing.controls_drop_assumptions_of_their_claim: theorem(
        rate(controls=(but("loose", "drops it", violates="iid", bound="n**(2/5)"),))
    ),
    testing.statement_has_balanced_braces: theorem(statement=r"\frac{1}{2"),
    testing.measures_say_what_they_compute: theorem(rate(measure=undocumented)),
    testing.measures_can_be_sent_to_other_processes: theorem(rate(measure=SHADOWED)),
    testing.measures_return_finite_replicates: theorem(rate(measure=infinite)),
    testing.instances_are_data_that_the_seed_decides: theorem(
        rate(measure=chosen, given={"slope": builds(lambda: next(COUNT))})
    ),
    testing.measures_accept_every_instance: theorem(
        rate(measure=chosen, given={"slope": integers(0, 3)})
    ),
    testing.measures_bear_any_size: theorem(rate(measure=of_one_size)),
    testing.measures_repeat_with_the_seed: theorem(rate(measure=counting)),
    testing.measures_depend_on_the_seed: theorem(rate(measure=constant)),
    testing.measures_leave_global_generators_alone: theorem(rate(measure=global_numpy)),
    testing.replicates_are_not_copies: theorem(rate(measure=copies)),
    testing.declared_reductions_are_sound: theorem(rate(measure=of_two_laws)),
    testing.residuals_can_be_sent_to_other_processes: theorem(zero(residual=REPLACED)),
    testing.residuals_are_finite: theorem(zero(residual=unbounded)),
    testing.residuals_repeat: theorem(zero(residual=stepping)),
    testing.residuals_leave_their_data_alone: theorem(zero(residual=consuming, given=LISTS)),
    testing.digits_do_not_depend_on_the_workers: theorem(rate(measure=by_process)),
    testing.verdicts_do_not_depend_on_expectations: theorem(_biased()),
    testing.comes_out_as_expected_and_every_control_bites: theorem(
        rate(bound="n**(2/5)", controls=(but("true", "is the truth", bound="n**(1/2)"),))
    ),
}


@pytest.mark.parametrize("check", testing.CHECKS, ids=lambda check: check.__name__)
def test_each_check_catches_its_fault(check: Any) -> None:
    with pytest.raises(AssertionError) as caught:
        check(FAULTS[check])
    assert str(caught.value).strip()


@pytest.mark.parametrize("check", testing.CHECKS, ids=lambda check: check.__name__)
def test_a_sound_theorem_passes(check: Any) -> None:
    check(lipschitz_regression.THEOREM)


@pytest.mark.parametrize("check", testing.CHECKS[-7:-3], ids=lambda check: check.__name__)
@pytest.mark.parametrize("arithmetic", ["float", "mpmath"])
def test_sound_residuals_pass_and_controls_are_looked_at(check: Any, arithmetic: str) -> None:
    check(theorem(zero(arithmetic=arithmetic)))
    broken = {testing.residuals_leave_their_data_alone: {"residual": consuming, "given": LISTS}}
    broken[testing.residuals_can_be_sent_to_other_processes] = {"residual": REPLACED}
    broken[testing.residuals_are_finite] = {"residual": raising}
    broken[testing.residuals_repeat] = {"residual": stepping, "arithmetic": "float"}
    wrong = but("wrong", "a fault in a control", **broken[check])
    with pytest.raises(AssertionError):
        check(theorem(zero(arithmetic=arithmetic, controls=(wrong,))))


@pytest.mark.parametrize("check", testing.CHECKS[-7:-3], ids=lambda check: check.__name__)
def test_the_functions_of_an_inequality_are_looked_at(check: Any) -> None:
    given = {"given": LISTS, "scope": "lists", "controls": (but("low", "0 is there", low=1),)}
    check(theorem(Inequality("low", value=smallest, low=0, **given)))
    fault: dict[str, Any] = {
        testing.residuals_leave_their_data_alone: {"low": consuming},
        testing.residuals_can_be_sent_to_other_processes: {"low": REPLACED_LIST},
        testing.residuals_are_finite: {"low": boundless},
        testing.residuals_repeat: {"value": steps},
    }[check]
    with pytest.raises(AssertionError):
        check(theorem(Inequality("low", **({"value": smallest, "low": 0} | fault), **given)))


def test_moving_a_global_generator_is_caught_as_well_as_reading_it() -> None:
    with pytest.raises(AssertionError, match="moves a global generator"):
        testing.measures_leave_global_generators_alone(theorem(rate(measure=global_python)))


def test_the_battery_reports_every_failing_check_at_once() -> None:
    sick = theorem(rate(measure=copies), statement="{", assumptions=(Assumption("x", "idle"),))
    with pytest.raises(AssertionError) as caught:
        testing.check_theorem(sick)
    for name in ("replicates_are_not_copies", "statement_has_balanced_braces", "uses_every"):
        assert name in str(caught.value)


def test_the_words_say_what_was_found_and_expected() -> None:
    with pytest.raises(AssertionError, match=r"of_one_size\(size=1\) returned shape \(32,\); expe"):
        testing.measures_bear_any_size(FAULTS[testing.measures_bear_any_size])
    wrong = FAULTS[testing.comes_out_as_expected_and_every_control_bites]
    with pytest.raises(AssertionError) as caught:
        testing.comes_out_as_expected_and_every_control_bites(wrong)
    assert f"upper {Verdict.REFUTED}, expected {Verdict.HOLDS}" in str(caught.value)
    assert f"control true of upper {Verdict.HOLDS}, expected REFUTED" in str(caught.value)
