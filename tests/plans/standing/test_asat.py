from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.standing import AsAt, shown_day

DAY = date(2026, 3, 30)
JANUARY, FEBRUARY, MARCH, APRIL = (
    SimpleNamespace(on=on) for on in (date(2026, 1, 12), date(2026, 2, 24), DAY, date(2026, 4, 27))
)
MEETINGS = [JANUARY, FEBRUARY, MARCH, APRIL]


def running(ends=None, status="live", starts=None):
    latest = lambda today: ends if ends and ends < today else today  # noqa: E731
    return SimpleNamespace(status=status, starts=starts, as_at=latest)


@pytest.mark.parametrize(
    ("chosen", "day", "meeting", "since"),
    [
        (None, DAY, MARCH, FEBRUARY),
        (date(2026, 3, 29), date(2026, 3, 29), None, FEBRUARY),
        (date(2026, 2, 24), date(2026, 2, 24), FEBRUARY, JANUARY),
        (date(2026, 1, 12), date(2026, 1, 12), JANUARY, None),
        (date(2025, 12, 1), date(2025, 12, 1), None, None),
    ],
)
def test_the_last_meeting_before_the_day_is_what_it_is_compared_with(chosen, day, meeting, since):
    shown = shown_day(running(), DAY, chosen=chosen, meetings=MEETINGS)
    assert (shown.day, shown.meeting, shown.since) == (day, meeting, since)
    assert shown.before == (since.on if since else day - timedelta(31))


@pytest.mark.parametrize(
    ("starts", "before", "lately"),
    [
        (None, FEBRUARY.on, "since 24 February"),
        (FEBRUARY.on, FEBRUARY.on, "since 24 February"),
        (date(2026, 2, 25), date(2026, 2, 27), "in the last month"),
        (DAY, date(2026, 2, 27), "in the last month"),
    ],
)
def test_a_plan_is_not_compared_with_a_meeting_before_it_began(starts, before, lately):
    shown = shown_day(running(starts=starts), DAY, chosen=DAY, meetings=MEETINGS)
    assert (shown.before, shown.lately_words) == (before, lately)
    assert (shown.since, shown.quiet_words) == (FEBRUARY, "since the meeting on 24 February")


@pytest.mark.parametrize(
    ("plan", "chosen", "shown"),
    [
        (running(), None, AsAt(DAY)),
        (running(), DAY, AsAt(DAY)),
        (None, date(2026, 3, 1), AsAt(date(2026, 3, 1), is_past=True)),
        (running(date(2020, 3, 31)), None, AsAt(date(2020, 3, 31), ended=True)),
        (
            running(date(2020, 3, 31), "closed"),
            date(2020, 3, 31),
            AsAt(date(2020, 3, 31), ended=True, is_past=True),
        ),
        (
            running(date(2020, 3, 31)),
            date(2020, 1, 6),
            AsAt(date(2020, 1, 6), ended=True, is_past=True),
        ),
        (
            running(starts=date(2026, 3, 2)),
            date(2026, 3, 1),
            AsAt(date(2026, 3, 1), is_past=True, begins=date(2026, 3, 2)),
        ),
        (running(starts=date(2026, 3, 2)), date(2026, 3, 2), AsAt(date(2026, 3, 2), is_past=True)),
        (running(starts=date(2026, 4, 1)), None, AsAt(DAY)),
    ],
)
def test_a_day_is_past_when_the_reader_asked_for_it(plan, chosen, shown):
    assert shown_day(plan, DAY, chosen=chosen) == shown


@pytest.mark.parametrize(
    ("compared", "words"),
    [
        (None, ("a month ago", "in the last month", "in the last month")),
        (date(2026, 2, 24), ("on 24 February", "since 24 February", "since the meeting on 24 February")),
        (
            date(2025, 12, 16),
            ("on 16 December 2025", "since 16 December 2025", "in the last month"),
        ),
        (
            date(2025, 12, 28),
            ("on 28 December 2025", "since 28 December 2025", "since the meeting on 28 December 2025"),
        ),
    ],
)
def test_the_day_compared_with_in_words(compared, words):
    shown = AsAt(DAY, compared=compared)
    assert (shown.compared_words, shown.lately_words, shown.quiet_words) == words


@pytest.mark.parametrize("option", ["is_past", "ended"])
@pytest.mark.parametrize("compared", [None, date(2025, 12, 16)])
def test_the_month_before_a_day_gone_by_is_named(option, compared):
    assert AsAt(DAY, compared=compared, **{option: True}).quiet_words == "in the month to 30 March 2026"


@pytest.mark.parametrize(
    ("compared", "on", "updated"),
    [
        (None, None, False),
        (None, date(2026, 2, 28), True),
        (None, date(2026, 2, 27), False),
        (DAY - timedelta(92), DAY - timedelta(91), True),
        (DAY - timedelta(93), DAY - timedelta(30), True),
        (DAY - timedelta(93), DAY - timedelta(31), False),
        (date(2026, 2, 24), None, False),
        (date(2026, 2, 24), date(2026, 2, 25), True),
        (date(2026, 2, 24), date(2026, 2, 24), False),
    ],
)
def test_updated_after_the_last_meeting_of_the_quarter_or_else_in_the_last_month(compared, on, updated):
    assert AsAt(DAY, compared=compared).is_updated(on) is updated


@pytest.mark.parametrize(
    ("compared", "coming", "since"),
    [
        (None, None, DAY - timedelta(31)),
        (DAY - timedelta(93), None, DAY - timedelta(31)),
        (DAY - timedelta(1), None, JANUARY.on),
        (DAY - timedelta(27), None, JANUARY.on),
        (DAY - timedelta(28), None, DAY - timedelta(28)),
        (DAY - timedelta(27), DAY + timedelta(15), JANUARY.on),
        (DAY - timedelta(27), DAY + timedelta(14), DAY - timedelta(27)),
        (DAY - timedelta(3), DAY + timedelta(4), JANUARY.on),
        (DAY - timedelta(4), DAY + timedelta(3), DAY - timedelta(4)),
        (DAY - timedelta(7), DAY, DAY - timedelta(7)),
    ],
    ids=[
        "never met",
        "long ago",
        "the day after",
        "the fourth week",
        "after four weeks",
        "long to go",
        "a fortnight to go",
        "the first half of a week",
        "the second half of a week",
        "the day itself",
    ],
)
def test_the_round_asked_about_is_the_last_one_while_its_own_is_young(compared, coming, since):
    shown = AsAt(DAY, compared=compared, earlier=JANUARY.on, coming=coming)
    assert shown.asked.updated_after == since


def test_a_first_meeting_ends_a_round_of_a_month():
    shown = AsAt(DAY, compared=DAY - timedelta(1))
    assert (shown.asked.updated_after, shown.asked.has_met) == (DAY - timedelta(32), False)


@pytest.mark.parametrize(
    ("chosen", "earlier", "coming"),
    [
        (None, JANUARY.on, DAY),
        (date(2026, 3, 29), JANUARY.on, DAY),
        (date(2026, 2, 24), None, FEBRUARY.on),
        (date(2026, 1, 1), None, JANUARY.on),
    ],
)
def test_the_meetings_around_the_day(chosen, earlier, coming):
    shown = shown_day(running(), DAY, chosen=chosen, meetings=MEETINGS)
    assert (shown.earlier, shown.coming) == (earlier, coming)


@pytest.mark.parametrize(
    ("is_past", "words"), [(False, ("", "")), (True, ("&as_at=2026-03-30", "?as_at=2026-03-30"))]
)
def test_only_a_day_asked_for_goes_into_addresses(is_past, words):
    shown = AsAt(DAY, is_past=is_past)
    assert (shown.query, shown.start) == words


@given(st.dates(date(2000, 1, 1), DAY), st.lists(st.dates(date(2000, 1, 1), date(2030, 1, 1)), unique=True))
def test_what_is_compared_lies_before_the_day(chosen, days):
    meetings = [SimpleNamespace(on=on) for on in days]
    shown = shown_day(running(), DAY, chosen=chosen, meetings=meetings)
    assert shown.day == chosen
    assert shown.before < shown.day
    assert not [on for on in days if shown.before < on < shown.day and shown.compared]
    assert (shown.meeting is not None) == (chosen in days)
