"""What importing and using the algebra loads."""

import doctest
import subprocess
import sys

import pytest

import verify.algebra

USE = """
from verify.algebra import bound, dominates
regret = bound("min(sqrt(J*T), V**(1/3)*T**(2/3) + sqrt(T))")
cone = ["1 <= J <= T", "1/T <= V <= 1"]
regret.growth({"T": 1}), regret.regimes(cone), regret.crossovers(cone), regret.latex()
assert dominates("T", regret, cone) and not dominates("sqrt(T)", regret, cone)
"""


@pytest.mark.parametrize("code", ["import verify.algebra", USE])
def test_nothing_heavy_is_loaded(code):
    heavy = "sympy", "mpmath", "scipy", "numpy"
    check = f"import sys\nassert not [m for m in {heavy} if m in sys.modules], sys.modules"
    subprocess.run([sys.executable, "-c", f"{code}\n{check}"], check=True)


def test_the_example_of_the_package():
    assert doctest.testmod(verify.algebra).failed == 0
    assert doctest.testmod(verify.algebra).attempted > 0
