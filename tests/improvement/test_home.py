from datetime import date, timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse
from django.utils import timezone

from plans.models import Role
from plans.services.moves import ask_move
from plans.services.people import require_second_factor, set_role
from tests.factories import (
    make_action,
    make_area,
    make_board,
    make_challenge,
    make_lead,
    make_meeting,
    make_plan,
    make_update,
    make_user,
)
from tests.pages import words_of

pytestmark = pytest.mark.django_db


def put_on(user, *, name="", role=Role.MEMBER):
    board = make_board(name=name or "Improvement board")
    set_role(board, user, role, by=None)
    return board


def test_ones_only_board_opens_at_once(signed_in):
    user = make_user()
    board = put_on(user)
    assert signed_in(user).get("/")["Location"] == reverse("dashboard", args=[board.slug])


def test_boards_of_one_name_show_their_addresses(signed_in):
    user = make_user()
    first, second = put_on(user), put_on(user)
    other = put_on(user, name="Partnership board")
    words = words_of(signed_in(user).get("/"))
    assert str(first) == str(second)
    assert f"{first} {first.slug} Member" in words
    assert f"{second} {second.slug} Member" in words
    assert f"{other} Member" in words


def test_nobody_asks_without_signing_in(client):
    assert client.get("/")["Location"] == "/account/login/?next=/"


def test_several_boards_with_what_waits_on_each(signed_in):
    user, today = make_user(), timezone.localdate()
    put_on(user, name="A board that wants nothing")
    board = put_on(user, name="Improvement board", role=Role.LEAD)
    make_lead(board, "PSW", user)
    area = make_area(make_plan(board))
    done, late, fresh = (make_action(area, target="5 January 2020", leads="PSW") for _ in range(3))
    make_update(done, "complete", on=today - timedelta(31))
    make_update(late, "on_track", on=today - timedelta(31))
    make_update(fresh, "on_track", on=today)
    make_action(area, target="5 January 2020", leads="DCS")
    ended = make_plan(board, ends=today - timedelta(1))
    make_action(make_area(ended), target="5 January 2020", leads="PSW")
    page = signed_in(user).get("/")
    found = [
        (each.board.name, each.role, each.mine, each.to_do, each.overdue) for each in page.context["boards"]
    ]
    assert found == [
        ("A board that wants nothing", "Member", 0, 0, 0),
        ("Improvement board", "Lead", 2, 1, 2),
    ]
    assert "1 of your 2 actions not updated in the last month 2 overdue" in words_of(page)


def test_a_board_that_has_met_counts_from_its_last_meeting(signed_in, time_machine):
    time_machine.move_to("2030-03-23 10:31:00+00:00", tick=False)
    user = make_user()
    put_on(user, name="A board that wants nothing")
    board = put_on(user, role=Role.LEAD)
    make_lead(board, "PSW", user)
    area = make_area(make_plan(board))
    for day in (date(2030, 2, 26), date(2030, 2, 27)):
        make_update(make_action(area, leads="PSW"), on=day)
    for day in (date(2030, 1, 29), date(2030, 2, 26), date(2030, 3, 23)):
        make_meeting(board, day)
    page = signed_in(user).get("/")
    assert "1 of your 2 actions not updated since the meeting on 26 February" in words_of(page)


def test_a_board_that_asks_for_a_second_step_tells_nothing_before_it(signed_in):
    user = make_user()
    put_on(user, name="A board that asks for none")
    board = put_on(user, role=Role.CHAIR)
    make_lead(board, "PSW", user)
    action = make_action(make_area(make_plan(board)), target="5 January 2020", leads="PSW")
    require_second_factor(board, True, by=None)
    make_challenge(action, owner=board.leads.get(name="PSW"))
    ask_move(action, to="30 April 2030", by=make_user(), reason="Two posts are open")
    web = signed_in(user)
    page = web.get("/")
    [_, waiting] = page.context["boards"]
    assert waiting.needs_second_step
    assert (waiting.mine, waiting.overdue, waiting.challenged, waiting.to_decide) == (0, 0, 0, 0)
    assert "Improvement board Chair Needs your second step: open the board to set one up" in words_of(page)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    [_, waiting] = web.get("/").context["boards"]
    assert (waiting.mine, waiting.overdue, waiting.challenged, waiting.to_decide) == (1, 1, 1, 1)


def test_no_board_says_whom_to_ask(signed_in):
    user = make_user()
    assert f"Ask an administrator of your improvement board to add {user.email}." in words_of(
        signed_in(user).get("/")
    )


@pytest.mark.parametrize("staff", [True, False])
def test_site_staff_are_led_to_the_admin(signed_in, staff):
    page = signed_in(make_user(is_staff=staff)).get("/")
    assert ("Site administration: boards and users" in words_of(page)) is staff


@pytest.mark.parametrize("rows", [2, 4])
def test_a_fixed_number_of_queries(signed_in, django_assert_num_queries, rows):
    user = make_user()
    client = signed_in(user)
    for number in range(rows):
        board = put_on(user, name=f"Board {number}")
        make_lead(board, "PSW", user)
        make_update(make_action(make_area(make_plan(board)), leads="PSW"))
    with django_assert_num_queries(5):
        client.get("/")
