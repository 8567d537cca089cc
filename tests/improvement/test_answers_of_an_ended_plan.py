"""An ended plan shows what answers its recommendations now; a past day that was asked for does not."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from plans.models import Role
from plans.services.recommendations import name_answer, remove_recommendation
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_member,
    make_plan,
    make_recommendation,
    make_update,
)
from tests.improvement.feeds.reading import Reader

pytestmark = pytest.mark.django_db

ENDS = "2026-03-31"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-04-20 12:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def board():
    """Its plan ended on 31 March; on 10 April one recommendation was answered and another removed."""
    with time_machine.travel("2026-03-02 12:00"):
        board = make_board()
        editor = make_member(board, Role.EDITOR)
        plan = make_plan(board, starts=date(2026, 1, 1), ends=date.fromisoformat(ENDS))
        action = make_action(make_area(plan), "Meet weekly")
        make_update(action)
        answered, removed = (make_recommendation(board, reference=name) for name in "12")
    with time_machine.travel("2026-04-10 12:00"):
        name_answer(answered, action, by=editor)
        remove_recommendation(removed, by=editor, reason="It was entered twice.")
    return board


def asked(web, board, **query):
    page = web.get(reverse("questions", args=[board.slug]), query)
    return [group.about.reference for group in page.context["asked"].recommendation_groups]


def counted(web, board, **query):
    """What the dashboard counts, and what the list that it leads to holds."""
    page = web.get(reverse("dashboard", args=[board.slug]), query)
    listed = web.get(reverse("plans:recommendation_list", args=[board.slug]), {"cover": "none", **query})
    return page.context["unanswered"], len(listed.context["table"].rows)


def test_nothing_is_asked_about_what_was_answered_or_removed_since(signed_in, board):
    web = signed_in(make_member(board))
    assert (asked(web, board), counted(web, board)) == ([], (0, 0))
    then = {"as_at": ENDS}
    assert (asked(web, board, **then), counted(web, board, **then)) == (["1", "2"], (2, 2))


def test_what_has_no_action_now_is_counted_and_listed(signed_in, board):
    make_recommendation(board, reference="3")
    web = signed_in(make_member(board))
    assert counted(web, board) == (1, 1)
    words = web.get(reverse("dashboard", args=[board.slug])).content.decode()
    assert 'recommendations/?cover=none"' in words


def test_the_feed_tells_what_the_pages_tell(board):
    reader = Reader(make_member(board, Role.EDITOR))
    for query, questions, answers in (({}, 0, "1"), ({"as_at": ENDS}, 2, "")):
        told = [row["recommendation_id"] for row in reader.rows(board, "questions", **query)]
        assert sum(1 for pk in told if pk) == questions
        assert [row["recommendations"] for row in reader.rows(board, "actions", **query)] == [answers]
