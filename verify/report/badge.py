"""Results as a status badge in SVG: how many claims hold, or what is the matter."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from verify.report.markup import element, write
from verify.report.wording import census
from verify.result import PRECEDENCE, Result
from verify.verdict import Verdict

LABEL = "verify"
GROUND = "#30363d"
COLOUR = {0: "#136c36", 1: "#b3261e", 3: "#7a5500", 4: "#57606a", 5: "#57606a"}
"""By the exit code; white text has a contrast above 4.5 on each."""

HEIGHT, PAD, LETTER = 20, 7, 6.4
"""Height, room beside a text, and width of a letter on average, in pixels."""

FONT = "Verdana, Geneva, 'DejaVu Sans', sans-serif"


def to_badge(results: Sequence[Result]) -> str:
    """The badge; its title names the theorems too."""
    worst = min((result.exit_code for result in results), key=PRECEDENCE.index)
    message = summary(results, worst)
    title = f"{LABEL}: {message} ({', '.join(result.theorem for result in results)})"
    return write(_drawing(message, COLOUR[worst], title)) + "\n"


def summary(results: Sequence[Result], worst: int) -> str:
    """The claims with the worst exit code in a few words; if that is 0, all of them."""
    claims = [claim for result in results for claim in result.outcomes]
    verdicts = [claim.verdict for claim in claims if claim.exit_code == worst]
    unanimous = len(set(verdicts)) == 1
    match worst:
        case 4 | 5:
            return "not measured"
        case 3:
            return census(verdicts) if unanimous else f"{len(verdicts)} not decided"
        case 1:
            refuted = unanimous and verdicts[0] is Verdict.REFUTED
            return census(verdicts) if refuted else f"{len(verdicts)} not as expected"
    holding = unanimous and verdicts[0] is Verdict.HOLDS
    return census(verdicts) if holding else f"{len(verdicts)} as expected"


def _drawing(message: str, colour: str, title: str) -> Element:
    left, right = (round(len(text) * LETTER) + 2 * PAD for text in (LABEL, message))
    frame = {
        "xmlns": "http://www.w3.org/2000/svg",
        "role": "img",
        "aria-labelledby": "title",
        "width": str(left + right),
        "height": str(HEIGHT),
        "viewBox": f"0 0 {left + right} {HEIGHT}",
        "font-family": FONT,
        "font-size": "11",
        "text-anchor": "middle",
    }
    return element(
        "svg",
        frame,
        element("title", {"id": "title"}, title),
        *_field(0, left, GROUND, LABEL),
        *_field(left, right, colour, message),
    )


def _field(x: int, width: int, colour: str, text: str) -> list[Element]:
    ground = {"x": str(x), "width": str(width), "height": str(HEIGHT), "fill": colour}
    letters = {
        "x": f"{x + width / 2:g}",
        "y": "14",
        "fill": "#ffffff",
        "textLength": str(width - 2 * PAD),
        "lengthAdjust": "spacingAndGlyphs",
    }
    return [element("rect", ground), element("text", letters, text)]
