"""Statutory clocks, counted in the working days of England."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.clocks import add_months, add_working_days, is_working_day, read_clocks, working_days_between

DAYS = st.dates(date(2000, 1, 1), date(2080, 1, 1))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
        (date(2026, 12, 25), False),
        # Boxing Day of 2026 is a Saturday, so that Monday is the bank holiday.
        (date(2026, 12, 28), False),
        # Scotland's second of January is an ordinary day in England.
        (date(2024, 1, 2), True),
        # Good Friday, and the day of the coronation.
        (date(2026, 4, 3), False),
        (date(2023, 5, 8), False),
    ],
)
def test_working_days(day, works):
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("start", "due"),
    [
        # 14 weeks and no bank holiday between.
        (date(2026, 9, 1), date(2026, 12, 8)),
        # Christmas, Boxing Day and New Year take three days more.
        (date(2026, 11, 2), date(2027, 2, 11)),
        # Received on a Saturday: the count starts on Monday.
        (date(2026, 8, 1), date(2026, 11, 9)),
    ],
)
def test_an_action_plan_is_due_in_70_working_days(start, due):
    [reading] = read_clocks("ofsted", start, {}, start)
    assert (reading.due, reading.words) == (due, "70 working days left")


@given(DAYS, st.integers(0, 150))
def test_counting_back_gives_the_number(start, number):
    end = add_working_days(start, number)
    assert working_days_between(start, end) == number
    assert number == 0 or is_working_day(end)


@given(DAYS, st.integers(0, 30))
def test_months_later_is_the_same_day_or_the_last(start, number):
    later = add_months(start, number)
    assert (later.year * 12 + later.month) - (start.year * 12 + start.month) == number
    assert later.day == start.day or (later + timedelta(1)).day == 1


@pytest.mark.parametrize(
    ("stops", "today", "words", "overdue"),
    [
        ({}, date(2026, 12, 7), "1 working day left", False),
        ({}, date(2026, 12, 8), "due today", False),
        ({}, date(2026, 12, 11), "3 days overdue", True),
        ({"plan": [date(2026, 12, 1)]}, date(2026, 12, 11), "done in time", False),
        ({"plan": [date(2026, 12, 10)]}, date(2026, 12, 11), "done, 2 days late", False),
        # What was done after the day shown was not done by then.
        ({"plan": [date(2026, 12, 10)]}, date(2026, 12, 9), "1 day overdue", True),
    ],
)
def test_where_the_clock_of_an_action_plan_stands(stops, today, words, overdue):
    [reading] = read_clocks("ofsted", date(2026, 9, 1), stops, today)
    assert (reading.words, reading.is_overdue) == (words, overdue)


@pytest.mark.parametrize(
    ("met", "today", "due", "words"),
    [
        ([], date(2026, 2, 1), date(2026, 2, 28), "27 days left"),
        ([date(2026, 2, 20)], date(2026, 3, 1), date(2026, 8, 20), "172 days left"),
        ([date(2026, 2, 20), date(2026, 8, 31)], date(2027, 3, 2), date(2027, 2, 28), "2 days overdue"),
    ],
)
def test_a_review_comes_again_every_six_months(met, today, due, words):
    [reading] = read_clocks("dfe", date(2025, 8, 31), {"review": met}, today)
    assert (reading.due, reading.words) == (due, words)


@pytest.mark.parametrize("kind", ["peer", "practice", "monitoring", "other"])
def test_other_reviews_set_no_clock(kind):
    assert read_clocks(kind, date(2026, 9, 1), {}, date(2026, 9, 2)) == []
