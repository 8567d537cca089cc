"""What feeds tell: of one board, what its pages count, and no more than a person may see."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from improvement.feeds.catalogue import CATALOGUE
from plans.models import Action, Role
from plans.services.actions import edit_action, withdraw_action
from plans.services.areas import edit_area
from plans.services.plans import edit_plan
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_member,
    make_plan,
    make_update,
)
from tests.impact.factories import make_narrative
from tests.improvement.feeds.reading import Reader, address, body_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return make_board("board-a")


@pytest.fixture
def area(board):
    return make_area(make_plan(board, "Our plan"))


@pytest.fixture
def member(board):
    return Reader(make_member(board, Role.MEMBER))


def test_another_boards_things_are_not_told(board, area, member):
    other = make_area(make_plan(make_board()))
    for where in (area, other):
        make_update(make_action(where), "on_track")
        make_narrative(where)
    for name in ("plans", "areas", "actions", "updates", "narratives"):
        assert len(member.rows(board, name)) == 1, name


def test_what_was_withdrawn_is_not_told(board, area, member):
    stays, goes = make_action(area, "Stays"), make_action(area, "Goes")
    for action in (stays, goes):
        make_update(action, "on_track")
    withdraw_action(goes, by=make_member(board, Role.EDITOR), reason="No longer needed.")
    assert [row["title"] for row in member.rows(board, "actions")] == ["Stays"]
    assert [row["action_id"] for row in member.rows(board, "updates")] == [stays.pk]


def test_drafts_are_told_to_those_who_may_write(board, area, member):
    make_narrative(area, "Published.")
    make_narrative(area, "A draft.", published=False)
    told = [row["so_what"] for row in member.rows(board, "narratives")]
    writers = Reader(make_member(board, Role.EDITOR)).rows(board, "narratives")
    assert told == ["Published."]
    assert sorted(row["so_what"] for row in writers) == ["A draft.", "Published."]
    assert sorted(row["status"] for row in writers) == ["draft", "published"]


@pytest.mark.parametrize("words", ["=1+1", "+44", "-2+3", "@SUM(A1)", "\t=1", "  =1", "\n=1", "＝1"])
def test_no_cell_is_a_formula(board, area, member, words):
    make_action(area, "Action", outcome=words)
    [row] = member.rows(board, "actions")
    header, [cells] = member.csv(board, "actions")
    assert row["outcome"] == words
    plain = words.lstrip("+").isdecimal()
    assert cells[header.index("outcome")] == (words if plain else f"'{words}")


@pytest.mark.parametrize(
    ("name", "query", "said"),
    [
        ("actions", {"as_at": "yesterday"}, "as_at is no real day. Write it as as_at=2026-03-27."),
        ("actions", {"as_at": "30/2/2026"}, "as_at is no real day. Write it as as_at=2026-03-27."),
        ("actions", {"as_at": "2999-01-01"}, "That day is still to come"),
        ("actions", {"as_at": "1900-01-01"}, "Choose a day from 1 January 2000 on"),
        ("meetings", {"as_at": "2026-01-01"}, "Leave out as_at."),
    ],
)
def test_a_day_that_can_not_be_told_is_refused_in_a_sentence(board, member, name, query, said):
    answer = member.get(board, name, "csv", **query)
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert said in body_of(answer).decode()


@pytest.mark.parametrize("path", ["secrets.csv", "actions.xml", "actions.xlsx", "users.json"])
def test_what_there_is_not_is_not_found(board, member, path):
    answer = member.web.get(f"/boards/{board.slug}/feed/{path}", headers=member.headers)
    assert (answer.status_code, "Check the address." in body_of(answer).decode()) == (404, True)


def test_the_index_lists_every_data_set_with_addresses_that_open(board, member, settings):
    answer = member.web.get(reverse("feed_index", args=[board.slug]), headers=member.headers)
    listed = answer.json()["datasets"]
    assert [each["name"] for each in listed] == [each.name for each in CATALOGUE]
    for each in listed:
        for form in ("csv", "json"):
            path = each[form].removeprefix(settings.SITE_URL)
            assert member.web.get(path, headers=member.headers).status_code == 200
        assert member.told(board, each["name"])["fields"] == each["fields"]


def test_the_page_describes_every_field(signed_in, board):
    page = signed_in(make_member(board, Role.MEMBER)).get(reverse("feed", args=[board.slug]))
    words = page.content.decode()
    missing = [
        (data_set.name, field.name)
        for data_set in CATALOGUE
        for field in data_set.fields
        if f"<code>{field.name}</code>" not in words
    ]
    assert missing == []
    assert address(board, "actions", "csv") in words


def test_words_are_those_of_the_day_asked_for(board, time_machine):
    start = timezone.now()
    area = make_area(make_plan(board, "The first title"), "The first heading")
    make_action(area, "The first words")
    time_machine.move_to(start + timedelta(5))
    edit_plan(area.plan, by=None, title="Another title")
    edit_area(area, by=None, title="Another heading")
    edit_action(Action.objects.get(), by=None, title="Other words")
    member, day = Reader(make_member(board)), timezone.localdate(start).isoformat()
    assert told(member, board, as_at=day) == ("The first title", "The first heading", "The first words")
    assert told(member, board) == ("Another title", "Another heading", "Other words")


def told(member, board, **query):
    names = (("plans", "title"), ("areas", "title"), ("actions", "title"))
    return tuple(member.rows(board, name, **query)[0][field] for name, field in names)
