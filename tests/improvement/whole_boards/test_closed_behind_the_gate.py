"""A form that the gate let in saves nothing once somebody has closed the board."""

from contextlib import nullcontext

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from impact.models import Observation
from impact.services.measures import create_measure
from plans.models import Board, ProgressUpdate, Role
from plans.services.boards import close_board, reopen_board
from tests.factories import make_action, make_area, make_board, make_lead, make_member, make_plan, make_step
from tests.pages import fields_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return make_board("teesmere")


@pytest.fixture
def administrator(board):
    return make_member(board, Role.ADMINISTRATOR)


@pytest.fixture
def forms(board, administrator):
    """By page: its address, the button of its form, and what is typed."""
    lead = make_lead(board, "Head of service", administrator)
    action = make_action(make_area(make_plan(board)), leads=lead.name)
    measure = create_measure(board, "Visits in time", by=None)
    update = {f"a{action.pk}-rating": "on_track", f"a{action.pk}-happened": "We met."}
    year = timezone.localdate().year - 1
    return {
        "action_update": (reverse("action_update", args=[board.slug, action.pk]), "token", update),
        "my_updates": (reverse("my_updates", args=[board.slug]), "save", update),
        "grid": (
            f"{reverse('impact:measure_grid', args=[board.slug])}?year={year}&by=calendar",
            "pasted",
            {"save": "yes", f"v-{measure.pk}-{year}05": "52"},
        ),
    }


def close_behind_the_gate(board):
    """As soon as the gate has looked up who comes."""

    def look(execute, sql, *args):
        result = execute(sql, *args)
        if "plans_membership" in sql and Board.objects.get().closed_on is None:
            close_board(board, by=None, reason="The plan has ended", keep_years=6)
        return result

    return connection.execute_wrapper(look)


@pytest.mark.parametrize(("closes", "done"), [(False, 1), (True, 0)])
def test_steps_are_ticked_only_while_the_board_is_open(signed_in, board, administrator, closes, done):
    action = make_action(make_area(make_plan(board)))
    step = make_step(action)
    client = signed_in(administrator)
    with close_behind_the_gate(board) if closes else nullcontext():
        answer = client.post(
            reverse("plans:steps_done", args=[board.slug, action.pk]), {"done": [step.pk]}, follow=True
        )
    assert action.steps.filter(done_on__isnull=False).count() == done
    assert ("it is read and no longer changed" in text_of(answer)) is closes


@pytest.mark.parametrize("page", ["action_update", "my_updates", "grid"])
@pytest.mark.parametrize(("closes", "saved"), [(False, 1), (True, 0)])
def test_it_is_saved_only_while_the_board_is_open(
    signed_in, board, administrator, forms, page, closes, saved
):
    address, button, typed = forms[page]
    client = signed_in(administrator)
    fields = fields_of(client.get(address), button) | typed
    with close_behind_the_gate(board) if closes else nullcontext():
        answer = client.post(address, fields)
    assert answer.status_code == 302
    assert ProgressUpdate.objects.count() + Observation.objects.count() == saved
    assert client.get(address).status_code == (403 if closes else 200)


@pytest.mark.parametrize("page", ["action_update", "my_updates"])
def test_what_was_typed_while_it_was_closed_is_given_back(signed_in, board, administrator, forms, page):
    address, button, typed = forms[page]
    client = signed_in(administrator)
    fields = fields_of(client.get(address), button) | typed
    close_board(board, by=administrator, reason="The plan has ended", keep_years=6)
    answer = client.post(address, fields)
    words = text_of(answer)
    assert (answer.status_code, "Nothing of what you sent was saved." in words) == (403, True)
    assert "What you typed We met." in words
    again = fields_of(answer, "who")
    reopen_board(board, by=administrator, reason="Closed too early")
    assert client.post(address, again).status_code == 302
    assert ProgressUpdate.objects.get().happened == "We met."


def test_a_closed_board_that_is_only_read_gives_nothing_back(signed_in, board, administrator, forms):
    close_board(board, by=administrator, reason="The plan has ended", keep_years=6)
    assert "Nothing of what you sent" not in text_of(signed_in(administrator).get(forms["action_update"][0]))
