"""The pictures of a claim: an exponent in three panels, a limit in one or two, controls beside."""

from collections.abc import Sequence
from functools import partial

from matplotlib.figure import Figure

from verify.claims.limit.outcome import LimitOutcome
from verify.claims.rate.outcome import RateOutcome
from verify.outcome import Outcome
from verify.report.figure.axes import Box
from verify.report.figure.canvas import Picture
from verify.report.figure.data import data_panel
from verify.report.figure.forest import forest, height
from verify.report.figure.limits import limit_pictures
from verify.report.figure.slopes import residual_panel, slope_panel
from verify.report.figure.subject import Subject, subjects
from verify.report.figure.words import data_words, forest_words, residual_words, slope_words

__all__ = ["Picture", "claim_pictures", "exponent_pictures", "forest_picture", "sheet", "strip"]

WIDTH, HEIGHT = 376, 268
"""Size of a panel, in pixels: three in a row on a desk, one on a telephone."""

PANELS = (
    ("The data, the fit and the predicted slope", data_panel, data_words),
    ("Local slopes against the predicted exponent", slope_panel, slope_words),
    ("Residuals of the fit", residual_panel, residual_words),
)


def claim_pictures(claim: Outcome) -> list[list[Picture]]:
    """The pictures of a claim of any kind, in rows; none where nothing was measured."""
    if isinstance(claim, RateOutcome):
        return exponent_pictures(claim)
    found = limit_pictures(claim) if isinstance(claim, LimitOutcome) else []
    return [found] if found else []


def strip(claim: Outcome) -> Picture | None:
    """The claim beside its controls; None for a kind that has no such picture."""
    return forest_picture(claim) if isinstance(claim, RateOutcome) else None


def exponent_pictures(claim: RateOutcome) -> list[list[Picture]]:
    """Three pictures for each exponent of the claim; none where fewer than two points have logs."""
    return [_pictures(subject) if subject.points else [] for subject in subjects(claim)]


def forest_picture(claim: RateOutcome) -> Picture:
    """The exponents of the claim and of its controls against their predictions."""
    beside = " and its controls" if claim.controls else ""
    return Picture(
        title=f"Estimates less their predictions: {claim.id}{beside}",
        description=forest_words(claim),
        width=WIDTH,
        height=height(claim),
        draw=partial(forest, claim=claim),
    )


def sheet(claim: Outcome) -> Picture | None:
    """All pictures of a claim in one: a row for each exponent, the controls below; None if none."""
    below = strip(claim)
    rows = [pictures for pictures in claim_pictures(claim) if pictures]
    rows += [[below]] if below else []
    if not rows:
        return None
    placed = [
        (picture, Box(WIDTH * column, HEIGHT * row, picture.width, picture.height))
        for row, pictures in enumerate(rows)
        for column, picture in enumerate(pictures)
    ]
    return Picture(
        title=_title(claim),
        description=" ".join(f"{one.title}: {one.description}" for one, _ in placed),
        width=WIDTH * max(map(len, rows)),
        height=HEIGHT * (len(rows) - 1) + rows[-1][0].height,
        draw=partial(_draw_all, placed=placed),
    )


def _title(claim: Outcome) -> str:
    if isinstance(claim, RateOutcome):
        return f"{claim.id}: {claim.statistic}, fits{' and controls' if claim.controls else ''}"
    return f"{claim.id}: the limit and its target"


def _pictures(subject: Subject) -> list[Picture]:
    return [
        Picture(
            title=f"{title}: {subject.statistic} along {subject.where}",
            description=words(subject),
            width=WIDTH,
            height=HEIGHT,
            draw=partial(draw, subject=subject),
        )
        for title, draw, words in PANELS
    ]


def _draw_all(figure: Figure, _: Box, placed: Sequence[tuple[Picture, Box]]) -> None:
    for picture, box in placed:
        picture.draw(figure, box)
