"""Reporting periods: which one follows, and whether the last is too long ago."""

from calendar import monthrange
from datetime import date, timedelta

from impact.months import month_of, month_words, months_after

DAY = timedelta(days=1)
# A narrative of a single week does not make a board ask for one every week.
SHORTEST = timedelta(days=28)


def is_whole_months(starts: date, ends: date) -> bool:
    return starts.day == 1 and ends == last_day(ends)


def last_day(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def next_period(starts: date, ends: date) -> tuple[date, date]:
    """The period of the same length right after: as many months, or else as many days."""
    if is_whole_months(starts, ends):
        months = (ends.year - starts.year) * 12 + ends.month - starts.month
        return ends + DAY, last_day(months_after(month_of(ends + DAY), months))
    return ends + DAY, ends + DAY + (ends - starts)


def first_period(today: date) -> tuple[date, date]:
    """The last three whole months."""
    return months_after(month_of(today), -3), month_of(today) - DAY


def is_old(starts: date, ends: date, today: date) -> bool:
    """Whether a whole further period has gone by since it ended."""
    following = next_period(starts, ends)[1]
    return today > max(following, ends + SHORTEST)


def period_words(starts: date, ends: date) -> str:
    """Such as "January to March 2020", "March 2020", "6 January to 30 March 2020"."""
    if is_whole_months(starts, ends):
        if month_of(starts) == month_of(ends):
            return month_words(starts)
        first = f"{starts:%B}" if starts.year == ends.year else month_words(starts)
        return f"{first} to {month_words(ends)}"
    first = f"{starts.day} {starts:%B}" if starts.year == ends.year else _day_words(starts)
    return _day_words(ends) if starts == ends else f"{first} to {_day_words(ends)}"


def _day_words(day: date) -> str:
    return f"{day.day} {month_words(day)}"
