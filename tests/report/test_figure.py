"""Pictures: the same bytes every time, small, in words too, and true to the numbers."""

import math
import re
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import matplotlib as mpl
import pytest
from msgspec.structs import replace

from verify.claims.points import PointRow
from verify.report.figure import derived, exponent_pictures, forest_picture, sheet
from verify.report.figure.canvas import Picture
from verify.report.figure.palette import PALETTE, stylesheet
from verify.report.figure.subject import subjects, zone
from verify.result import Result
from verify.verdict import Relation

from .variants import failed, growing, hostile, only, rate, refuted, shrinking, undecided

SVG = "{http://www.w3.org/2000/svg}"


def _all(result: Result) -> list[Picture]:
    """The pictures of one exponent."""
    claim = only(rate(result), rate(result).exponents[0])
    return [*exponent_pictures(claim)[0], forest_picture(claim), sheet(claim)]


def _point(x: float, value: float, error: float = 0.1, fit: float | None = None) -> PointRow:
    middle = value if fit is None else fit
    ends = value / (1 + error), value * (1 + error)
    return PointRow(x, value, *ends, middle, middle / 1.01, middle * 1.01)


def test_local_slopes_and_residuals_of_a_power_law() -> None:
    points = [_point(x, 3 * x**-0.5) for x in (1, 10, 1000)]
    slopes = derived.local_slopes(points)
    assert [slope.value for slope in slopes] == pytest.approx([-0.5, -0.5])
    assert [slope.x for slope in slopes] == pytest.approx([0.5, 2.0])
    half = math.sqrt(2) * math.log10(1.1)
    assert slopes[0].high - slopes[0].value == pytest.approx(half)
    assert slopes[1].value - slopes[1].low == pytest.approx(half / 2)
    assert [one.value for one in derived.residuals(points)] == pytest.approx([0, 0, 0])
    off = derived.residuals([_point(1, 1.05, fit=1.0)])
    assert off[0].value == pytest.approx(5)
    assert derived.band([_point(1, 2)])[0].high == pytest.approx(1)


def test_local_slopes_do_not_depend_on_the_direction() -> None:
    points = [_point(x, x**2) for x in (8, 4, 2)]
    assert [slope.value for slope in derived.local_slopes(points)] == pytest.approx([2, 2])
    assert all(slope.low < slope.high for slope in derived.local_slopes(points))


def test_points_without_logarithms_are_left_out_and_one_place_is_no_line() -> None:
    good = [_point(1, 1), _point(2, 2)]
    assert derived.drawable([*good, _point(3, 0.0), _point(0, 1)]) == good
    assert derived.drawable([_point(1, 1), _point(1, 2)]) == []
    assert derived.drawable([replace(good[0], high=math.inf), good[1]]) == []


def test_the_zone_is_open_on_the_side_that_a_relation_allows() -> None:
    assert zone(0.5, Relation.THETA, 0.1) == pytest.approx((0.4, 0.6))
    assert zone(0.5, Relation.O, 0.1) == pytest.approx((-math.inf, 0.6))
    assert zone(0.5, Relation.OMEGA, 0.1) == pytest.approx((0.4, math.inf))


def test_controls_are_slopes_or_have_data_of_their_own(real: Result) -> None:
    rivals = subjects(rate(real))[0].rivals
    assert {one.id: bool(one.points) for one in rivals} == {
        "parametric": False,
        "squared": False,
        "curvature": False,
        "rough": True,
    }


def test_a_control_that_was_not_measured_is_not_drawn_as_a_slope(real: Result) -> None:
    claim = rate(real)
    *_, rough = claim.controls
    lost = replace(rough, exponents=[replace(row, points=[]) for row in rough.exponents])
    found = subjects(replace(claim, controls=[lost]))[0].rivals
    assert found == []


def test_the_limit_is_on_the_right(real: Result) -> None:
    (subject,) = subjects(rate(shrinking(real)))
    assert subject.shrinking
    assert subject.towards == "h → 0"
    assert subjects(rate(real))[0].towards == "n → ∞"
    text = _all(shrinking(real))[0].inline("a")
    ticks = [float(x) for x in re.findall(r'x="([\d.]+)" y="245">10⁻', text)]
    labels = re.findall(r'y="245">10(⁻\S+?)<', text)
    order = [tick for _, tick in sorted(zip(labels, ticks, strict=True))]
    assert order == sorted(order)  # 10⁻³, 10⁻⁴, ... from left to right


@pytest.mark.parametrize("make", [refuted, undecided, failed, growing, shrinking, hostile])
def test_every_picture_is_well_formed_and_small(
    make: Callable[[Result], Result], real: Result
) -> None:
    claim = rate(make(real))
    rows = exponent_pictures(claim)
    pictures = [*(one for row in rows for one in row), forest_picture(claim)]
    for picture in pictures:
        text = picture.inline("a")
        assert ET.fromstring(text).get("role") == "img"
        assert len(text) < 14_000
    assert len(sheet(claim).file("a")) < 70_000


def test_the_bytes_are_the_same_every_time(real: Result) -> None:
    once, again = ([one.file("a") for one in _all(real)] for _ in range(2))
    assert once == again


def test_the_bytes_do_not_depend_on_the_settings_of_matplotlib(real: Result) -> None:
    plain = [one.inline("a") for one in _all(real)]
    wild = {
        "font.size": 30,
        "axes.grid": False,
        "svg.fonttype": "path",
        "text.parse_math": True,
        "lines.linewidth": 9,
        "axes.facecolor": "red",
        "legend.frameon": True,
    }
    with mpl.rc_context(wild):
        assert [one.inline("a") for one in _all(real)] == plain
        assert mpl.rcParams["font.size"] == 30


def test_the_bytes_do_not_depend_on_the_process(real: Result, tmp_path: Path) -> None:
    """Nor on the order of hashes."""
    program = (
        "import sys, msgspec; from verify.result import Result;"
        "from verify.report.figure import sheet;"
        "found = msgspec.json.decode(sys.stdin.buffer.read(), type=Result);"
        "sys.stdout.write(sheet(found.outcomes[0]).file('a'))"
    )
    import msgspec

    done = subprocess.run(
        [sys.executable, "-c", program],
        input=msgspec.json.encode(real),
        env={"PYTHONHASHSEED": "7", "HOME": str(tmp_path)},
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.decode() == sheet(rate(real)).file("a")


def test_ids_are_unique_on_a_page_and_references_lead_somewhere(real: Result) -> None:
    pictures = [one for row in exponent_pictures(rate(real)) for one in row]
    page = "".join(one.inline(f"p{k}") for k, one in enumerate(pictures))
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    used = re.findall(r"url\(#([^)]+)\)", page) + re.findall(r'href="#([^"]+)"', page)
    used += " ".join(re.findall(r'aria-labelledby="([^"]+)"', page)).split()
    assert used
    assert set(used) <= set(ids)


def test_nothing_outside_is_referred_to(real: Result) -> None:
    for picture in _all(real):
        text = picture.file("a")
        assert re.findall(r"https?://[^\"]+", text) == ["http://www.w3.org/2000/svg"]
        assert not re.search(r"<(image|script|foreignObject)|@import|xlink|DOCTYPE", text)
        assert "http" not in picture.inline("a")


def test_colours_are_classes_with_a_shade_for_light_and_for_dark(real: Result) -> None:
    css = stylesheet()
    light, _, dark = css.partition("@media screen and (prefers-color-scheme:dark)")
    for colour in PALETTE:
        assert f".f-{colour.name}{{fill:{colour.light}}}" in light
        assert f".s-{colour.name}{{stroke:{colour.dark}}}" in dark
    for picture in _all(real):
        assert re.findall(r"#[0-9a-f]{6}\b", picture.inline("a")) == []
        assert css in picture.file("a")


def test_text_has_contrast_on_the_page() -> None:
    """WCAG AA for text: 4.5, in light and in dark."""
    shades = {colour.name: colour for colour in PALETTE}
    canvas = shades.pop("canvas")
    for name in ("ink", "soft", "fit", "predicted", "other", "good", "bad", "open"):
        for attribute in ("light", "dark"):
            pair = getattr(shades[name], attribute), getattr(canvas, attribute)
            assert _contrast(*pair) >= 4.5, (name, attribute)


def _contrast(one: str, other: str) -> float:
    lights = sorted(_luminance(shade) for shade in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(shade: str) -> float:
    parts = [int(shade[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_the_words_have_the_numbers(real: Result) -> None:
    data, slopes, residuals = exponent_pictures(rate(real))[0]
    for words in (
        "8 points on logarithmic axes, from 0.131 at n = 512 to 0.01084 at n = 884,736",
        "−0.3333, 97 % interval [−0.3353, −0.3311]",
        "predicted slope −1/3",
        "control parametric: a dotted line of slope −1/2",
        "control rough: its own data, from 0.1924 to 0.04295",
    ):
        assert words in data.description
    assert "7 slopes between neighbouring points" in slopes.description
    assert "7 of them within the margin about the predicted −1/3" in slopes.description
    assert "8 residuals" in residuals.description
    strip = forest_picture(rate(real)).description
    assert "The margin is 0.03" in strip
    assert "parametric d=1 REFUTED, +0.1667 [+0.1647, +0.1689]" in strip


def test_what_has_no_end_or_no_estimate_is_said(real: Result) -> None:
    assert "(-inf, −0.3311]".replace("-inf", "−inf") in _all(undecided(real))[0].description
    strip = forest_picture(rate(failed(real)))
    assert "upper d=1 INCONCLUSIVE, not estimated" in strip.description
    assert "not estimated" in strip.inline("a")


def test_nothing_is_drawn_of_a_sweep_without_points(real: Result) -> None:
    claim = rate(failed(real))
    assert [len(row) for row in exponent_pictures(claim)] == [0, 3]
    row = replace(claim.exponents[1], points=claim.exponents[1].points[:1])
    assert exponent_pictures(only(claim, row)) == [[]]
    assert sheet(only(claim, row)).width == forest_picture(claim).width


def test_lines_of_one_slope_share_a_name(real: Result) -> None:
    text = exponent_pictures(rate(real))[1][0].inline("a")
    assert "parametric −1/2, squared −1/2" in text


def test_letters_that_a_font_lacks_are_no_warning(real: Result) -> None:
    claim = replace(rate(real), statistic="誤差")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert "誤差" in exponent_pictures(claim)[0][0].inline("a")


def test_a_flat_line_and_huge_numbers_can_be_drawn(real: Result) -> None:
    claim = rate(real)
    for points in (
        [_point(x, 1.0, error=0) for x in (1, 2, 4)],
        [_point(x, x * 1e290) for x in (1e3, 1e9, 1e12)],
        [_point(1, 1), _point(1 + 1e-12, 1)],
    ):
        row = replace(claim.exponents[0], points=points)
        for picture in exponent_pictures(only(claim, row))[0]:
            ET.fromstring(picture.inline("a"))
