"""How often pages ask the database where a board uses everything: as often for one of a kind as for three."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.models import ActionRecommendation, Role
from plans.services.moves import ask_or_move
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_challenge,
    make_lead,
    make_meeting,
    make_member,
    make_plan,
    make_recommendation,
    make_step,
    make_update,
    report_done,
)
from tests.impact.factories import FALLING, make_measure, make_narrative

pytestmark = pytest.mark.django_db


def ago(days):
    return timezone.localdate() - timedelta(days)


def fill(rows):
    """A plan that needs sign-off and agreement, with requests that wait and questions to ask."""
    board = make_board()
    plan = make_plan(board, blue_needs_sign_off=True, moves_need_agreement=True)
    editor = make_member(board, Role.EDITOR)
    make_lead(board, "PSW", holder=editor)
    for days in (65, 35, 5, -30):
        make_meeting(board, ago(days))
    area = make_area(plan)
    for number in range(rows):
        _fill(make_area(plan, f"Heading {number}", parent=area), editor)
    return board


def _fill(area, by):
    board = area.plan.board
    done, late = (make_action(area, target="1 March 2026", leads="PSW") for _ in range(2))
    make_step(late, target="1 March 2026")
    make_update(late, "on_track", on=ago(40))
    ask_or_move(late, to="1 May 2031", by=by, reason="The partner asked for time.")
    report_done(done, by=by)
    measure = make_measure(board, values=FALLING, actions=[done, late], areas=[area])
    make_narrative(area, measures=[measure])
    ActionRecommendation.objects.create(recommendation=make_recommendation(board), action=done)
    make_recommendation(board)
    make_challenge(late, on=ago(20))


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "days", "queries"),
    [
        ("dashboard", None, 20),
        ("dashboard", 10, 28),
        ("plans:action_list", None, 11),
        ("plans:action_list", 10, 16),
    ],
)
def test_the_chair_of_a_board_that_uses_everything(
    signed_in, django_assert_num_queries, rows, name, days, queries
):
    board = fill(rows)
    client = signed_in(make_member(board, Role.CHAIR))
    day = {"as_at": ago(days).isoformat()} if days else {}
    with django_assert_num_queries(queries):
        page = client.get(reverse(name, args=[board.slug]), day)
    assert page.status_code == 200
    if name == "dashboard" and not days:
        assert page.context["to_decide"] == 2 * rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_updates_of_a_lead_there(signed_in, django_assert_num_queries, rows):
    board = fill(rows)
    client = signed_in(board.memberships.get(role=Role.EDITOR).user)
    with django_assert_num_queries(15):
        page = client.get(reverse("my_updates", args=[board.slug]))
    assert page.status_code == 200
