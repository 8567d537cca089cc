from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from plans.standing import AsAt, Moves, Standing, moves_by_action, shown_day

DAY = date(2026, 3, 30)
SHOWN = AsAt(DAY)


def standing(rating="on_track", due=None, updated_on=DAY, before="", **fields):
    return Standing(1, 1, due, rating, updated_on, before, **fields)


def test_a_month_is_31_days():
    assert SHOWN.before == date(2026, 2, 27)


@pytest.mark.parametrize(
    ("ends", "status", "shown"),
    [
        (None, "live", AsAt(DAY)),
        (date(2026, 3, 30), "live", AsAt(DAY)),
        (date(2026, 3, 29), "live", AsAt(date(2026, 3, 29), ended=True)),
        (date(2020, 3, 30), "closed", AsAt(date(2020, 3, 30), ended=True)),
        (None, "closed", AsAt(DAY, ended=True)),
    ],
)
def test_an_ended_plan_shows_its_end(ends, status, shown):
    latest = lambda today: ends if ends and ends < today else today  # noqa: E731
    plan = SimpleNamespace(status=status, starts=None, as_at=latest)
    assert shown_day(plan, DAY) == shown


def test_no_plan_shows_today():
    assert shown_day(None, DAY) == AsAt(DAY)


@pytest.mark.parametrize(
    ("rating", "due", "overdue", "soon"),
    [
        ("on_track", DAY - timedelta(1), True, False),
        ("", DAY - timedelta(1), True, False),
        ("complete", DAY - timedelta(1), False, False),
        ("on_track", DAY, False, True),
        ("on_track", DAY + timedelta(30), False, True),
        ("on_track", DAY + timedelta(31), False, False),
        ("complete", DAY, False, False),
        ("off_track", None, False, False),
    ],
)
def test_overdue_once_its_day_has_passed(rating, due, overdue, soon):
    action = standing(rating, due)
    assert (action.is_overdue(SHOWN), action.is_due_soon(SHOWN)) == (overdue, soon)


@pytest.mark.parametrize(
    ("rating", "updated_on", "quiet"),
    [
        ("on_track", None, True),
        ("on_track", date(2026, 2, 28), False),
        ("on_track", date(2026, 2, 27), True),
        ("complete", None, False),
    ],
)
def test_quiet_without_an_update_in_the_last_month(rating, updated_on, quiet):
    assert standing(rating, updated_on=updated_on).is_quiet(SHOWN) is quiet


def test_moves_add_up_per_action():
    moves = [
        (1, date(2026, 1, 5), date(2026, 2, 15), date(2026, 3, 6)),
        (1, date(2026, 3, 12), date(2026, 3, 6), date(2026, 3, 31)),
        (2, date(2026, 2, 27), date(2026, 3, 31), date(2026, 3, 1)),
        (3, date(2026, 2, 28), None, date(2026, 3, 1)),
    ]
    assert moves_by_action(moves, SHOWN) == {
        1: Moves(2, 44, 1, 25),
        2: Moves(1, -30, 0, 0),
        3: Moves(1, 0, 1, 0),
    }
