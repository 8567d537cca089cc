from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.keeping import years_later


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2026, 11, 22), 10, date(2036, 11, 22)),
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(9990, 12, 31), 100, date(9999, 12, 31)),
    ],
)
def test_the_same_day_years_on(day, years, expected):
    assert years_later(day, years) == expected


@given(st.dates(max_value=date(9899, 12, 31)), st.integers(1, 100))
def test_never_a_day_more_than_so_many_years(day, years):
    later = years_later(day, years)
    assert (later.year - day.year, later.month) == (years, day.month)
    assert 0 <= day.day - later.day <= 1
