"""Reminders by email: one's own choice, and when a board's go out."""

import pytest
from django.urls import reverse

from plans.models import Membership, Role
from plans.services.people import set_role
from tests.factories import make_board, make_member, make_user
from tests.pages import fields_of, words_of
from tests.plans.editing import errors_of, fill, messages_of, url

pytestmark = pytest.mark.django_db

ADDRESS = "/reminders/"


def wanted(user):
    return sorted(user.memberships.filter(wants_nudges=True).values_list("board__slug", flat=True))


@pytest.fixture
def user():
    user = make_user()
    for slug in ("one", "two"):
        set_role(make_board(slug), user, Role.MEMBER, by=None)
    return user


def test_each_board_has_its_own_tick(signed_in, user):
    web = signed_in(user)
    two = user.memberships.get(board__slug="two")
    response = fill(web, ADDRESS, boards=[two.pk])
    assert (response["Location"], messages_of(response)) == (ADDRESS, ["Your reminders are saved."])
    assert wanted(user) == ["two"]
    assert fields_of(web.get(ADDRESS), "token")["boards"] == str(two.pk)
    fill(web, ADDRESS, boards=None)
    assert wanted(user) == []


def test_a_choice_is_in_the_boards_history(signed_in, user):
    fill(signed_in(user), ADDRESS, boards=None)
    admin = make_member(user.memberships.first().board, Role.ADMINISTRATOR)
    words = words_of(signed_in(admin).get(reverse("history", args=["one"])))
    assert f"{user} on the board Reminders by email Yes No" in words


def test_a_board_joined_meanwhile_stays_as_it_is(signed_in, user):
    web = signed_in(user)
    fields = fields_of(web.get(ADDRESS), "token") | {"boards": []}
    set_role(make_board("three"), user, Role.MEMBER, by=None)
    web.post(ADDRESS, fields)
    assert wanted(user) == ["three"]


def test_nobody_switches_off_anothers_reminders(signed_in, user):
    other = make_user()
    set_role(make_board("other"), other, Role.MEMBER, by=None)
    fields = fields_of(signed_in(user).get(ADDRESS), "token")
    theirs = Membership.objects.get(user=other)
    response = signed_in(user).post(ADDRESS, fields | {"boards": [theirs.pk], "shown": str(theirs.pk)})
    assert list(errors_of(response)) == ["boards"]
    assert wanted(other) == ["other"]


def test_the_link_in_an_email_leads_through_the_sign_in(client, user):
    assert client.get(ADDRESS)["Location"] == f"/account/login/?next={ADDRESS}"


def test_every_page_leads_there(signed_in, user):
    assert f'href="{ADDRESS}"' in signed_in(user).get(reverse("dashboard", args=["one"])).content.decode()


def test_without_a_board_there_is_nothing_to_choose(signed_in):
    assert "You are not on a board yet" in words_of(signed_in(make_user()).get(ADDRESS))


@pytest.fixture
def board():
    return make_board()


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ("14", "Reminders go out 14 days before a meeting."),
        ("0", "Reminders go out on the day of a meeting."),
    ],
)
def test_an_administrator_says_how_long_before_a_meeting(signed_in, board, days, words):
    web = signed_in(make_member(board, Role.ADMINISTRATOR))
    response = fill(web, url(board, "board_reminders"), nudge_days=days)
    assert messages_of(response) == [words]
    board.refresh_from_db()
    assert board.nudge_days == int(days)
    history = words_of(web.get(reverse("history", args=[board.slug])))
    assert f"The board Days before a meeting to send reminders 7 {days}" in history


@pytest.mark.parametrize(
    ("days", "error"),
    [
        ("soon", "Enter a whole number of days, such as 7"),
        ("-1", "Enter 0 or more days"),
        ("61", "Enter at most 60 days"),
    ],
)
def test_days_that_can_not_be(signed_in, board, days, error):
    web = signed_in(make_member(board, Role.ADMINISTRATOR))
    assert errors_of(fill(web, url(board, "board_reminders"), nudge_days=days)) == {"nudge_days": [error]}
