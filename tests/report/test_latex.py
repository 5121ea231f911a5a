"""LaTeX: complete tables, every special character as itself."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from verify.report.latex import PREAMBLE, escape, to_latex
from verify.result import Result

from .variants import everything, failed, undecided

LATEX = shutil.which("pdflatex") or shutil.which("tectonic")


def test_the_table_has_the_numbers(real: Result) -> None:
    lines = to_latex([real]).splitlines()
    for line in (
        r"    upper & n, d=1 & $-1/3$ & -0.3333 & $[\num{-0.3353}, \num{-0.3311}]$ & HOLDS \\",
        r"     & n, d=2 & $-1/4$ & -0.2501 & $[\num{-0.2517}, \num{-0.2482}]$ & HOLDS \\",
        r"  \label{tab:verify-lipschitz_regression}",
        r"  \begin{tabular}{llcS[table-format=+1.4]cl}",
    ):
        assert line in lines
    assert sum(line == r"    \midrule" for line in lines) == 4
    assert all(f"%   {line}" in lines for line in PREAMBLE.splitlines())


def test_open_ends_and_missing_estimates(real: Result) -> None:
    assert r"$(-\infty, \num{-0.3311}]$" in to_latex([undecided(real)])
    assert r"upper & n, d=1 & $-1/3$ & {--} & -- & INCONCLUSIVE \\" in to_latex([failed(real)])


def test_environments_are_closed_and_labels_differ(real: Result) -> None:
    text = to_latex([*everything(real), real])
    begun, ended = (re.findall(rf"\\{word}\{{(\w+)\}}", text) for word in ("begin", "end"))
    assert sorted(begun) == sorted(ended)
    labels = re.findall(r"\\label\{([^}]*)\}", text)
    assert len(labels) == len(set(labels)) == 16
    assert all(re.fullmatch(r"tab:verify-[\w-]+", label, re.ASCII) for label in labels)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a_b & c%", r"a\_b \& c\%"),
        (r"\input{x}", r"\textbackslash{}input\{x\}"),
        ("$x^2$", r"\$x\textasciicircum{}2\$"),
        ("[a] *b", "{[}a{]} *b"),
        ("*b", "{*}b"),
        ("1--2", "1-{}-2"),
        ("a\nb\tc", "a b c"),
        ("Θ(n) ≤ ∞", r"\ensuremath{\Theta}(n) \ensuremath{\leq} \ensuremath{\infty}"),
        ("漢é", "{[}U+6F22{]}é"),
        ("\x00", "{[}U+FFFD{]}"),
    ],
)
def test_escapes(text: str, escaped: str) -> None:
    assert escape(text) == escaped


@pytest.mark.skipif(LATEX is None, reason="no LaTeX on this machine")
def test_it_compiles(real: Result, tmp_path: Path) -> None:
    """Hostile texts included; with pdfTeX, which knows the fewest letters."""
    (tmp_path / "table.tex").write_text(to_latex(everything(real)), encoding="utf-8")
    body = "\\begin{document}\n\\input{table}\n\\end{document}\n"
    text = f"\\documentclass{{article}}\n{PREAMBLE}\n{body}"
    (tmp_path / "paper.tex").write_text(text, encoding="utf-8")
    words = ["-interaction=nonstopmode", "-halt-on-error"] if "pdflatex" in str(LATEX) else []
    done = subprocess.run(
        [str(LATEX), *words, "paper.tex"],
        cwd=tmp_path,
        capture_output=True,
        timeout=90,
        check=False,
    )
    if b"not found" in done.stdout:
        pytest.skip("LaTeX without siunitx or booktabs")
    assert done.returncode == 0, done.stdout.decode(errors="replace")[-2000:]
    assert (tmp_path / "paper.pdf").stat().st_size > 10_000
