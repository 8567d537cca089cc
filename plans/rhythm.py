"""A year of meeting days from a rhythm, and the bank holidays of England among them."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import holidays

WEEKS_IN_A_YEAR = 52
FIFTH = 4


class Rhythm(StrEnum):
    SAME_WEEK = "same_week"
    LAST_WEEK = "last_week"
    FOUR_WEEKS = "four_weeks"
    SIX_WEEKS = "six_weeks"


WEEKS = {Rhythm.FOUR_WEEKS: 4, Rhythm.SIX_WEEKS: 6}


class Partners(StrEnum):
    """Which meetings are with partners: none, or every second one from the first or from the second."""

    NONE = "none"
    FROM_FIRST = "first"
    FROM_SECOND = "second"


@dataclass(frozen=True, slots=True)
class Proposed:
    """`holiday` names the bank holiday that the day is, or is ""."""

    on: date
    with_partners: bool
    holiday: str


def propose_year(first: date, rhythm: Rhythm, partners: Partners = Partners.NONE) -> list[Proposed]:
    """The meetings of a year from `first`."""
    offset = {Partners.FROM_FIRST: 0, Partners.FROM_SECOND: 1}.get(partners)
    return [
        Proposed(day, offset is not None and place % 2 == offset, bank_holiday(day))
        for place, day in enumerate(meeting_days(first, rhythm))
    ]


def meeting_days(first: date, rhythm: Rhythm) -> list[date]:
    """The days of a year from `first` and on its weekday, in order.

    By the month there are twelve: in the same week of the month as `first`, a fifth one taken for the last,
    or in the last week, which may begin some days after `first`. By weeks, those of 52 weeks.
    """
    if rhythm in WEEKS:
        weeks = WEEKS[rhythm]
        return [first + timedelta(weeks=past) for past in range(0, WEEKS_IN_A_YEAR, weeks)]
    week = (first.day - 1) // 7
    is_last = rhythm == Rhythm.LAST_WEEK or week == FIFTH
    return [weekday_of_month(*month, first.weekday(), -1 if is_last else week) for month in _months(first)]


def weekday_of_month(year: int, month: int, weekday: int, week: int) -> date:
    """Such as the second Tuesday: `weekday` counts from Monday 0, `week` from 0; -1 is the last."""
    length = calendar.monthrange(year, month)[1]
    start = (weekday - date(year, month, 1).weekday()) % 7 + 1
    return date(year, month, list(range(start, length + 1, 7))[week])


def bank_holiday(day: date) -> str:
    """The name of the bank holiday of England that the day is; "" for none."""
    return holidays.country_holidays("GB", subdiv="ENG", years=day.year).get(day) or ""


def times_asked(raised_on: date, meetings: list[date], day: date) -> int:
    """At how many of these meetings a question raised on a day has come up, that of `day` among them."""
    return sum(raised_on <= each <= day for each in meetings)


def _months(first: date) -> Iterator[tuple[int, int]]:
    for number in range(first.month - 1, first.month + 11):
        yield first.year + number // 12, number % 12 + 1
