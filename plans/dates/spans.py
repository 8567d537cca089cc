"""Stretches of the calendar that a written date can mean: a day, a part of a month, a quarter, a year."""

import calendar
from dataclasses import dataclass
from datetime import date

CENTURY_TURNS = 70
EARLY, MIDDLE, END = 10, 15, 31
DAY_IN_MONTH = {
    "early": EARLY,
    "start": EARLY,
    "beginning": EARLY,
    "mid": MIDDLE,
    "1st half": MIDDLE,
    "1st week": 7,
    "2nd week": 14,
    "3rd week": 21,
    "4th week": 28,
}
EARLY_PARTS = frozenset({"early", "start", "beginning"})


@dataclass(frozen=True, slots=True)
class Mention:
    """`months` months from `month`, or one `day`, found at text[start:end]; `year` None where unsaid."""

    start: int
    end: int
    year: int | None
    month: int
    months: int = 1
    day: int | None = None
    part: str = ""
    easter: bool = False

    def first_day(self, year: int) -> date | None:
        """The first day the words can mean in that year."""
        if self.easter:
            return easter_sunday(year)
        return real_day(year, self.month, self.day or 1)

    def last_day(self, year: int) -> date | None:
        """The latest day the words can mean in that year, None when there is no such day."""
        if self.easter:
            return easter_sunday(year)
        if self.day is not None:
            return real_day(year, self.month, self.day)
        if self.months == 1:
            return _in_month(year, self.month, DAY_IN_MONTH.get(self.part, END))
        return self._in_several_months(year)

    def _in_several_months(self, year: int) -> date:
        if self.part in EARLY_PARTS:
            return _month_end(year, self.month, max(1, self.months // 4))
        if self.part in {"mid", "1st half"} and self.months == 3:
            return _in_month(*_shifted(year, self.month, 1), MIDDLE)
        if self.part in {"mid", "1st half"}:
            return _month_end(year, self.month, self.months // 2)
        return _month_end(year, self.month, self.months)


def real_day(year: int, month: int, day: int) -> date | None:
    """That day, None when the calendar has no such day."""
    if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]:
        return date(year, month, day)
    return None


def _shifted(year: int, month: int, months: int) -> tuple[int, int]:
    years, index = divmod(month - 1 + months, 12)
    return year + years, index + 1


def _in_month(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _month_end(year: int, month: int, months: int) -> date:
    return _in_month(*_shifted(year, month, months - 1), END)


def easter_sunday(year: int) -> date:
    """Easter Sunday by the Gregorian rule (Butcher's method, in Meeus, Astronomical Algorithms)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    corrected = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - century // 4 - corrected + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def full_year(digits: str) -> int:
    """A year of two or four digits as a full one: 23 is 2023, 98 is 1998."""
    year = int(digits)
    if year >= 100:
        return year
    return year + (2000 if year < CENTURY_TURNS else 1900)


def split_year(words: str) -> tuple[int, int] | None:
    """The two years of "2023/24", "23/24" or "2023 - 2024", None when the second is not later."""
    first, _, second = words.replace("-", "/").replace(" ", "").partition("/")
    start = full_year(first)
    end = int(second) if len(second) == 4 else start // 100 * 100 + int(second)
    if len(second) == 2 and end < start:
        end += 100
    return (start, end) if start < end <= start + 10 else None
