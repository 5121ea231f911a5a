"""Forecasts come true: widths and chances beside what comes out, and what a forecast must heed."""

from typing import Any

import attrs
import numpy as np
import pytest

from tests.claims.walks import displacement
from tests.planning.pilots import LAWS, pilot_of, realised
from tests.spec.specs import GRID, TENTH, exact, other, rate
from verify import Design, but
from verify.calibration.zoo import Setting
from verify.errors import InputError
from verify.inference.points import Points
from verify.planning import simulation
from verify.planning.forecast import Forecast, forecast
from verify.planning.pilot import Pilot, read_pilot
from verify.planning.proposal import Change, longer, propose
from verify.verdict import LEVEL, Relation

SHAPES = (
    *("3 n^.5", "n^.5 (1 + 3 n^-.5)", "n^.5 (1 + 2 n^-.25)", "n^.5 (1 - 3 n^-.5)"),
    *("n^.5 log n", "n^(2/3) + 3 n^.5", "n^.5, one run read at all n"),
)
FACTOR = 1.3


def _samples(claim: Any, sigma: float = 0.1, count: int = 32) -> dict[Any, Any]:
    rng = np.random.default_rng(1)
    return {
        cell: dict(cell.at)["n"] ** 0.5 * rng.lognormal(0, sigma, count) for cell in claim.cells()
    }


def _forecast(claim: Any, equal: int = 256, **options: Any) -> Forecast:
    (design,) = claim.designs
    seen = read_pilot(claim, design, _samples(claim))
    return forecast(claim, design, seen, [equal] * len(claim.cells()), draws=20, **options)


@pytest.mark.parametrize("points", [10, 15])
@pytest.mark.parametrize("name", SHAPES)
def test_the_half_width_of_a_pilot_is_the_one_that_comes_out(name: str, points: int) -> None:
    law, setting = LAWS[name], Setting(points, 256)
    claim, seen = pilot_of(law, points)
    counts = [256] * len(claim.cells_in(claim.designs[0]))
    found = forecast(claim, claim.designs[0], seen, counts, draws=24)
    width, _ = realised(law, setting, Relation.THETA, 24)
    assert 1 / FACTOR < found.half_width / width < FACTOR


def test_the_chance_to_hold_is_the_share_that_comes_out() -> None:
    """Of 60 draws and 60 data sets: within three binomial standard errors, and a tenth."""
    law, setting = LAWS["3 n^.5"], Setting(15, 256)
    claim, seen = pilot_of(law, 15)
    found = forecast(claim, claim.designs[0], seen, [256] * 15)
    _, share = realised(law, setting, Relation.THETA, 60)
    assert abs(found.holds - share) < 0.1 + 3 * np.sqrt(2 * 0.25 / 60) / 2
    assert found.draws == 60


def test_a_forecast_that_ignores_corrections_promises_too_much() -> None:
    """From a pilot that shows the correction; without it the bound's own curve is simulated."""
    law, setting = LAWS["n^.5 (1 + 2 n^-.25)"], Setting(10, 2048)
    claim, seen = pilot_of(law, 10, 256)
    ignorant = attrs.evolve(seen.points, log_value=0.5 * np.log(seen.points.x))
    _, share = realised(law, setting, Relation.THETA, 40)
    heeded, ignored = (
        forecast(claim, claim.designs[0], one, [2048] * 10).holds
        for one in (seen, attrs.evolve(seen, points=ignorant))
    )
    assert abs(heeded - share) < abs(ignored - share)
    assert ignored > share + 0.15


def test_it_is_the_same_every_time_and_narrower_with_more_replicates_or_less_noise() -> None:
    claim = rate()
    few = _forecast(claim, 32)
    assert few == _forecast(claim, 32)
    assert _forecast(claim, 512).half_width < 0.8 * few.half_width
    assert _forecast(claim, 32, noise=0.25).half_width < 0.8 * few.half_width
    assert _forecast(claim, 32, noise=0.25).half_width == pytest.approx(
        _forecast(claim, 512).half_width, rel=0.1
    )
    assert _forecast(claim, 32, level=0.999).half_width > 1.2 * few.half_width


@pytest.mark.parametrize(
    ("relation", "names"),
    [
        ("Theta", ["exponent -0.1", "exponent +0.1"]),
        ("O", ["exponent -0.1"]),
        ("Omega", ["exponent +0.1"]),
    ],
)
def test_mutants_a_tenth_off_are_forecast_unless_they_are_implied(
    relation: str, names: list[str]
) -> None:
    bound = "n**(3/5)" if relation == "Omega" else "n**(2/5)"
    control = but("tenth", "an exponent off by a tenth", bound=bound)
    found = _forecast(rate(relation=relation, controls=(control,)), 4096)
    assert list(found.mutants) == names
    assert min(found.mutants.values()) > 0.9


def test_controls_that_change_the_bound_are_forecast_and_limit_the_chance_to_hold() -> None:
    swapped = but("swapped", "another law", measure=other)
    blunt = but("blunt", "not refutable by these data", bound="n**(49/100)")
    sharp = _forecast(rate(controls=(TENTH, swapped)), 4096)
    assert set(sharp.controls) == {"tenth"}
    assert sharp.controls["tenth"] > 0.9
    assert sharp.holds > 0.8
    vacuous = _forecast(rate(controls=(TENTH, blunt)), 4096)
    assert vacuous.controls["blunt"] < 0.2
    assert vacuous.holds <= vacuous.controls["blunt"]


def test_the_claim_is_taken_to_be_true_whatever_the_pilot_shows() -> None:
    """A pilot of n^.9: what is forecast of the claim n^(1/2) is what it would be, were it true."""
    claim = rate()
    samples = {cell: dict(cell.at)["n"] ** 0.4 * v for cell, v in _samples(claim).items()}
    found = forecast(claim, GRID, read_pilot(claim, GRID, samples), [4096] * 10, draws=20)
    assert found.mutants["exponent -0.1"] > found.mutants["exponent +0.1"] - 0.5
    assert found.half_width < 0.2


def test_what_is_known_is_divided_out_of_the_pilot_and_put_into_the_data() -> None:
    """A log in the bound and an exact factor, in the pilot too: the forecast is the plain one."""
    claim = rate(controls=())
    known = claim.replaced(
        {"bound": "n**(1/2)*log(n)", "exact_factor": "1 + 5/n", "because": "counted"}, claim.place
    )
    samples = _samples(claim)
    bent = {
        cell: values * np.log(n) * (1 + 5 / n)
        for cell, values in samples.items()
        for n in [dict(cell.at)["n"]]
    }
    expected = forecast(claim, GRID, read_pilot(claim, GRID, samples), [256] * 10, draws=10)
    found = forecast(known, GRID, read_pilot(known, GRID, bent), [256] * 10, draws=10)
    assert found.half_width == pytest.approx(expected.half_width, rel=1e-6)
    forgotten = forecast(claim, GRID, read_pilot(claim, GRID, bent), [256] * 10, draws=10)
    assert forgotten.half_width != pytest.approx(expected.half_width, rel=1e-2)


def test_an_exact_measure_is_judged_once() -> None:
    claim = rate(measure=exact)
    samples = {cell: np.array([exact(**dict(cell.at))]) for cell in claim.cells()}
    seen = read_pilot(claim, GRID, samples)
    assert seen.exact
    found = forecast(claim, GRID, seen, [1] * 10)
    assert (found.draws, found.holds, found.cost) == (1, 1.0, 10.0)
    assert found.half_width < 0.01


def test_runs_are_simulated_with_their_correlation(monkeypatch: pytest.MonkeyPatch) -> None:
    """Errors drawn as if independent do not fit the correlation: the interval widens for it."""
    law = LAWS["n^.5, one run read at all n"]
    claim, seen = pilot_of(law)
    width, _ = realised(law, Setting(10, 256), Relation.THETA, 24)

    def ratio() -> float:
        return forecast(claim, claim.designs[0], seen, [256], draws=24).half_width / width

    assert 1 / FACTOR < ratio() < FACTOR
    monkeypatch.setattr(simulation, "_root", lambda correlation: np.eye(len(correlation)))
    assert ratio() > FACTOR


def test_fewer_runs_than_can_be_judged_decide_nothing() -> None:
    claim, seen = pilot_of(LAWS["n^.5, one run read at all n"])
    design = longer(claim, claim.designs[0], 22)
    found = forecast(claim, design, seen, [32])
    assert (found.half_width, found.holds, found.draws) == (np.inf, 0.0, 0)
    assert set(found.mutants.values()) == {0.0}


def test_a_longer_design_goes_on_in_the_ratio_of_the_pilot() -> None:
    claim = rate()
    assert longer(claim, GRID, 2).grid == [2**k for k in range(3, 15)]
    irregular = Design(sweep={"n": [m**3 for m in (8, 12, 16, 24, 32, 48, 64, 96)]})
    assert longer(claim, irregular, 1).grid[-1] == round(96**3 * 12 ** (3 / 7))
    ray = Design.along({"T": 1, "J": "1/3"}, [8**k for k in range(1, 8)], {"T": 1, "J": 3})
    further = longer(claim, ray, 3)
    assert further.sweep["T"][-3:] == [8**8, 8**9, 8**10]
    assert further.sweep["J"][-3:] == [3 * 2**8, 3 * 2**9, 3 * 2**10]
    assert (further.ray, further.off_ray) == (ray.ray, None)


def test_a_variable_that_shrinks_goes_on_towards_zero() -> None:
    grid = [2.0**-k for k in range(3, 11)]
    for sweep in (grid, grid[::-1]):
        design = Design(sweep={"eps": sweep})
        claim = rate(bound="eps**(-2)", to_zero=("eps",), designs=(design,))
        assert longer(claim, design, 2).grid == pytest.approx([*grid, 2.0**-11, 2.0**-12])


def _hitting_time(rng: np.random.Generator, size: int, eps: float) -> np.ndarray:
    raise NotImplementedError


def test_costs_and_noise_stay_with_their_places_where_the_grid_is_not_in_order() -> None:
    grid = [2.0**-k for k in range(3, 13)]
    found = []
    for sweep in (grid, grid[::-1]):
        design = Design(sweep={"eps": sweep})
        claim = rate(
            measure=_hitting_time, bound="eps**(-2)", to_zero=("eps",), designs=(design,),
            cost="eps**(-2)", controls=(),
        )  # fmt: skip
        counts = {eps: 32 * (k + 1) for k, eps in enumerate(grid)}
        samples = {
            cell: eps**-2 * np.random.default_rng(k).lognormal(0, 0.05 * (k + 1), counts[eps])
            for k, eps in enumerate(grid)
            for cell in claim.cells()
            if dict(cell.at)["eps"] == eps
        }
        seen = read_pilot(claim, design, samples)
        assert seen.variance[-1] > 5 * seen.variance[0]
        found.append(forecast(claim, design, seen, [counts[eps] for eps in sweep], draws=10))
    assert found[0] == found[1]
    assert found[0].cost == sum(counts[eps] * eps**-2 for eps in grid)


def _searched(rng: np.random.Generator, size: int, n: int, gap: float) -> np.ndarray:
    raise NotImplementedError


def test_candidates_that_coincide_are_measured_and_paid_once() -> None:
    claim = rate(
        measure=_searched, bound="n**(1/2)", worst_over={"gap": ("n**(-1/2)", "1/8", "1/2")},
        cost="n", controls=(),
    )  # fmt: skip
    (design,) = claim.designs
    assert 64 in design.grid
    assert len(claim.costs_in(design)) == 3 * len(design.grid) - 1
    rng = np.random.default_rng(1)
    samples = {
        cell: dict(cell.at)["n"] ** 0.5 * (1 + dict(cell.at)["gap"]) * rng.lognormal(0, 0.1, 64)
        for cell in claim.cells()
    }
    seen = read_pilot(claim, design, samples)
    found = propose(claim, seen, 256, Change(), LEVEL)
    counts = found.replicates
    assert found.forecast.cost == sum(counts[cell] * dict(cell.at)["n"] for cell in counts)
    assert found.forecast.draws > 0


def test_noise_goes_on_as_a_power_law_and_stays_where_some_is_zero() -> None:
    x = 2.0 ** np.arange(5)
    points = Points(x, x, x, x, 32)
    rising = Pilot(GRID, points, 0.1 * x**0.5)
    assert rising.variance_at(4 * x) == pytest.approx(0.1 * (4 * x) ** 0.5)
    partly = Pilot(GRID, points, np.array([0, 0, 0.1, 0.2, 0.3]))
    assert partly.variance_at(x[-1:] * 4) == [0.3]


def test_correlations_go_on_by_how_many_places_lie_between() -> None:
    steps = np.abs(np.subtract.outer(np.arange(8), np.arange(8)))
    whole = 0.6**steps
    x = 2.0 ** np.arange(8)
    points = Points(x[:6], x[:6], x[:6], x[:6], 64, whole[:6, :6])
    seen = Pilot(GRID, points, x[:6])
    assert seen.correlation_at(x[:6]) is points.correlation
    further = seen.correlation_at(x)
    assert further is not None
    assert further == pytest.approx(whole, abs=0.6**5)
    assert np.linalg.eigvalsh(further).min() > -1e-12
    assert np.diag(further) == pytest.approx(np.ones(8))


def test_runs_of_a_measure_make_a_pilot_too() -> None:
    design = Design(sweep={"n": [2**k for k in range(3, 11)]})
    claim = rate(
        measure=displacement, designs=(design,), together=True, statistic="rms", controls=()
    )
    n = np.array(design.grid)
    runs = displacement(np.random.default_rng(0), 64, n)
    seen = read_pilot(claim, design, {claim.cells()[0]: runs})
    assert seen.points.correlation is not None
    few, many = (forecast(claim, design, seen, [count], draws=10) for count in (64, 2048))
    assert many.holds == 1.0
    assert few.holds < many.holds
    assert few.cost == 64 * len(n)


def test_a_pilot_that_lacks_a_cell_is_refused() -> None:
    claim = rate()
    samples = _samples(claim)
    samples.pop(claim.cells()[3])
    with pytest.raises(InputError, match=r"no data for measured\(n=64\)"):
        read_pilot(claim, GRID, samples)
