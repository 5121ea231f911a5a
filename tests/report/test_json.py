"""JSON: the schema that ships, strictness, a round trip."""

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import msgspec
import pytest

from verify.report.json import Results, schema, to_json
from verify.result import Result

from .variants import reduced


@pytest.fixture(scope="module")
def result(real: Result) -> Result:
    return real


SHIPPED = json.loads(files("verify.report").joinpath("schema.json").read_text(encoding="utf-8"))


def test_the_shipped_schema_is_that_of_the_code() -> None:
    """Rewrite it with `make schema` after a change of a result's fields."""
    assert schema() == SHIPPED
    jsonschema.Draft202012Validator.check_schema(SHIPPED)


def test_one_result_and_several_conform(result: Result) -> None:
    for results in ([result], [result, result]):
        jsonschema.validate(json.loads(to_json(results)), SHIPPED)


def test_an_unknown_or_missing_field_is_refused(result: Result) -> None:
    document = json.loads(to_json([result]))
    for wrong in (document | {"more": 1}, {k: v for k, v in document.items() if k != "verdict"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, SHIPPED)


def test_what_is_written_reads_back_equal(result: Result) -> None:
    assert msgspec.json.decode(to_json([result]), type=Result) == result
    assert msgspec.json.decode(to_json([result] * 2), type=Results).results == [result] * 2


def test_a_variance_without_rest_is_null(result: Result) -> None:
    text = to_json([reduced(result)])
    jsonschema.validate(json.loads(text), SHIPPED)
    first, second = json.loads(text)["claims"][0]["exponents"][0]["reductions"]
    assert (first["by"], first["ratios"][:3]) == ("control variates", [12.4, None, 41.0])
    assert second == {"by": "common random numbers", "ratios": [0.5]}
    assert msgspec.json.decode(text, type=Result) == reduced(result)


def test_the_contract_of_a_rate(result: Result) -> None:
    claim = json.loads(to_json([result]))["claims"][0]
    assert claim["kind"] == "rate"
    row = claim["exponents"][0]
    assert {"variable", "design", "predicted", "estimate", "low", "high", "range"} <= row.keys()
    assert set(row["range"]) == {"predicted", "estimate", "low", "high"}
    assert {"id", "why", "verdict", "reason"} <= claim["controls"][0].keys()
    assert {"x", "value", "low", "high", "fit"} <= row["points"][0].keys()


def test_the_package_data_lists_the_schema() -> None:
    assert Path(str(files("verify.report").joinpath("schema.json"))).is_file()
