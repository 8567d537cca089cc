"""Which item of the board's navigation is marked as the one that the reader is in."""

import pytest
from django.urls import reverse

from plans.models import Role
from tests.factories import make_action, make_area, make_board, make_member, make_plan

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "marked"),
    [
        ("dashboard", [("Dashboard", "page")]),
        ("questions", [("Dashboard", "true")]),
        ("plans:plan", [("Plan", "page")]),
        ("plans:plan_list", [("Plan", "true")]),
        ("plans:recommendation_list", [("Plan", "true")]),
        ("slippage", [("Plan", "true")]),
        ("area", [("Plan", "true")]),
        ("action", [("Actions", "true")]),
        ("breaks", [("Impact", "true")]),
        ("meeting_list", [("Meetings", "page")]),
        ("challenge_list", [("Meetings", "true")]),
        ("changes", [("Meetings", "true")]),
        ("plans:lead_list", [("People", "true")]),
        ("feed", []),
    ],
)
def test_a_page_marks_the_item_that_leads_to_it(signed_in, name, marked):
    board = make_board()
    area = make_area(make_plan(board))
    things = {"area": [area.pk], "action": [make_action(area).pk]}
    address = reverse(name, args=[board.slug, *things.get(name, [])])
    page = signed_in(make_member(board, Role.ADMINISTRATOR)).get(address)
    assert [(label, current) for label, _, current in page.context["navigation"] if current] == marked
