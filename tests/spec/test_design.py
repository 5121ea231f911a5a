"""Designs: grids, rays, and the settings of their cells."""

from fractions import Fraction

import pytest

from tests.spec.specs import rate, theorem
from verify import Design, algebra
from verify.spec.lint import lint


def test_a_design_along_a_ray_moves_each_variable_as_its_power() -> None:
    ray = {"T": 1, "J": Fraction(1, 2), "V": "-1/2", "A": 0}
    design = Design.along(ray, [4**k for k in range(5)], {"T": 1, "J": 3, "V": 2, "A": 7}, {"d": 1})
    assert design.sweep == {
        "T": [1, 4, 16, 64, 256],
        "J": [3, 6, 12, 24, 48],
        "V": [2, 1, 0.5, 0.25, 0.125],
    }
    assert all(isinstance(value, int) for value in design.sweep["J"])
    assert design.at == {"A": 7, "d": 1}
    assert design.ray == {"T": 1, "J": Fraction(1, 2), "V": Fraction(-1, 2)}
    assert design.label == "J ~ T^1/2, V ~ T^-1/2, A=7, d=1"
    assert design.settings()[1] == {"A": 7, "d": 1, "T": 4, "J": 6, "V": 1}


def test_the_rays_of_a_regime_make_designs_that_lint_accepts_and_that_give_its_exponents() -> None:
    text = "min(sqrt(J*T), V**(1/3)*T**(2/3) + sqrt(T))"
    subject = algebra.bound(text)
    for regime in subject.regimes(["1 <= J <= T", "1/T <= V <= 1"]):
        for ray in regime.rays:
            scale = [2 ** (12 * k) for k in range(1, 7)]
            design = Design.along(ray, scale, {"T": 1, "J": 1, "V": 1})
            predicted = sum(regime.exponents[name] * power for name, power in ray.items())
            bound_there = subject.growth(design.ray).power
            assert bound_there == predicted / ray[design.variable]


@pytest.mark.parametrize(
    "sweep",
    [
        {"n": [8, 16, 32], "m": [1, 2]},
        {"n": [8, -16, 32]},
        {},
        {"n": 8},
        {1: [8, 16]},
    ],
)
def test_a_sweep_of_another_kind_is_a_fault(sweep: dict[str, list[float]]) -> None:
    assert [fault.code for fault in Design(sweep=sweep).faults] == ["wrong-value"]


def test_values_off_their_ray_are_a_finding() -> None:
    rounded = Design(sweep={"n": [8, 16, 32, 64, 128], "J": [2, 3, 5, 8, 11]})
    found = lint(theorem(rate(measure=_regret, bound="sqrt(n*J)", designs=(rounded,))))
    assert "off-ray" in [one.code for one in found]


def _regret(n: int, J: int) -> float:
    return float(n * J) ** 0.5
