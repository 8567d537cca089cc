"""Months as people write them at the head of a table."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.month_words import in_years, month_from, read_bare_month, read_month, read_years


@pytest.mark.parametrize(
    "words",
    [
        "Apr-17", "Apr 17", "apr-2017", "April 2017", "APRIL 2017", "Apr '17", "April, 2017", "Apr_17",
        "Apr.17",
        "2017-04", "2017-04-01", "2017/04", "2017 April", "01/04/2017", "30.4.17", "04/2017", "30 April 2017",
        "30th Apr 2017", "as at 30 April 2017", "End of April 2017", "Month ending 30/04/2017",
        "April 2017 (provisional)", " Apr-17 ", "2017-04-01 00:00:00",
    ],
)  # fmt: skip
def test_a_month_in_words(words):
    assert read_month(words) == date(2017, 4, 1)


@pytest.mark.parametrize(
    "words",
    ["", "April", "17", "2017", "Q1 2017", "2017/18", "April 2017 to May 2017", "13/2017", "CLA",
     "Mayor 2017", "April 2017 was a difficult month for all of the teams", "99/99/2017"],
)  # fmt: skip
def test_words_that_are_no_month(words):
    assert read_month(words) is None


@pytest.mark.parametrize(
    ("value", "text", "month"),
    [
        (date(2020, 3, 31), "31 March 2020", date(2020, 3, 1)),
        (datetime(2020, 3, 31, 9), "31 March 2020 09:00", date(2020, 3, 1)),
        ("Jan-1900", "Jan-1900", date(1900, 1, 1)),
        ("Dec 99", "Dec 99", date(1999, 12, 1)),
        (43921, "43921", None),
    ],
)
def test_a_month_of_a_cell(value, text, month):
    assert month_from(value, text) == month


@given(
    st.dates(date(1990, 1, 1), date(2069, 12, 31)), st.sampled_from(["%b-%y", "%B %Y", "%Y-%m", "%d/%m/%Y"])
)
def test_every_month_is_read_back(day, pattern):
    assert read_month(day.strftime(pattern)) == day.replace(day=1)


@given(st.dates(date(1990, 1, 1), date(2069, 12, 31)), st.sampled_from([*"-/. ,'", "", " of "]))
def test_the_quick_look_at_a_cell_passes_every_month(day, between):
    for pattern in ("%b#%y", "%d#%B#%Y", "%Y#%b", "%Y#%m", "%m#%Y", "as at %d#%m#%y", "%d %B#%Y (late)"):
        words = day.strftime(pattern.replace("#", between))
        assert month_from(words, words) == read_month(words)


@given(st.text(max_size=60))
def test_no_words_are_too_much(words):
    assert read_month(words) is None or read_month(words).day == 1


@pytest.mark.parametrize(
    ("words", "month"),
    [("Apr", 4), ("September", 9), ("Sept.", 9), ("may", 5), ("M4", None), ("Apr-17", None)],
)
def test_a_month_without_its_year(words, month):
    assert read_bare_month(words) == month


@pytest.mark.parametrize(
    ("words", "years"),
    [("2019/20", (2020, 2019)), ("Year 2019-2020", (2020, 2019)), ("2019", (2019, 2019)), ("Children", None)],
)
def test_the_years_that_words_say(words, years):
    assert read_years(words) == years


def test_a_financial_year_ends_in_march():
    assert [in_years(month, (2020, 2019)) for month in (4, 12, 1, 3)] == [
        date(2019, 4, 1), date(2019, 12, 1), date(2020, 1, 1), date(2020, 3, 1),
    ]  # fmt: skip
