"""Figures as people type them: "1,204", "52%", "39/40", "n/a"."""

import re
from dataclasses import dataclass
from decimal import Decimal

PLACES = Decimal("0.0001")
MOST_DIGITS = 16
MOST = 10**MOST_DIGITS
BLANK = frozenset(
    {"", "-", "–", "—", ".", "..", "n/a", "na", "no data", "none", "not available", "tbc", "nil return"}
)
NUMBER = r"[-−–+]?\s?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?"
PLAIN = re.compile(
    rf"(?P<number>{NUMBER})\s*(?P<percent>%|per ?cent)?(?:\s*(?:days?|weeks?|per 10,?000))?", re.I
)
PARTS = re.compile(
    rf"(?P<part>{NUMBER})\s*(?:/|of|out of)\s*(?P<whole>{NUMBER})(?:\s*\(?[\d.]+\s?%\)?)?", re.I
)
HIDDEN = re.compile(r"(?:<|fewer than|less than|under)\s*\d+|\*+|\[[a-z]\]|[cx]", re.I)

NOT_A_NUMBER = "is not a number. Write a figure, such as 52 or 39/40, or leave the cell empty"
HIDDEN_NUMBER = "is a hidden small number, not a figure. Write the figure itself, or leave the cell empty"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, or two parts of which the value is worked out (then `value` is None)."""

    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    is_percent: bool = False
    places: int = 0


def read_figure(words: str) -> Figure | None:
    """The figure that is written, None for a cell that says there is none.

    Raises ValueError; its text goes on from the words themselves: "“abc” is not a number. Write ...".
    """
    text = " ".join(words.split())
    if text.casefold() in BLANK:
        return None
    if HIDDEN.fullmatch(text):
        raise ValueError(f"“{text}” {HIDDEN_NUMBER}")
    found = PARTS.fullmatch(text)
    if (
        found
        and (part := _number(found["part"])) is not None
        and (whole := _number(found["whole"])) is not None
    ):
        return Figure(None, part, whole)
    found = PLAIN.fullmatch(text)
    number = _number(found["number"]) if found else None
    if number is None:
        raise ValueError(f"“{text[:80]}” {NOT_A_NUMBER}")
    return Figure(_rounded(number), is_percent=bool(found["percent"]), places=_places(found["number"]))


def figure_of(value: object, text: str) -> Figure | None:
    """A cell's figure: a number keeps more places than its format shows. Raises ValueError."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return read_figure(text)
    if abs(value) >= MOST:
        raise ValueError(f"“{text[:80]}” {NOT_A_NUMBER}")
    number = Decimal(str(value))
    percent = text.endswith("%")
    places = _places(text.rstrip("%"))
    return Figure(_rounded(number * 100 if percent else number), is_percent=percent, places=places)


def _number(words: str) -> Decimal | None:
    plain = words.replace(",", "").replace(" ", "").replace("−", "-").replace("–", "-")
    digits = plain.strip("+-.")
    return Decimal(plain) if digits and len(digits) <= MOST_DIGITS else None


def _rounded(number: Decimal) -> Decimal:
    return number.quantize(PLACES)


def _places(words: str) -> int:
    """The decimal places that are written, four at most."""
    fraction = words.partition(".")[2].rstrip("0")
    return min(4, len(fraction))
