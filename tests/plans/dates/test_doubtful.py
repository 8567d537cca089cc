import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.dates import is_unreadable, no_such_day, parse_target, target_from_day


@pytest.mark.parametrize("text", ["gibberish", "soonish", "???", "the third floor", "Manager to look at it"])
def test_words_in_which_nothing_can_be_read(text):
    assert is_unreadable(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "Ongoing", "TBC", "tbc - with partners", "When signed off", "N/A", "Every quarter", "No date"),
        *("From May 2026", "After the inspection", "As required", "End of March 2026", "Complete"),
    ],
)
def test_words_for_a_day_or_for_none(text):
    assert not is_unreadable(text)


@pytest.mark.parametrize(
    ("text", "there_is_none"),
    [
        ("30/2/2027", True),
        ("31st of September 2026", True),
        ("1 May 2026, then 31 June 2026", True),
        ("32 January 2026", True),
        ("by 45th March 2026", True),
        ("29 February 2028", False),
        ("29 February", False),
        ("end of February 2027", False),
        ("Q5 2027", False),
        ("gibberish", False),
    ],
)
def test_a_day_that_no_calendar_has(text, there_is_none):
    assert no_such_day(text) is there_is_none


@given(st.dates())
def test_a_real_day_is_never_doubted(day):
    words = target_from_day(day).text
    if parse_target(words).due == day:
        assert not is_unreadable(words)
        assert not no_such_day(words)


@given(st.text())
def test_any_text_can_be_asked_about(text):
    assert is_unreadable(text) in (True, False)
    assert no_such_day(text) in (True, False)
