"""What a claim says before anything is measured, in `show` and on the pages of the manual."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from markdown_it import MarkdownIt

from tests.claims.identities import REAL, identity, proof
from tests.spec.specs import TENTH, rate, theorem
from verify import Corollary, Design, but
from verify.claims import AnyOutcome
from verify.discovery import catalogue
from verify.report.spec_text import OWN, Part, claim_parts

ROOT = Path(__file__).parents[2]


def _texts(claim: Any) -> dict[str, str]:
    return {part.name: part.text for part in claim_parts(claim)}


def test_every_kind_of_claim_is_described() -> None:
    assert {kind.__name__ + "Outcome" for kind in OWN} == {
        kind.__name__ for kind in AnyOutcome.__args__
    }


def test_a_rate_says_what_is_predicted_where_and_on_what_it_rests() -> None:
    dropped = but("loose", "dependent draws", violates="iid", bound="n**(2/5)")
    assert list(claim_parts(rate(uses=("iid",), controls=(TENTH, dropped)))) == [
        Part("claim", "mean of measured = Theta(n**(1/2))", code=True),
        Part("margin", "0.05"),
        Part("along", "n = 8 .. 4096, 10 points: exponent 1/2"),
        Part("scope", "the object itself"),
        Part("uses", "iid"),
        Part("but tenth", "an exponent off by a tenth"),
        Part("but loose, without (iid)", "dependent draws"),
    ]


def test_logs_regimes_and_shrinking_variables_are_told() -> None:
    design = Design(sweep={"n": [2.0**-k for k in range(3, 13)]}, at={"d": 2})
    found = _texts(rate(designs=(design,), bound="n**(1/d)", to_zero=("n",)))
    assert found["along"] == "n = 0.125 .. 0.000244141, 10 points (d=2): exponent 1/2"
    assert "log power 2" in _texts(rate(bound="n*log(n)**2"))["along"]
    ray = {"T": 1, "J": "1/3"}
    along = Design.along(ray, scale=[8**k for k in range(2, 8)], start={"T": 1, "J": 3})
    parts = claim_parts(rate(designs=(along,), bound="min(sqrt(J*T), T**(2/3))"))
    assert [part.text for part in parts if part.name == "regime"] == [
        *("sqrt(J*T) where J**3 <= T", "T**(2/3) where T <= J**3"),
    ]


def factor(n: float) -> float:
    return 1 + 1 / n


@pytest.mark.parametrize(
    ("fields", "name", "text"),
    [
        ({"corrections": ("n**(-1/2)", "1/n")}, "corrections", "n**(-1/2), 1/n"),
        ({"slowest_correction": 0.5}, "slowest correction", "0.5"),
        ({"correction_scale": 0.1}, "correction scale", "0.1"),
        ({"exact_factor": "1 + 1/n"}, "exact factor", "1 + 1/n"),
        ({"exact_factor": factor}, "exact factor", "factor"),
    ],
)
def test_what_is_declared_of_finite_sizes_is_told_with_its_reason(
    fields: dict[str, Any], name: str, text: str
) -> None:
    found = _texts(rate(**fields, because="by Lemma 3"))
    assert found[name] == text
    assert found["because"] == "by Lemma 3"
    assert not {name, "because"} & set(_texts(rate()))


def test_a_false_statement_says_what_is_expected_and_what_is_right() -> None:
    found = _texts(rate(expect="REFUTED", corrected="right", controls=()))
    assert (found["expected"], found["corrected by"]) == ("REFUTED", "right")
    assert not {"expected", "corrected by"} & set(_texts(rate()))


def test_an_identity_says_what_is_drawn_and_how_it_is_judged() -> None:
    assert list(claim_parts(identity(proof=proof, controls=()))) == [
        Part("claim", "pythagoras(x) = 0", code=True),
        Part("given", f"64 instances of x, drawn from {REAL}"),
        Part("vanishes", "to 12 digits, float"),
        Part("proof", "proof", code=True),
        Part("scope", "the functions themselves"),
    ]
    ball = _texts(identity(arithmetic="ball", width=1e-40))
    assert ball["vanishes"] == "in balls, to a width of 1e-40"


def test_a_corollary_says_its_statement() -> None:
    claim = Corollary("power", scope="the bound", bound="n**2", growth=2, along={"n": 1})
    assert list(claim_parts(claim)) == [
        Part("claim", claim.text, code=True),
        Part("scope", "the bound"),
    ]


@pytest.fixture(scope="module")
def pages() -> ModuleType:
    """The module that writes the pages of the manual."""
    spec = importlib.util.spec_from_file_location("theorem_pages", ROOT / "docs/theorem_pages.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_each_theorem_has_a_page_that_says_all_of_it(pages: ModuleType, tmp_path: Path) -> None:
    pages.write_pages(tmp_path)
    assert {file.stem for file in tmp_path.glob("*.md")} == {
        "index",
        *(entry.id for entry in catalogue()),
    }
    text = (tmp_path / "monte_carlo.md").read_text(encoding="utf-8")
    assert "- **scope**: " in text
    assert "- **claim**: `" in text


def test_a_page_shows_texts_as_they_stand(pages: ModuleType) -> None:
    odd = rate(scope="a *b* _c_ <d> $e$", controls=(but("tenth", "x < y", bound="n**(2/5)"),))
    shown = MarkdownIt("commonmark").render("\n".join(pages._page(theorem(odd))))
    for words in ("a *b* _c_ &lt;d&gt; $e$", "x &lt; y", "Theta(n**(1/2))</code>"):
        assert words in shown
