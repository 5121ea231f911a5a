"""The register of formats: one and many claims, light imports."""

import subprocess
import sys

import pytest

from verify.report import FORMATS
from verify.result import Result

from .variants import claiming, everything, rate


@pytest.mark.parametrize("name", FORMATS)
def test_one_claim_and_many_results(name: str, real: Result) -> None:
    form = FORMATS[name]
    single = claiming(real, rate(real))
    files = form.files([single], f"x.{name}")
    assert next(iter(files)) == f"x.{name}"
    assert len(files) == (2 if form.illustrated else 1)
    assert all(text.endswith("\n") for text in files.values())
    assert form.text(everything(real)).encode()


@pytest.mark.parametrize("name", FORMATS)
def test_the_bytes_are_the_same_every_time(name: str, real: Result) -> None:
    assert FORMATS[name].files([real], "x") == FORMATS[name].files([real], "x")


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
