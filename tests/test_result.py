"""A result as an object: claims by id, rows for a data frame, a table for a notebook."""

import msgspec
import pytest

import verify
from verify.result import Result


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("run"))
        return verify.run("lipschitz_regression", budget="quick", workers=1)


def test_claims_are_found_by_their_ids(result: Result) -> None:
    assert result.claims["upper"].verdict == "HOLDS"
    assert list(result.claims) == [
        *("upper", "upper_everywhere", "lower", "sample_size", "slower_than_parametric"),
    ]


def test_rows_are_flat_and_make_a_data_frame(result: Result) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(result.rows())
    assert len(frame) == 22
    assert frame["predicted"].tolist()[:3] == [-1 / 3, -1 / 4, -1 / 3]
    assert frame["kind"].tolist() == ["rate"] * 20 + ["corollary"] * 2
    assert frame["design"][3] == "d=1, instance 2"
    assert frame["verdict"].unique().tolist() == ["HOLDS"]
    assert all(
        not isinstance(value, list | dict) for row in result.rows() for value in row.values()
    )


def test_a_notebook_shows_a_table_in_which_nothing_is_live(result: Result) -> None:
    hostile = msgspec.structs.replace(result, title="<script>alert(1)</script> {{7*7}}")
    shown = hostile._repr_html_()
    assert shown.count("<tr>") == 23
    assert "<td>-0.3333</td>" in shown
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def test_the_exit_code_of_a_result_is_its_worst_claims(result: Result) -> None:
    assert result.exit_code == 0
    failed = msgspec.structs.replace(
        result, failures=[verify.result.Failure("error(n=8)", "ValueError", "trace.txt")]
    )
    assert failed.exit_code == 4
