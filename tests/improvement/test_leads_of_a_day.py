"""A lead that was renamed goes by its name of the day on every page of a past day."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from improvement.slippage import SlippagePage
from plans.history.leads import LeadNames
from plans.models import Role
from plans.services.people import rename_lead
from plans.services.progress import move_target
from plans.standing import shown_day
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_challenge,
    make_lead,
    make_member,
    make_plan,
)
from tests.impact.measuring import make_measure
from tests.improvement.feeds.reading import Reader
from tests.pages import words_of

pytestmark = pytest.mark.django_db

THEN, NOW, OTHER = "Head of Duty", "Assistant Director", "Principal Social Worker"
DAY = "2026-03-30"


@pytest.fixture
def board():
    """Its one lead was renamed on 10 April; it is 20 April."""
    with time_machine.travel("2026-03-02 12:00"):
        board = make_board()
        editor = make_member(board, Role.EDITOR)
        area = make_area(make_plan(board))
        action = make_action(area, "Train the team", target="1 March 2026", leads=THEN)
        lead = board.leads.get()
        make_challenge(action, owner=lead, on=date(2026, 3, 2))
        make_measure(board, [50, 52], last=date(2026, 2, 1), owner=lead)
    with time_machine.travel("2026-03-20 12:00"):
        move_target(action, to="1 April 2026", by=editor, reason="A post is empty.")
    with time_machine.travel("2026-04-10 12:00"):
        rename_lead(lead, NOW, by=editor)
    return board


LISTS = [
    "dashboard",
    "plans:plan",
    "plans:action_list",
    "slippage",
    "questions",
    "changes",
    "challenge_list",
]
OF_ONE = {
    "action": lambda board: board.plans.get().actions.order_by("pk"),
    "challenge": lambda board: board.challenges.order_by("pk"),
    "measure": lambda board: board.measures.order_by("pk"),
}


def address(board, name):
    return reverse(name, args=[board.slug, *([OF_ONE[name](board).get().pk] if name in OF_ONE else [])])


@pytest.mark.parametrize("name", [*LISTS, *OF_ONE])
def test_a_page_of_a_past_day_names_a_lead_as_it_was_named_then(signed_in, board, name):
    with time_machine.travel("2026-04-20 12:00", tick=False):
        web = signed_in(make_member(board))
        past = words_of(web.get(address(board, name), {"as_at": DAY}))
        today = words_of(web.get(address(board, name)))
    assert (THEN in past, NOW in past) == (True, False)
    assert (THEN in today, NOW in today) == (False, True)


@pytest.fixture
def passed_on(board):
    """The name that the lead had then is another's since 12 April; both led on the day."""
    editor = make_member(board, Role.EDITOR)
    with time_machine.travel("2026-03-02 13:00"):
        action = make_action(board.plans.get().areas.get(), "Check it", target="1 March 2026", leads=OTHER)
        other = board.leads.get(name=OTHER)
        make_challenge(action, owner=other, on=date(2026, 3, 2))
        make_measure(board, [50, 52], name="Visits", last=date(2026, 2, 1), owner=other)
    with time_machine.travel("2026-03-20 13:00"):
        move_target(action, to="1 April 2026", by=editor, reason="A post is empty.")
    with time_machine.travel("2026-04-12 12:00"):
        rename_lead(other, THEN, by=editor)
    return board


@pytest.mark.parametrize("name", LISTS)
def test_a_list_names_each_lead_as_then_where_a_name_has_passed_on(signed_in, passed_on, name):
    with time_machine.travel("2026-04-20 12:00", tick=False):
        page = words_of(
            signed_in(make_member(passed_on)).get(reverse(name, args=[passed_on.slug]), {"as_at": DAY})
        )
    assert page.count(THEN) == page.count(OTHER) > 0
    assert NOW not in page


@pytest.mark.parametrize("lead", [THEN, OTHER])
@pytest.mark.parametrize("name", OF_ONE)
def test_a_page_names_its_lead_as_then_where_the_name_has_passed_on(signed_in, passed_on, name, lead):
    about = OF_ONE[name](passed_on)[[THEN, OTHER].index(lead)]
    with time_machine.travel("2026-04-20 12:00", tick=False):
        web = signed_in(make_member(passed_on))
        page = words_of(web.get(reverse(name, args=[passed_on.slug, about.pk]), {"as_at": DAY}))
    assert [one for one in (THEN, OTHER, NOW) if one in page] == [lead]


@pytest.mark.parametrize("name", ["actions", "challenges", "measures"])
def test_a_feed_of_a_past_day_names_each_lead_as_then(passed_on, name):
    column = {"actions": "accountable_lead"}.get(name, "owner")
    with time_machine.travel("2026-04-20 12:00", tick=False):
        reader = Reader(make_member(passed_on))
        past, now = (reader.rows(passed_on, name, **query) for query in ({"as_at": DAY}, {}))
    assert [sorted(row[column] for row in rows) for rows in (past, now)] == [[THEN, OTHER], [NOW, THEN]]


def test_of_two_leads_each_moved_date_is_told_by_its_own(signed_in, passed_on):
    with time_machine.travel("2026-04-20 12:00", tick=False):
        plan = passed_on.plans.get()
        page = SlippagePage(plan, shown_day(plan, date(2026, 4, 20), chosen=date(2026, 3, 30)), [], {})
    assert [(line.title, line.lead.name) for line in page.ledger.lines] == [
        ("Train the team", THEN),
        ("Check it", OTHER),
    ]
    assert {total.group.name: total.dates for total in page.ledger.leads} == {THEN: 1, OTHER: 1}


def test_names_are_those_of_the_day_by_lead_and_by_text(board):
    editor, first = make_member(board, Role.EDITOR), board.leads.get()
    with time_machine.travel("2026-04-12 12:00"):
        second = make_lead(board, THEN)
    with time_machine.travel("2026-04-15 12:00"):
        rename_lead(second, "Duty manager", by=editor)
    names = {day: LeadNames(board, date(2026, 4, day)) for day in (9, 11, 13, 16)}
    assert [told.of(first.pk, NOW) for told in names.values()] == [THEN, NOW, NOW, NOW]
    assert [told.of(second.pk, "") for told in names.values()] == [THEN, THEN, THEN, "Duty manager"]
    assert [told.written(THEN) for told in names.values()] == [
        (first.pk, THEN),
        (first.pk, NOW),
        (second.pk, THEN),
        (second.pk, "Duty manager"),
    ]
    assert names[9].written("Somebody else") == (None, "Somebody else")


def test_names_of_now_ask_nothing(board, django_assert_num_queries):
    lead, names = board.leads.get(), LeadNames(board, None)
    with django_assert_num_queries(0):
        assert (names.of(lead.pk, NOW), names.written(NOW)) == (NOW, (None, NOW))
