"""A lead that was renamed goes by its name of the day on every page of a past day."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from plans.history.leads import names_on
from plans.models import Role
from plans.services.people import rename_lead
from plans.services.progress import move_target
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
from tests.pages import words_of

pytestmark = pytest.mark.django_db

THEN, NOW = "Head of Duty", "Assistant Director"
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


PAGES = [
    "dashboard",
    "plans:plan",
    "plans:action_list",
    "action",
    "slippage",
    "questions",
    "changes",
    "challenge_list",
    "challenge",
    "measure",
]


def address(board, name):
    of_one = {
        "action": lambda: board.plans.get().actions.get(),
        "challenge": lambda: board.challenges.get(),
        "measure": lambda: board.measures.get(),
    }
    return reverse(name, args=[board.slug, *([of_one[name]().pk] if name in of_one else [])])


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_a_past_day_names_a_lead_as_it_was_named_then(signed_in, board, name):
    with time_machine.travel("2026-04-20 12:00", tick=False):
        web = signed_in(make_member(board))
        past = words_of(web.get(address(board, name), {"as_at": DAY}))
        today = words_of(web.get(address(board, name)))
    assert (THEN in past, NOW in past) == (True, False)
    assert (THEN in today, NOW in today) == (False, True)


def test_a_name_that_went_from_one_lead_to_another_is_that_of_the_day(board):
    editor = make_member(board, Role.EDITOR)
    with time_machine.travel("2026-04-12 12:00"):
        make_lead(board, THEN)
    with time_machine.travel("2026-04-15 12:00"):
        rename_lead(board.leads.get(name=THEN), "Duty manager", by=editor)
    told = {day: names_on(board, date(2026, 4, day)) for day in (9, 11, 13, 16)}
    assert [names["head of duty"] for names in told.values()] == [THEN, NOW, THEN, "Duty manager"]
    assert [names["assistant director"] for names in told.values()] == [THEN, NOW, NOW, NOW]
