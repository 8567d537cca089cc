"""A board may ask everybody for a second step at sign-in."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse

from plans.models import KeptForm, Role
from plans.services.people import require_second_factor
from tests.factories import make_board, make_member, make_user
from tests.pages import fields_of, text_of
from tests.plans.editing import fill, messages_of, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return make_board("teesmere")


@pytest.fixture
def editor(board):
    return make_member(board, Role.EDITOR)


@pytest.fixture
def asking(board):
    require_second_factor(board, True, by=None)
    return board


def set_up(user):
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")


def test_without_one_the_way_leads_to_setting_one_up_and_back(signed_in, asking, editor):
    web = signed_in(editor)
    page = url(asking, "action_list", q="schools")
    answer = web.get(page)
    assert (answer.status_code, answer.url) == (302, reverse("mfa_index"))
    words = text_of(web.get(answer.url))
    assert "The page that you opened is for people who sign in with a second step." in words
    set_up(editor)
    way_on = f'<a class="govuk-link" href="{page}">to the page that you opened</a>'
    assert way_on in web.get(answer.url).content.decode()
    assert web.get(page).status_code == 200


def test_a_board_that_does_not_ask_is_open(signed_in, board, editor):
    assert signed_in(editor).get(url(board, "plan")).status_code == 200


def test_recovery_codes_alone_are_no_second_step(signed_in, asking, editor):
    Authenticator.objects.create(user=editor, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert signed_in(editor).get(url(asking, "plan")).status_code == 302


def test_what_was_being_written_is_found_again(signed_in, board, editor):
    web = signed_in(editor)
    page = url(board, "plan_new")
    fields = fields_of(web.get(page), "token") | {"title": "A plan that took an hour to write"}
    require_second_factor(board, True, by=None)
    answer = web.post(page, fields)
    assert answer.url == reverse("mfa_index")
    assert "What you wrote is kept for a day" in text_of(web.get(answer.url))
    assert board.plans.count() == 0
    set_up(editor)
    assert fields_of(web.get(page), "title")["title"] == "A plan that took an hour to write"
    assert KeptForm.objects.get().path == page


@pytest.mark.parametrize(("who", "status"), [("outsider", 404), ("wrong role", 403)])
def test_nobody_learns_more_of_the_board_by_it(signed_in, asking, who, status):
    user = make_user() if who == "outsider" else make_member(asking, Role.MEMBER)
    assert signed_in(user).get(url(asking, "plan_new")).status_code == status


def test_an_administrator_asks_for_it_and_stops_asking(signed_in, board):
    admin = make_member(board, Role.ADMINISTRATOR)
    set_up(admin)
    web = signed_in(admin)
    answer = fill(web, url(board, "second_factor"), requires_second_factor="on")
    assert messages_of(answer) == ["Everybody on the board needs a second step at sign-in."]
    assert "Second step at sign-in: needed" in text_of(web.get(url(board, "member_list")))
    answer = fill(web, url(board, "second_factor"), requires_second_factor=None)
    assert messages_of(answer)[-1] == "A password alone is enough for this board."
    board.refresh_from_db()
    assert board.requires_second_factor is False
    assert [(row.requires_second_factor, row.history_user) for row in board.history.all()] == [
        (False, admin),
        (True, admin),
        (False, None),
    ]
