"""Months as people write them at the head of a table: "Apr-17", "April 2017", "31/03/2020", "2020-03"."""

import re
from datetime import date
from functools import lru_cache

NAMES = (
    "jan(?:uary)?",
    "feb(?:ruary)?",
    "mar(?:ch)?",
    "apr(?:il)?",
    "may",
    "june?",
    "july?",
    "aug(?:ust)?",
    "sept?(?:ember)?",
    "oct(?:ober)?",
    "nov(?:ember)?",
    "dec(?:ember)?",
)
NAME = "|".join(f"(?P<m{n}>{name})" for n, name in enumerate(NAMES, 1))
BEFORE = r"(?:(?:as at|at|to|month|m/e|end(?:ing)?|of|the|w/e)\s+)*"
DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?[\s\-/.]+)?"
LONGEST = 40

NAMED = re.compile(rf"{BEFORE}{DAY}(?:{NAME})\.?[\s\-/'’‘,._]*(?P<year>\d{{4}}|\d{{2}})", re.IGNORECASE)
YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})[\s\-/._]+(?:{NAME})", re.IGNORECASE)
NUMBERS = (
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})(?:[-/.]\d{1,2})?(?:[ T]00:00(?::00)?)?"),
    re.compile(BEFORE + r"\d{1,2}[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4}|\d{2})", re.IGNORECASE),
    re.compile(r"(?P<month>\d{1,2})[/.-](?P<year>\d{4})"),
)
BARE = re.compile(rf"(?:{NAME})\.?", re.IGNORECASE)
STARTS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# What every month with its year holds: a quick look before the patterns.
TWO_DIGITS = re.compile(r"\d\d")
DATE_OR_NAME = re.compile(rf"\d[-/.]\d|{'|'.join(STARTS)}", re.IGNORECASE)
REMARK = re.compile(r"\s*\([^)]*\)\s*$")
YEAR = re.compile(r"\b(?P<first>(?:19|20)\d{2})(?:\s*[-/–]\s*(?P<second>\d{4}|\d{2}))?\b")


def month_from(value: object, text: str) -> date | None:
    """The first day of the month that a cell says, whether it holds a date or words; else None."""
    if isinstance(value, str):
        may_be = len(text) <= LONGEST and TWO_DIGITS.search(text) and DATE_OR_NAME.search(text)
        return read_month(text) if may_be else None
    return date(value.year, value.month, 1) if isinstance(value, date) else None


@lru_cache(maxsize=4096)
def read_month(words: str) -> date | None:
    """The first day of the month, None where the words are no month with its year."""
    text = REMARK.sub("", words[: LONGEST + 1].strip())
    if not text or len(text) > LONGEST:
        return None
    for pattern in (NAMED, YEAR_FIRST, *NUMBERS):
        found = pattern.fullmatch(text)
        if found:
            return _month(found)
    return None


def may_be_bare(words: str) -> bool:
    """A quick look before `read_bare_month`."""
    return words.lstrip()[:3].casefold() in STARTS


def read_bare_month(words: str) -> int | None:
    """1 to 12 for the name of a month with no year beside it."""
    found = BARE.fullmatch(words.strip())
    return _named(found) if found else None


def read_years(words: str) -> tuple[int, int] | None:
    """The year of January and that of April: (2020, 2019) for "2019/20", (2019, 2019) for "2019"."""
    found = YEAR.search(words)
    if found is None:
        return None
    first = int(found["first"])
    return (first + 1, first) if found["second"] else (first, first)


def in_years(month: int, years: tuple[int, int]) -> date:
    """The month, of the years that `read_years` gives."""
    return date(years[0] if month < 4 else years[1], month, 1)


def _month(found: re.Match) -> date | None:
    year = int(found["year"])
    year += 0 if year > 99 else 2000 if year < 70 else 1900
    month = int(found["month"]) if "month" in found.re.groupindex else _named(found)
    return date(year, month, 1) if 1 <= month <= 12 and 1800 <= year <= 2200 else None


def _named(found: re.Match) -> int:
    return next(n for n in range(1, 13) if found[f"m{n}"])
