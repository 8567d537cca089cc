"""A plan as at its first meeting, on a board that met years before it under another plan."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from improvement.packs.content import gather
from plans.models import Role
from plans.services.progress import move_target
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_meeting,
    make_member,
    make_plan,
    make_update,
)
from tests.pages import words_of

pytestmark = pytest.mark.django_db

FIRST = date(2026, 8, 5)


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to("2026-08-20T12:00:00+01:00", tick=False)


@pytest.fixture
def plan():
    board = make_board()
    make_meeting(board, date(2020, 3, 30))
    plan = make_plan(board, "Improvement plan", starts=date(2026, 8, 1))
    action = make_action(make_area(plan), "Train everyone", target="1 October 2026")
    make_update(action, "off_track", on=date(2026, 8, 3))
    move_target(action, to="1 November 2026", reason="Two posts are empty.", by=None, on=date(2026, 8, 4))
    return plan


@pytest.fixture
def meeting(plan):
    return make_meeting(plan.board, FIRST)


@pytest.fixture
def said(plan, meeting, signed_in):
    client = signed_in(make_member(plan.board, Role.EDITOR))

    def say(name, *args, **query):
        return words_of(client.get(reverse(name, args=[plan.board.slug, *args]), {"plan": plan.pk} | query))

    return say


def test_the_dashboard_compares_with_no_meeting_of_another_plan(said):
    words = said("dashboard", as_at=FIRST)
    assert "No action was rated a month ago, so there is nothing to compare with yet" in words
    assert "In the last month 1 had a first rating. Everything that changed in the last month" in words
    assert "1 date moved in the last month" in words
    assert not re.search("2020|fewer|more than", words)


def test_a_later_day_is_compared_with_the_first_meeting(said):
    assert "Compared with the meeting of 5 August 2026" in said("dashboard")


def test_what_changed_is_asked_of_a_month(said):
    assert "What changed from 5 July 2026 to 5 August 2026" in said("changes", as_at=FIRST)


def test_the_meeting_tells_what_it_decided_before_and_no_changes_since_then(said, meeting):
    words = said("meeting", meeting.pk)
    assert "Decided last time 30 March 2020" in words
    assert "Since 30 March" not in words


def test_the_pack_compares_with_nothing(plan, meeting):
    content = gather(meeting, plan, number=1, at=timezone.now(), by=None)
    summary = content["summary"]
    assert summary["headline"] == "1 of 1 action is off track; 1 date moved."
    assert {each["change"] for each in summary["counts"]} == {""}
    assert (summary["since"]["heading"], content["changes"]["since"]) == ("Since 5 July 2026", "2026-07-05")
