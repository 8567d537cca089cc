"""A year of meeting days from a rhythm."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.rhythm import (
    Partners,
    Rhythm,
    bank_holiday,
    meeting_days,
    propose_year,
    times_asked,
    weekday_of_month,
)

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
MONTHLY = st.sampled_from([Rhythm.SAME_WEEK, Rhythm.LAST_WEEK])


@pytest.mark.parametrize(
    ("first", "rhythm", "begins", "ends", "number"),
    [
        (date(2026, 1, 13), "same_week", [date(2026, 1, 13), date(2026, 2, 10)], date(2026, 12, 8), 12),
        (date(2026, 1, 1), "last_week", [date(2026, 1, 29), date(2026, 2, 26)], date(2026, 12, 31), 12),
        # A fifth Thursday is taken for the last one: most months have four.
        (date(2026, 1, 29), "same_week", [date(2026, 1, 29), date(2026, 2, 26)], date(2026, 12, 31), 12),
        (date(2026, 1, 29), "four_weeks", [date(2026, 1, 29), date(2026, 2, 26)], date(2026, 12, 31), 13),
        (date(2026, 1, 29), "six_weeks", [date(2026, 1, 29), date(2026, 3, 12)], date(2026, 12, 31), 9),
        (date(2024, 2, 29), "four_weeks", [date(2024, 2, 29), date(2024, 3, 28)], date(2025, 1, 30), 13),
    ],
)
def test_a_year_of_days(first, rhythm, begins, ends, number):
    days = meeting_days(first, Rhythm(rhythm))
    assert (days[:2], days[-1], len(days)) == (begins, ends, number)


@given(first=DAYS, rhythm=st.sampled_from(Rhythm))
def test_days_are_in_order_within_the_year_on_one_weekday(first, rhythm):
    days = meeting_days(first, rhythm)
    assert days == sorted(set(days))
    assert first <= days[0]
    assert days[-1] < first + timedelta(366)
    assert {day.weekday() for day in days} == {first.weekday()}


@given(first=DAYS, rhythm=MONTHLY)
def test_monthly_meets_once_in_each_month_of_a_year(first, rhythm):
    days = meeting_days(first, rhythm)
    assert [day.month for day in days] == [(first.month + past - 1) % 12 + 1 for past in range(12)]
    assert all(21 <= (later - earlier).days <= 42 for earlier, later in pairwise(days))


@given(first=DAYS)
def test_the_last_is_within_a_week_of_the_months_end(first):
    assert all((day + timedelta(7)).month != day.month for day in meeting_days(first, Rhythm.LAST_WEEK))


@given(first=DAYS, rhythm=st.sampled_from([Rhythm.FOUR_WEEKS, Rhythm.SIX_WEEKS]))
def test_by_weeks_it_is_as_many_weeks_each_time(first, rhythm):
    days = meeting_days(first, rhythm)
    weeks = {Rhythm.FOUR_WEEKS: 4, Rhythm.SIX_WEEKS: 6}[rhythm]
    assert days[0] == first
    assert {(later - earlier).days for earlier, later in pairwise(days)} == {7 * weeks}


@given(year=st.integers(1990, 2090), month=st.integers(1, 12), weekday=st.integers(0, 6))
def test_the_nth_weekday_lies_in_the_nth_seven_days(year, month, weekday):
    days = [weekday_of_month(year, month, weekday, week) for week in range(4)]
    assert [(day.day - 1) // 7 for day in days] == [0, 1, 2, 3]
    assert {day.weekday() for day in days} == {weekday}


@pytest.mark.parametrize(
    ("partners", "expected"),
    [
        ("none", [False, False, False, False]),
        ("first", [True, False, True, False]),
        ("second", [False, True, False, True]),
    ],
)
def test_partners_come_to_every_second_meeting(partners, expected):
    proposed = propose_year(date(2026, 1, 13), Rhythm.SAME_WEEK, Partners(partners))
    assert [each.with_partners for each in proposed[:4]] == expected


def test_a_bank_holiday_among_the_days_is_named():
    proposed = propose_year(date(2026, 1, 26), Rhythm.LAST_WEEK)
    named = {each.on: each.holiday for each in proposed if each.holiday}
    assert list(named) == [date(2026, 5, 25), date(2026, 8, 31), date(2026, 12, 28)]
    assert "Spring" in named[date(2026, 5, 25)]
    assert bank_holiday(date(2026, 5, 26)) == ""


@pytest.mark.parametrize(
    ("raised", "day", "times"),
    [
        (date(2026, 1, 13), date(2026, 1, 13), 1),
        (date(2026, 1, 13), date(2026, 3, 10), 3),
        (date(2026, 1, 14), date(2026, 3, 10), 2),
        (date(2026, 3, 11), date(2026, 3, 10), 0),
    ],
)
def test_a_question_comes_up_at_each_meeting_from_the_day_it_is_raised(raised, day, times):
    meetings = [date(2026, 1, 13), date(2026, 2, 10), date(2026, 3, 10), date(2026, 4, 14)]
    assert times_asked(raised, meetings, day) == times
