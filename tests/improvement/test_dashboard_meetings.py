"""The next meeting on the dashboard."""

import pytest
from django.utils import timezone

from tests.factories import make_action, make_area, make_board, make_meeting, make_member, make_plan
from tests.improvement.test_dashboard import ago, dashboard_of
from tests.pages import words_of

pytestmark = pytest.mark.django_db


def test_a_meeting_of_today_is_the_next_one(signed_in):
    plan = make_plan(make_board())
    make_action(make_area(plan))
    make_meeting(plan.board, timezone.localdate())
    make_meeting(plan.board, ago(-7))
    page = dashboard_of(plan, signed_in(make_member(plan.board)))
    assert "Next meeting: today." in words_of(page)
