"""One real result, measured once for all tests of the reports."""

import pytest

import verify
from verify.result import Result


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """`lipschitz_regression` at the quick budget: two rates and two corollaries."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("run"))
        return verify.run("lipschitz_regression", budget="quick", workers=1)
