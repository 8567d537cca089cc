"""Which plan a day or a meeting is shown by, and what is said before a plan begins and after it ends."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from plans.models import Plan, Role
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_meeting,
    make_member,
    make_plan,
    make_update,
    report_done,
)
from tests.pages import words_of

pytestmark = pytest.mark.django_db

TODAY, MARCH = date(2026, 4, 20), date(2026, 3, 30)
ENDED = {"starts": date(2020, 1, 6), "ends": date(2020, 3, 30), "status": "closed"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def board():
    return make_board()


def updated(plan, on, **fields):
    make_update(make_action(make_area(plan), **fields), on=on)
    return plan


@pytest.mark.parametrize(
    ("fields", "first_update", "day", "runs"),
    [
        # Without a first day: from its earliest update, else from the day on which it was entered.
        ({}, None, MARCH, False),
        ({}, None, TODAY, True),
        ({}, date(2026, 3, 30), MARCH, True),
        ({}, date(2026, 3, 31), MARCH, False),
        ({"ends": date(2026, 3, 29)}, date(2026, 3, 1), MARCH, False),
        ({"ends": MARCH}, date(2026, 3, 1), MARCH, True),
        ({"status": "draft"}, date(2026, 3, 1), MARCH, False),
        # With one: from that day, whatever was entered when.
        ({"starts": MARCH}, None, MARCH, True),
        ({"starts": date(2026, 3, 31)}, date(2026, 3, 1), MARCH, False),
        (ENDED, None, date(2020, 3, 30), True),
        (ENDED, None, date(2020, 3, 31), False),
        (ENDED, None, date(2020, 1, 5), False),
    ],
)
def test_a_plan_runs_from_its_first_day_to_its_last(board, fields, first_update, day, runs):
    plan = make_plan(board, **fields)
    if first_update:
        updated(plan, first_update)
    assert list(Plan.objects.running_on(day)) == [plan] * runs


def test_an_action_added_then_or_an_update_taken_back_since(board):
    added, taken_back = make_plan(board), make_plan(board)
    make_action(make_area(added), added_on=MARCH)
    updated(taken_back, MARCH)
    taken_back.actions.get().updates.update(withdrawn_at="2026-04-20T12:00Z")
    assert list(Plan.objects.running_on(MARCH)) == [added]


def test_an_undated_plan_entered_now_takes_no_earlier_day_and_no_earlier_meeting(signed_in, board):
    make_plan(board, "Recovery plan", **ENDED)
    make_plan(board, "A plan without dates")
    then, now = make_meeting(board, date(2020, 2, 24)), make_meeting(board, TODAY)
    client = signed_in(make_member(board, Role.ADMINISTRATOR))

    def titles(name, *args, **query):
        page = client.get(reverse(name, args=[board.slug, *args]), query)
        return page.context["plan"].title

    assert titles("dashboard", as_at="2020-03-01") == "Recovery plan"
    assert titles("plans:action_list", as_at="2020-03-01") == "Recovery plan"
    assert titles("meeting", then.pk) == "Recovery plan"
    assert (titles("dashboard"), titles("meeting", now.pk)) == ("A plan without dates",) * 2
    papers = client.get(reverse("pack_close", args=[board.slug, then.pk])).context["form"]
    assert [plan.title for plan in papers.fields["plan"].queryset] == [
        "Recovery plan",
        "A plan without dates",
    ]


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("dashboard", "None of 2 actions is off track; no date moved."),
        ("plans:plan", "2 actions. Ratings as at"),
        ("plans:action_list", "2 actions in the plan"),
        ("area", "2 actions; none is overdue."),
        ("slippage", "No date has moved"),
        ("questions", "questions about"),
    ],
)
def test_before_its_first_day_a_plan_says_so_and_no_numbers(signed_in, board, name, number):
    plan = updated(make_plan(board, starts=date(2026, 4, 1)), date(2026, 4, 2))
    make_action(plan.areas.get())
    address = reverse(name, args=[board.slug, *([plan.areas.get().pk] if name == "area" else [])])
    client, notice = (
        signed_in(make_member(board)),
        "This plan had not begun on 30 March 2026: it starts on 1 April 2026.",
    )
    before, begun = (words_of(client.get(address, {"as_at": day})) for day in ("2026-03-30", "2026-04-01"))
    assert (before.count(notice), begun.count(notice)) == (1, 0)
    assert (number in before, number in begun) == (False, True)


def test_before_its_first_day_the_dashboard_says_that_alone(signed_in, board):
    plan = updated(make_plan(board, starts=date(2026, 4, 1)), date(2026, 4, 2))
    make_action(plan.areas.get())
    client, url = signed_in(make_member(board)), reverse("dashboard", args=[board.slug])
    before, begun = (words_of(client.get(url, {"as_at": day})) for day in ("2026-03-30", "2026-04-01"))
    numbers = ("off track", "Not rated", "Next meeting", "overdue", "date moved", "compare")
    assert before.count("This plan had not begun on 30 March 2026") == 1
    assert [words for words in numbers if words in before] == []
    assert "None of 2 actions is off track; no date moved." in begun


def test_before_its_first_day_no_action_counts_as_not_updated(signed_in, board):
    plan = make_plan(board, starts=date(2026, 4, 1))
    make_action(make_area(plan), target="1 February 2026")
    make_update(plan.actions.get(), "complete", on=date(2026, 3, 1))
    make_action(plan.areas.get())
    client = signed_in(make_member(board))

    def counts(day):
        url = reverse("dashboard", args=[board.slug])
        shown = client.get(url, {"as_at": day}).context["dashboard"]
        found = client.get(reverse("plans:action_list", args=[board.slug]), {"as_at": day, "quiet": 1})
        return shown.quiet.number, found.context["found"], shown.questions.number

    assert counts("2026-03-30") == (0, 0, 0)
    assert counts("2026-04-01") == (1, 1, 4)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({}, "Ended on 31 March 2015, not closed"),
        ({"as_at": "2015-04-02"}, "Ended on 31 March 2015, not closed"),
        ({"as_at": "2015-03-31"}, "Live"),
    ],
)
def test_a_plan_whose_last_day_has_passed_is_not_called_live(signed_in, board, query, words):
    make_plan(board, "Old plan", starts=date(2014, 9, 1), ends=date(2015, 3, 31))
    page = signed_in(make_member(board)).get(reverse("plans:plan_list", args=[board.slug]), query)
    assert f"Old plan {words} 1 Sep 2014 31 Mar 2015" in words_of(page)


@pytest.mark.parametrize(
    ("query", "meeting", "to_decide"),
    [
        ({"plan": "live"}, TODAY, 1),
        # A plan that has ended: nothing of the plans after it, on its last day either.
        ({"plan": "ended"}, None, 0),
        ({"plan": "ended", "as_at": "2020-03-30"}, None, 0),
        ({"plan": "ended", "as_at": "2020-02-01"}, date(2020, 2, 24), 0),
    ],
)
def test_an_ended_plan_speaks_of_its_own_time(signed_in, board, query, meeting, to_decide):
    plans = {
        "ended": updated(make_plan(board, "Recovery plan", **ENDED), date(2020, 1, 20)),
        "live": make_plan(board, "Improvement plan", blue_needs_sign_off=True),
    }
    for on in (date(2020, 2, 24), TODAY):
        make_meeting(board, on)
    report_done(make_action(make_area(plans["live"])), by=make_member(board, Role.EDITOR))
    client = signed_in(make_member(board, Role.CHAIR))
    query |= {"plan": plans[query["plan"]].pk}
    page = client.get(reverse("dashboard", args=[board.slug]), query)
    shown = page.context["next_meeting"]
    assert (shown and shown.on, page.context["to_decide"]) == (meeting, to_decide)
