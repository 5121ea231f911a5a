"""Markdown as GitHub reads it: tables, pictures beside it, blocks of code."""

from pathlib import PurePath

import pytest
from markdown_it import MarkdownIt
from msgspec.structs import replace

from verify.report.markdown import escape, fence, pictures, to_markdown
from verify.result import Result

from .variants import claiming, everything, failed, hostile, rate, undecided, unknown


def _rendered(text: str) -> str:
    return MarkdownIt("commonmark").enable("table").render(text)


def test_the_table_has_the_numbers(real: Result) -> None:
    text = to_markdown([real])
    for line in (
        "| claim | along | predicted | estimate | 97 % interval | on the range | verdict |",
        r"| upper | n, d=1 | -1/3 | -0.3333 | \[-0.3353, -0.3311\] | -0.3341 | HOLDS |",
        r"| sample\_size |  |  |  |  |  | HOLDS |",
        "| control | why it is false | violates | verdict | reason |",
    ):
        assert line in text.splitlines()
    assert _rendered(text).count("<table>") == 3


def test_it_says_what_a_verdict_rests_on(real: Result) -> None:
    text = _rendered(to_markdown([real]))
    for words in (
        "claim: rms = Theta(n**(-1/(d + 2)))",
        "not tested: d other than 1, 2",
        "evidence: statistical, up to 416 replicates a cell, margin 0.03",
        "<strong>HOLDS</strong>, as expected.",
        '<code class="language-math">',
        "seed 0",
    ):
        assert words in text


def test_open_ends_failures_and_new_kinds(real: Result) -> None:
    assert r"(-inf, -0.3311\]" in to_markdown([undecided(real)])
    text = to_markdown([failed(real)])
    assert "| upper | n, d=1 | -1/3 |  |  |  | INCONCLUSIVE |" in text
    assert (
        r"| error \{n=512, d=1\} | ValueError: x &lt; 0 &amp; y | .verify/failures/e.txt |" in text
    )
    assert "- scope: something new" in to_markdown([unknown(real)])


def test_pictures_stand_beside_the_file_that_shows_them(real: Result) -> None:
    results = everything(real)
    text, beside = to_markdown(results, "report"), pictures(results, "report")
    shown = [
        part.attrs["src"]
        for token in MarkdownIt("commonmark").parse(text)
        for part in token.children or ()
        if part.type == "image"
    ]
    assert shown == list(beside)
    assert list(beside)[:2] == [
        "report-lipschitz_regression-upper.svg",
        "report-lipschitz_regression-lower.svg",
    ]
    assert all(one.startswith("<svg") for one in beside.values())
    assert "![" not in to_markdown([real])


def test_file_names_stay_in_the_folder_and_differ(real: Result) -> None:
    evil = replace(rate(real), id="../../etc/passwd")
    twice = claiming(real, evil, evil, theorem="/a\\b\0" + "c" * 400)
    names = list(pictures([twice], "report"))
    assert len(set(names)) == 2
    for name in (*names, *pictures([hostile(real)], "report")):
        assert PurePath(name).name == name
        assert name.isascii()
        assert len(name) < 120


@pytest.mark.parametrize(
    "text",
    ["a|b", "*a*", "_b_", "`c`", "[d](e)", "<f>", "&amp;", "~~g~~", "$h$", "\\", "# i", "{{7*7}}"],
)
def test_escapes_show_the_text_itself(text: str) -> None:
    (paragraph, inline, _) = (
        MarkdownIt("commonmark").enable("strikethrough").parse(f"x {escape(text)} y")
    )
    assert paragraph.type == "paragraph_open"
    assert [part.type for part in inline.children or ()].count("text") >= 1
    shown = "".join(part.content for part in inline.children or ())
    assert shown == f"x {text} y"


def test_a_block_of_code_is_closed_by_nothing_in_it() -> None:
    text = "a\n```\nb\n`````\n"
    tokens = MarkdownIt("commonmark").parse("\n".join(fence(text, "math")) + "\nafter")
    assert [token.type for token in tokens][:2] == ["fence", "paragraph_open"]
    assert tokens[0].content == text
    assert tokens[0].info == "math"
