from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.ledger import Group, Line, Moved, make_ledger, totals_words

FRONT_DOOR, QUALITY = Group(1, "Front door"), Group(2, "Quality")
HEAD, NOBODY = Group(7, "Head of Service"), Group(None, "Nobody yet")
DAY = date(2026, 1, 31)


def move(before, after, on=DAY):
    return Moved(on, before, after)


def line(*moves, pk=1, area=FRONT_DOOR, lead=HEAD, current=None):
    return Line(pk, str(pk), "Meet", area, lead, moves[0].before, moves, current or moves[-1].after)


days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@given(st.lists(days, min_size=2, max_size=8))
def test_the_days_of_moves_add_up_to_last_minus_first(dates):
    found = line(*(move(before, after) for before, after in pairwise(dates)))
    assert (found.days, found.put_right) == ((dates[-1] - dates[0]).days, 0)


@given(st.lists(st.tuples(days, days), min_size=1, max_size=6), days)
def test_with_what_was_put_right_they_do_so_whatever_was_corrected(sides, current):
    found = line(*(move(*side) for side in sides), current=current)
    assert found.days + found.put_right == (current - sides[0][0]).days


groups = st.sampled_from([FRONT_DOOR, QUALITY])
leads = st.sampled_from([HEAD, NOBODY])
moves = st.builds(Moved, days, st.none() | days, st.none() | days)
lines = st.builds(
    lambda pk, area, lead, own: line(*own, pk=pk, area=area, lead=lead),
    st.integers(1, 99),
    groups,
    leads,
    st.lists(moves, min_size=1, max_size=5),
)


@given(st.lists(lines, max_size=12), st.none() | days)
def test_totals_by_area_and_by_lead_equal_the_total(given_lines, since):
    ledger = make_ledger(given_lines, since=since)
    whole = (ledger.dates, ledger.times, ledger.days)
    for totals in (ledger.areas, ledger.leads):
        summed = [sum(getattr(total, name) for total in totals) for name in ("dates", "times", "days")]
        assert tuple(summed) == whole
    assert all(move.on > since for line in ledger.lines for move in line.moves if since)


@pytest.mark.parametrize(
    ("before", "after", "days_moved", "words"),
    [
        (DAY, DAY + timedelta(45), 45, "45 days later"),
        (DAY, DAY - timedelta(1), -1, "1 day earlier"),
        (DAY, None, None, "lost its day"),
        (None, DAY, None, "given a day"),
        (None, None, None, "no day before or after"),
        (DAY, DAY, 0, "same day"),
    ],
)
def test_a_move_in_words(before, after, days_moved, words):
    found = move(before, after)
    assert (found.days, found.words) == (days_moved, words)


def test_a_lost_day_counts_as_a_move_and_in_no_sum():
    ledger = make_ledger([line(move(DAY, DAY + timedelta(30)), move(DAY + timedelta(30), None))])
    assert (ledger.dates, ledger.times, ledger.days, ledger.lost) == (1, 2, 30, 1)


def test_areas_keep_the_plans_order_and_leads_come_by_days():
    ledger = make_ledger(
        [
            line(move(DAY, DAY + timedelta(5)), pk=1, area=QUALITY, lead=HEAD),
            line(move(DAY, DAY + timedelta(50)), pk=2, area=FRONT_DOOR, lead=NOBODY),
        ]
    )
    assert [(total.group, total.days) for total in ledger.areas] == [(QUALITY, 5), (FRONT_DOOR, 50)]
    assert [(total.group, total.days) for total in ledger.leads] == [(NOBODY, 50), (HEAD, 5)]


def test_since_a_meeting_only_what_moved_after_it():
    early, late = move(DAY, DAY + timedelta(5), date(2026, 2, 1)), move(DAY, None, date(2026, 3, 1))
    ledger = make_ledger([line(early, late), line(early, pk=2)], since=date(2026, 2, 1))
    assert [(each.name, each.first, each.numbered) for each in ledger.lines] == [("1 Meet", DAY, [(2, late)])]


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((0, 0, 0), "No date has moved"),
        ((1, 1, 1), "1 date moved, 1 day later in all"),
        ((3, 5, 145), "3 dates moved 5 times, 145 days later in all"),
        ((2, 2, -9), "2 dates moved, 9 days earlier in all"),
        ((1, 2, 0), "1 date moved 2 times"),
    ],
)
def test_the_answer_in_words(numbers, words):
    assert totals_words(*numbers) == words
