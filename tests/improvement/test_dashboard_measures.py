from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from impact.services.measures import close_measure, set_target
from plans.models import Role
from tests.factories import make_action, make_area, make_board, make_member, make_plan, make_update
from tests.impact.measuring import FALLING, LAST, RISING, STEADY, STOCK, make_measure, make_stock
from tests.pages import size_of, words_of

pytestmark = pytest.mark.django_db

LARGEST = 90_000


def make_standing_board():
    board = make_board()
    make_update(make_action(make_area(make_plan(board)), leads="DCS"), "on_track")
    return board


def dashboard_of(board, signed_in):
    return signed_in(make_member(board, Role.MEMBER)).get(reverse("dashboard", args=[board.slug]))


def test_measures_stand_with_concern_first_and_counts_lead_to_them(signed_in):
    board = make_standing_board()
    make_measure(board, STEADY, "Visits on time")
    make_measure(board, FALLING, "Contacts on time")
    make_measure(board, RISING, "Health checks")
    page = dashboard_of(board, signed_in)
    shown = page.context["measures"]
    assert [row.record.name for row in shown.table.rows] == [
        "Contacts on time",
        "Visits on time",
        "Health checks",
    ]
    assert shown.facts == [
        (1, "measures/?shows=concern", "in concern"),
        (1, "measures/?shows=improving", "improving"),
        (1, "measures/?shows=usual", "with no significant change"),
    ]
    client = signed_in(make_member(board))
    for number, url, _ in shown.facts:
        found = client.get(f"{reverse('dashboard', args=[board.slug])}{url}")
        assert found.context["found"] == number


def test_a_stock_is_a_trend_and_only_its_change_is_counted(signed_in):
    board = make_standing_board()
    make_stock(board)
    make_stock(board, [number - 200 for number in STOCK], "Children on a protection plan")
    page = dashboard_of(board, signed_in)
    words = words_of(page)
    assert "Children looked after and children on a protection plan" in words
    assert "Children looked after: 560 in March 2026" in words
    assert "Its monthly change: Concern: +36 in March 2026" in words
    assert [row.record.name for row in page.context["measures"].table.rows] == [
        "Children looked after, monthly change",
        "Children on a protection plan, monthly change",
    ]
    assert page.context["measures"].facts[0] == (2, "measures/?shows=concern", "in concern")


def test_a_stock_without_recent_months_is_left_out_of_the_trend(signed_in):
    board = make_standing_board()
    make_stock(board)
    make_stock(board, STOCK, "An old count", last=date(2020, 3, 1))
    assert [row.name for row in dashboard_of(board, signed_in).context["measures"].stocks] == [
        "Children looked after"
    ]


def test_an_ended_plan_shows_months_up_to_its_end(signed_in):
    board = make_board()
    plan = make_plan(board, starts=date(2025, 1, 1), ends=date(2025, 12, 31), status="closed")
    make_action(make_area(plan))
    make_measure(board, FALLING, "Contacts on time")
    page = dashboard_of(board, signed_in)
    [row] = page.context["measures"].panel.rows
    assert row.month == date(2025, 12, 1)
    [*_, (number, url, _)] = page.context["measures"].facts
    assert (number, url) == (1, f"measures/?shows={row.group}&plan={plan.pk}")
    listed = signed_in(make_member(board)).get(f"{reverse('dashboard', args=[board.slug])}{url}")
    assert [found.record.month for found in listed.context["table"].rows] == [row.month]
    assert "This plan ended on 31 December 2025." in words_of(listed)


def test_counts_of_an_ended_plan_lead_to_the_measures_of_then(signed_in):
    board = make_board()
    plan = make_plan(board, starts=date(2025, 1, 1), ends=date(2025, 12, 31), status="closed")
    make_action(make_area(plan))
    make_measure(board, STEADY, "Visits on time", last=date(2025, 12, 1))
    make_measure(board, FALLING, "Contacts on time", last=date(2025, 12, 1))
    make_measure(board, RISING, "Begun since", last=LAST)
    closed = make_measure(board, FALLING, "Closed since", last=date(2025, 12, 1))
    close_measure(closed, by=None, on=date(2026, 1, 31))
    client = signed_in(make_member(board))
    home = reverse("dashboard", args=[board.slug])
    for query in ("", "?as_at=2025-12-31"):
        measures = client.get(f"{home}{query}").context["measures"]
        for number, url, _ in measures.facts:
            assert client.get(f"{home}{url}").context["found"] == number
        assert client.get(f"{home}{measures.url()}").context["found"] == measures.total


def test_a_board_without_measures_says_so(signed_in):
    words = words_of(dashboard_of(make_standing_board(), signed_in))
    assert "This board has no measures yet, so it cannot see a difference." in words
    assert "Are children better off?" not in words


@pytest.mark.parametrize("number", [1, 3, 60])
def test_any_number_of_measures_takes_the_same_queries(signed_in, django_assert_num_queries, number):
    board = make_standing_board()
    make_stock(board)
    for n in range(number):
        set_target(make_measure(board, STEADY, f"Measure {n}"), Decimal(60), LAST, by=None)
    client = signed_in(make_member(board))
    with django_assert_num_queries(17):
        page = client.get(reverse("dashboard", args=[board.slug]))
    assert len(page.context["measures"].table.rows) == min(number + 1, 10)


def test_twelve_areas_and_eight_measures_make_a_small_page(signed_in):
    board = make_board()
    plan = make_plan(board)
    for number in range(12):
        area = make_area(plan, f"{number} An area with a heading of a usual length, and more")
        for code in ("off_track", "on_track"):
            action = make_action(
                area, "Agree who does what, and by when. " * 3, target="1 March 2026", leads="Lead"
            )
            make_update(action, code)
    for number in range(8):
        measure = make_measure(board, (STEADY * 3)[:36], f"Contacts dealt with on time {number}")
        set_target(measure, Decimal(60), LAST, by=None)
    for name in ("Children looked after", "Children on a protection plan"):
        make_stock(board, (STOCK * 3)[:36], name)
    assert size_of(dashboard_of(board, signed_in)) < LARGEST
