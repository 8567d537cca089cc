"""The next meeting on the dashboard."""

from datetime import date

import pytest
from django.utils import timezone

from tests.factories import make_action, make_area, make_board, make_meeting, make_member, make_plan
from tests.improvement.test_dashboard import ago, dashboard_of
from tests.pages import words_of

pytestmark = pytest.mark.django_db


def test_the_next_meeting_comes_after_the_end_of_an_ended_plan(signed_in):
    board = make_board()
    plan = make_plan(board, starts=date(2020, 1, 6), ends=date(2020, 3, 30), status="closed")
    make_action(make_area(plan))
    client = signed_in(make_member(board))
    make_meeting(board, date(2020, 3, 30))
    assert "Next meeting" not in words_of(dashboard_of(plan, client))
    make_meeting(board, date(2020, 4, 27))
    assert "Next meeting: Monday 27 April 2020" in words_of(dashboard_of(plan, client))


def test_a_meeting_of_today_is_the_next_one(signed_in):
    plan = make_plan(make_board())
    make_action(make_area(plan))
    make_meeting(plan.board, timezone.localdate())
    make_meeting(plan.board, ago(-7))
    page = dashboard_of(plan, signed_in(make_member(plan.board)))
    assert "Next meeting: today." in words_of(page)
