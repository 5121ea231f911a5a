"""JUnit: what a parser of it finds."""

from xml.etree import ElementTree as ET

from verify.report.junit import to_junit
from verify.result import Result

from .variants import everything, expected_refutation, failed, refuted, undecided, unknown, vacuous


def _suites(*results: Result) -> ET.Element:
    text = to_junit(results)
    assert text.startswith('<?xml version="1.0" encoding="utf-8"?>\n')
    return ET.fromstring(text)


def _only_case(result: Result) -> ET.Element:
    (case,) = _suites(result).iter("testcase")
    return case


def test_a_suite_for_each_theorem_a_case_for_each_claim(real: Result) -> None:
    root = _suites(real)
    assert root.tag == "testsuites"
    (suite,) = root
    assert suite.get("name") == "lipschitz_regression"
    names = [case.get("name") for case in suite.iter("testcase")]
    assert names == ["upper", "lower", "sample_size", "slower_than_parametric"]
    case = next(suite.iter("testcase"))
    assert case.get("classname") == "lipschitz_regression"
    assert str(case.get("file")).endswith("lipschitz_regression.py")
    assert int(str(case.get("line"))) > 0
    assert [child.tag for child in case] == ["system-out"]


def test_properties_have_the_seed_and_the_budget(real: Result) -> None:
    found = {one.get("name"): one.get("value") for one in _suites(real).iter("property")}
    assert found["seed"] == "0"
    assert found["budget"] == "quick"
    assert found["command"] == real.provenance.command


def test_counts_agree_with_the_cases(real: Result) -> None:
    root = _suites(*everything(real))
    for element in (root, *root):
        cases = list(element.iter("testcase"))
        assert int(str(element.get("tests"))) == len(cases)
        for count, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(str(element.get(count))) == sum(c.find(tag) is not None for c in cases)


def test_what_is_wrong_is_a_failure_that_says_why(real: Result) -> None:
    failure = _only_case(refuted(real)).find("failure")
    assert failure is not None
    assert failure.get("type") == "excluded"
    assert "REFUTED, excluded: the interval excludes the prediction" in str(failure.get("message"))
    assert "REFUTED (expected HOLDS)" in str(failure.text)
    assert "n, d=1: predicted -1/2, estimate -0.3333, 97 % interval [-0.3353" in str(failure.text)


def test_a_vacuous_control_is_a_failure_that_names_it(real: Result) -> None:
    failure = _only_case(vacuous(real)).find("failure")
    assert failure is not None
    assert "control parametric is HOLDS" in str(failure.text)


def test_inconclusive_is_skipped_with_its_reason(real: Result) -> None:
    skipped = _only_case(undecided(real)).find("skipped")
    assert skipped is not None
    assert "INCONCLUSIVE, width: the interval is wider" in str(skipped.get("message"))


def test_a_failed_measurement_is_an_error(real: Result) -> None:
    assert _only_case(failed(real)).find("error") is not None
    assert "ValueError: x < 0 & y" in str(_suites(failed(real)).findtext(".//system-err"))


def test_a_refutation_that_was_expected_passes(real: Result) -> None:
    assert [child.tag for child in _only_case(expected_refutation(real))] == ["system-out"]


def test_an_unknown_kind_has_a_case(real: Result) -> None:
    assert _only_case(unknown(real)).get("name") == "novel"
