"""The register of formats: one and many claims, light imports."""

import subprocess
import sys

import pytest

from verify.report import FORMATS
from verify.result import Result

from .variants import claiming, everything, known_false, only, rate, reduced


@pytest.mark.parametrize("name", FORMATS)
def test_one_claim_and_many_results(name: str, real: Result) -> None:
    form = FORMATS[name]
    single = claiming(real, only(rate(real), rate(real).exponents[0]))
    files = form.files([single], f"x.{name}")
    assert next(iter(files)) == f"x.{name}"
    assert len(files) == (2 if form.files_beside else 1)
    assert all(text.endswith("\n") for text in files.values())
    assert form.files([single], f"x.{name}") == files


@pytest.mark.parametrize("name", ["latex", "junit", "badge", "github"])
def test_many_results(name: str, real: Result) -> None:
    """Those with pictures have tests of their own."""
    assert "refuted" in FORMATS[name].text(everything(real))


@pytest.mark.parametrize("name", ["html", "markdown", "junit", "github"])
def test_what_corrects_a_false_claim_is_said_with_its_verdict(name: str, real: Result) -> None:
    """Once: the claim that is right says nothing of it."""
    text = FORMATS[name].text([known_false(real)])
    assert text.count("corrected by") == 1
    assert text.partition("corrected by")[2].lstrip(": ").startswith("right (HOLDS)")
    assert "corrected by" not in FORMATS[name].text([real])


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "badge"])
def test_what_a_measure_saves_is_said_for_each_reduction(name: str, real: Result) -> None:
    text = FORMATS[name].text([reduced(real)])
    assert "control variates divide the variance by 12.4 to infinity" in text
    assert "variance of the slope on the range by 0.5, so that they cost" in text
    assert "divide the variance" not in FORMATS[name].text([real])


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("verify.report", {"matplotlib", "jinja2", "numpy", "rich", "msgspec"}),
        ("verify.cli.report", {"matplotlib", "jinja2"}),
        ("verify.report.json", {"matplotlib", "jinja2"}),
        ("verify.report.junit", {"matplotlib", "jinja2"}),
    ],
)
def test_what_draws_is_loaded_when_it_is_used(module: str, heavy: set[str]) -> None:
    program = f"import {module}, sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert not heavy & set(done.stdout.split())


def test_pyplot_is_never_loaded() -> None:
    program = "import verify.report.html, verify.report.markdown, sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert "matplotlib.pyplot" not in done.stdout.split()
