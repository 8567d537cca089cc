from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.periods import first_period, is_old, next_period, period_words

JANUARY_TO_MARCH = (date(2020, 1, 1), date(2020, 3, 31))


@pytest.mark.parametrize(
    ("starts", "ends", "following"),
    [
        (*JANUARY_TO_MARCH, (date(2020, 4, 1), date(2020, 6, 30))),
        (date(2019, 12, 1), date(2020, 2, 29), (date(2020, 3, 1), date(2020, 5, 31))),
        (date(2020, 1, 1), date(2020, 1, 31), (date(2020, 2, 1), date(2020, 2, 29))),
        (date(2020, 1, 6), date(2020, 1, 12), (date(2020, 1, 13), date(2020, 1, 19))),
        (date(2020, 1, 6), date(2020, 1, 6), (date(2020, 1, 7), date(2020, 1, 7))),
    ],
)
def test_the_period_that_follows(starts, ends, following):
    assert next_period(starts, ends) == following


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 800))
def test_periods_follow_without_a_gap_and_are_in_order(starts, days):
    ends = starts + timedelta(days)
    following = next_period(starts, ends)
    assert following[0] == ends + timedelta(1)
    assert following[0] <= following[1]


@pytest.mark.parametrize(
    ("starts", "ends", "last_fine_day"),
    [
        (*JANUARY_TO_MARCH, date(2020, 6, 30)),
        (date(2020, 1, 6), date(2020, 3, 30), date(2020, 6, 23)),
        (date(2020, 1, 6), date(2020, 1, 12), date(2020, 2, 9)),
    ],
)
def test_it_is_old_once_a_whole_further_period_has_gone_by(starts, ends, last_fine_day):
    assert not is_old(starts, ends, last_fine_day)
    assert is_old(starts, ends, last_fine_day + timedelta(1))


def test_the_first_period_is_the_last_three_whole_months():
    assert first_period(date(2026, 2, 22)) == (date(2025, 11, 1), date(2026, 1, 31))


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        (*JANUARY_TO_MARCH, "January to March 2020"),
        (date(2019, 12, 1), date(2020, 2, 29), "December 2019 to February 2020"),
        (date(2020, 3, 1), date(2020, 3, 31), "March 2020"),
        (date(2020, 1, 6), date(2020, 3, 30), "6 January to 30 March 2020"),
        (date(2019, 12, 6), date(2020, 3, 30), "6 December 2019 to 30 March 2020"),
        (date(2020, 3, 30), date(2020, 3, 30), "30 March 2020"),
    ],
)
def test_a_period_in_words(starts, ends, words):
    assert period_words(starts, ends) == words
