"""Formulas are drawn as outlines, or not at all."""

import re
from xml.etree import ElementTree as ET

import pytest

from verify.report.figure.formula import formula


@pytest.mark.parametrize(
    "latex",
    [
        r"\inf_{f_n} \sup_f (E \|f_n - f\|_{L^2}^2)^{1/2} = \Theta(n^{-1/(d+2)})",
        r"|\bar X_n| = \Theta(n^{-1/2}),\quad |\bar S_n| = \Theta(n^{-1/3})",
        r"\min\left\{\sqrt{J T}, V^{1/3} T^{2/3} + \sqrt{T}\right\} \le \frac{a}{b}",
        r"\bigl\lVert x \bigr\rVert \ge \mathbb{E}\,[X] \to \tilde{O}(1)",
        "a\n=\nb",
        r"5 \$",
    ],
)
def test_what_matplotlib_knows_is_drawn(latex: str) -> None:
    text = formula(latex)
    assert text is not None
    root = ET.fromstring(text)
    assert root.get("aria-label") == " ".join(latex.split())
    assert re.fullmatch(r"[mlqcz0-9 -]+", root[0].get("d", ""))
    assert formula(latex) == text


@pytest.mark.parametrize(
    "latex",
    [
        *(
            "",
            " ",
            "$",
            "a$b",
            r"\\$",
            r"\foo",
            r"\begin{cases} a \end{cases}",
            "{",
            "}",
            "é",
            "a % b",
        ),
        *(r"\input{/etc/passwd}", r"\frac{1}", "{" * 5000, r"\frac{" * 400 + "1" + "}{2}" * 400),
    ],
)
def test_what_it_does_not_know_is_left_to_the_source(latex: str) -> None:
    assert formula(latex) is None


def test_an_outline_is_small() -> None:
    assert len(formula(r"\Theta(n^{-1/(d+2)})") or "") < 4000
