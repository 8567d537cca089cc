from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.frequency import Every, next_due, read_frequency


@pytest.mark.parametrize(
    ("words", "every"),
    [
        ("Monthly", Every(months=1)),
        ("each month, at the clinic", Every(months=1)),
        ("Weekly", Every(days=7)),
        ("Fortnightly", Every(days=14)),
        ("6 weekly", Every(days=42)),
        ("every six weeks", Every(days=42)),
        ("12-weekly", Every(days=84)),
        ("Quarterly", Every(months=3)),
        ("Every 2 months", Every(months=2)),
        ("bi-monthly", Every(months=2)),
        ("Half-yearly", Every(months=6)),
        ("twice a year", Every(months=6)),
        ("six-monthly", Every(months=6)),
        ("Three times a year", Every(months=4)),
        ("Termly", Every(months=4)),
        ("Annual", Every(months=12)),
        ("Daily", Every(days=1)),
        ("Weekly, with a monthly summary", Every(days=7)),
        ("as needed", None),
        ("0 weeks", None),
        ("every 9999 weeks", None),
        ("", None),
    ],
)
def test_a_rhythm_is_read_from_words(words, every):
    assert read_frequency(words) == every


@pytest.mark.parametrize(
    ("words", "last", "due"),
    [
        ("monthly", date(2026, 1, 31), date(2026, 2, 28)),
        ("quarterly", date(2026, 11, 30), date(2027, 2, 28)),
        ("annual", date(2028, 2, 29), date(2029, 2, 28)),
        ("6 weekly", date(2026, 1, 1), date(2026, 2, 12)),
        ("when asked", date(2026, 1, 1), None),
    ],
)
def test_when_it_is_due_again(words, last, due):
    assert next_due(words, last) == due


rhythms = st.one_of(st.builds(Every, months=st.integers(1, 60)), st.builds(Every, days=st.integers(1, 400)))


@given(rhythms, st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_the_next_is_always_later_and_within_the_rhythm(every, day):
    later = every.after(day)
    assert 0 < (later - day).days <= every.days + every.months * 31
    assert later.day <= day.day or every.days
