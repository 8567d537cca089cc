"""Text that may name a child, a family or a case: found so that a person is asked, never changed by itself.

The check digit of an NHS number: digits weighted 10 to 2, modulo 11 (NHS Data Dictionary).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plans.dates.words import MONTH_NUMBER

YOUNGEST_DAYS, OLDEST_YEARS = 550, 26


class Looks(StrEnum):
    """What a piece of text looks like, as it is said to the writer."""

    NHS = "an NHS number"
    BIRTH = "a date of birth"
    CASE = "a case number"
    PUPIL = "a pupil number"
    PERSON = "one child, parent or family"
    AGE = "one child’s age"
    POSTCODE = "a postcode"


@dataclass(frozen=True, slots=True)
class Suspect:
    """A piece of the text and what it looks like; `start` is its place in the text."""

    words: str
    looks: Looks
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.words)


SHORT_MONTHS = "|".join(MONTH_NUMBER)
NHS = re.compile(r"(?<!\d)\d{3}([ -]?)\d{3}\1\d{4}(?!\d)")
PUPIL = re.compile(r"\b[A-HJ-NP-RT-Z]\d{11}[\dA-Z]\b")
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
DAY = (
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{SHORT_MONTHS})[a-z]*,? \d{{4}})"
)
ANY_DAY = re.compile(rf"(?<![\d/.-]){DAY}(?![\d/-])", re.IGNORECASE)
SAID_BORN = re.compile(
    rf"\b(?:d\.?o\.?b\b\.?|date of birth|born(?: on)?)[ :,-]*(?:the )?{DAY}", re.IGNORECASE
)
NUMBERED = re.compile(
    r"\b(?:case|client|person|family|child|file|record|lcs|ehm|ehms|id|ref|reference|crn|urn|number)"
    r"(?: (?:id|number|no|ref|reference)\b\.?)? ?[:#]? ?(?!(?:19|20)\d\d\b)[a-z]{0,4}[-/]?\d{4,}\b",
    re.IGNORECASE,
)
LONG_NUMBER = re.compile(r"(?<![\d£$.,/-])\d{6,12}(?![\d%-]|[.,]\d)")
LETTERED = re.compile(r"\b[A-Z]{1,4}[-/]?\d{5,}\b")
YOUNG = "child|young person|yp|sibling|brother|sister|baby|boy|girl"
PEOPLE = f"{YOUNG}|mother|mum|father|dad|parent|carer|family|case"
LETTER_FOR = re.compile(rf"\b(?i:{PEOPLE}) (?!I\b)[A-Z]\b(?![\w&’'-])")
INITIALS = re.compile(r"\b(?!(?:U\.K|U\.S|N\.B|A\.M|P\.M|P\.S)\.)[A-Z]\.[A-Z]\.(?!\w)")
SEVERAL = r"(?<!children )(?<!people )(?<!those )(?<!pupils )(?<!babies )(?<!boys )(?<!girls )(?<!all )"
AGED = re.compile(
    rf"\b{SEVERAL}aged? (?:of )?\d{{1,2}}\b(?! ?(?:[-–+%/]|to\b|and\b|or\b|weeks? or|years? (?:and|or|to)))",
    re.IGNORECASE,
)
YEARS_OLD = re.compile(r"\b\d{1,2}[- ](?:year|month|week)s?[- ]old\b(?!s)", re.IGNORECASE)


def find_identifiers(text: str, today: date) -> list[Suspect]:
    """What in the text looks as if it named somebody, in its order; no two overlap."""
    found: list[Suspect] = []
    taken = bytearray(len(text))
    for suspect in _all(text, today):
        place = slice(suspect.start, suspect.end)
        if not any(taken[place]):
            taken[place] = b"\1" * len(suspect.words)
            found.append(suspect)
    return sorted(found, key=lambda suspect: suspect.start)


def is_nhs_number(digits: str) -> bool:
    """Ten digits of which the last checks the others."""
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()) or len({*digits}) == 1:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[9])


def _all(text: str, today: date) -> Iterator[Suspect]:
    """The surest first: where two overlap, the earlier one counts."""
    for match in NHS.finditer(text):
        if is_nhs_number(re.sub(r"\D", "", match[0])):
            yield Suspect(match[0], Looks.NHS, match.start())
    yield from _matches(text, Looks.BIRTH, SAID_BORN)
    for match in ANY_DAY.finditer(text):
        if _is_of_a_child(_day_of(match[0]), today):
            yield Suspect(match[0], Looks.BIRTH, match.start())
    yield from _matches(text, Looks.PUPIL, PUPIL)
    yield from _matches(text, Looks.CASE, NUMBERED, LETTERED, LONG_NUMBER)
    yield from _matches(text, Looks.POSTCODE, POSTCODE)
    yield from _matches(text, Looks.PERSON, LETTER_FOR, INITIALS)
    yield from _matches(text, Looks.AGE, AGED, YEARS_OLD)


def _matches(text: str, looks: Looks, *patterns: re.Pattern[str]) -> Iterator[Suspect]:
    for pattern in patterns:
        for match in pattern.finditer(text):
            yield Suspect(match[0], looks, match.start())


def _day_of(words: str) -> date | None:
    parts = re.findall(r"\d+|[a-z]{3,}", words.lower())
    months = [MONTH_NUMBER[part[:3]] for part in parts if part[:3] in MONTH_NUMBER]
    numbers = [int(part) for part in parts if part.isdecimal()]
    if months:
        day, month, year = numbers[0], months[0], numbers[-1]
    else:
        day, month, year = numbers if len(parts[0]) < 4 else numbers[::-1]
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def _is_of_a_child(day: date | None, today: date) -> bool:
    """A whole day long enough ago that a report would seldom mention it, within a young life."""
    return day is not None and YOUNGEST_DAYS <= (today - day).days <= OLDEST_YEARS * 366
