"""The day that a workbook says it speaks of."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.dates.stated import stated_days


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("V 3 14 October 2024", date(2024, 10, 14)),
        ("Version 2.1, 1/2/2024", date(2024, 2, 1)),
        ("14 October 2024", date(2024, 10, 14)),
        ("Last updated: 3rd Feb 2024", date(2024, 2, 3)),
        ("Position as at March 2024", date(2024, 3, 31)),
        ("Harbour plan: position at 14 October 2024", date(2024, 10, 14)),
        ("Harbour plan 2024 – ratings as at Monday 14/10/2024", date(2024, 10, 14)),
        ("Harbour plan, last updated on the 3rd of February 2024", date(2024, 2, 3)),
        ("Answer to the visit at 14 October 2024", None),
        ("Plan of work, position at 4 May 2024 and 4 June 2024", None),
        ("March 2024", None),
        ("2024/25", None),
        ("6 January – 30 March 2020", None),
        ("Answer to the inspection of 14 March 2022", None),
        ("Written January 2023", None),
        ("From 5 January 2026", None),
        ("Updated", None),
    ],
)
def test_a_title_row_states_a_day_where_it_says_little_else(title, day):
    assert stated_days([title], []) == ({day} if day else set())


@pytest.mark.parametrize(
    ("heading", "day"),
    [
        ("Progress at March 2024", date(2024, 3, 31)),
        ("Update 14/3/24", date(2024, 3, 14)),
        ("Progress", None),
        ("Progress March to May 2024", None),
        ("Progress in 2024", None),
    ],
)
def test_a_heading_of_progress_states_a_day(heading, day):
    assert stated_days([], [heading]) == ({day} if day else set())


@given(st.text())
def test_any_words_can_be_asked(words):
    assert all(isinstance(day, date) for day in stated_days([words], [words]))
