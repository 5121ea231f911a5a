"""The words of errors: what was found, what was expected, where, what to do."""

from verify.errors import Finding, GrammarError, MeasurementError, SpecError, StoreError, nearest


def test_a_finding_is_one_line_that_editors_link_to() -> None:
    found = Finding("unknown-field", "rates/x.py:12", "Rate(mesure=...)", "a known field", "hint")
    assert str(found) == (
        "rates/x.py:12: unknown-field: found Rate(mesure=...); expected a known field. hint"
    )


def test_a_malformed_spec_shows_all_its_findings() -> None:
    findings = [Finding(f"code-{k}", f"x.py:{k}", "this", "that") for k in range(30)]
    text = str(SpecError("theorem 'x'", findings))
    assert text.startswith("theorem 'x': 30 findings\n")
    assert all(f"x.py:{k}: code-{k}: found this; expected that" in text for k in range(30))
    assert str(SpecError("theorem 'x'", findings[:1])).startswith("theorem 'x': 1 finding\n")


def test_a_grammar_error_points_at_its_column() -> None:
    text = str(GrammarError("n**(@)", 5, "found '@'", "write a number"))
    assert text.splitlines() == [
        "column 5: found '@'",
        "    n**(@)",
        "        ^",
        "  write a number",
    ]


def test_a_long_text_is_cut_about_the_column() -> None:
    lines = str(GrammarError("x" * 100_000 + "@", 100_001, "found '@'")).splitlines()
    assert max(map(len, lines)) < 80
    assert lines[1][lines[2].index("^")] == "@"


def test_the_nearest_name_is_suggested_or_all_are_shown() -> None:
    assert nearest("mesure", ["measure", "bound"]) == "did you mean 'measure'?"
    assert nearest("zzz", ["b", "a"]) == "known: a, b"
    assert nearest("zzz", []) == "known: none"


def test_each_error_knows_its_exit_code() -> None:
    codes = [error.exit_code for error in (SpecError, GrammarError, MeasurementError, StoreError)]
    assert codes == [2, 2, 4, 4]
