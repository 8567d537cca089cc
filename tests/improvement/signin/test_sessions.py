"""Sessions end without use and take nothing with them; leavers are out at once; sign-in is limited."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from plans.models import KeptForm, Role
from tests.factories import make_action, make_area, make_board, make_member, make_plan, make_update, make_user
from tests.pages import fields_of, text_of
from tests.plans.editing import url

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Europe/London"))
PASSWORD = "a long password"


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def idle(settings, clock):
    settings.SESSION_COOKIE_AGE = 60 * 60
    return clock


@pytest.fixture
def board():
    return make_board("teesmere")


def enter(client, user, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": user.email, "password": password})


def is_in(client):
    return client.get(reverse("home")).status_code == 200


def test_a_session_in_use_goes_on_and_an_idle_one_ends(idle, client):
    enter(client, make_user())
    for _ in range(3):
        idle.shift(timedelta(minutes=50))
        assert is_in(client)
    idle.shift(timedelta(minutes=61))
    assert not is_in(client)


def test_going_on_is_written_once_a_minute(idle, client):
    enter(client, make_user())
    ends = [Session.objects.get().expire_date]
    for seconds in (30, 40):
        idle.shift(timedelta(seconds=seconds))
        is_in(client)
        ends.append(Session.objects.get().expire_date)
    assert [later - ends[0] for later in ends] == [timedelta(0), timedelta(0), timedelta(seconds=70)]


def test_what_is_typed_while_the_session_ends_is_found_again(idle, client, board):
    admin = make_member(board, Role.ADMINISTRATOR)
    enter(client, admin)
    address = url(board, "plan_new")
    fields = fields_of(client.get(address), "token") | {"title": "A plan that took an hour to write"}
    idle.shift(timedelta(minutes=61))
    answer = client.post(address, fields)
    assert answer.url == f"/account/login/?next={address}"
    assert board.plans.count() == 0
    client.post(answer.url, {"login": admin.email, "password": PASSWORD})
    again = fields_of(client.get(address), "title")
    assert again["title"] == "A plan that took an hour to write"
    client.post(address, again)
    assert [plan.title for plan in board.plans.all()] == ["A plan that took an hour to write"]


def test_a_file_chosen_while_the_session_ends_is_asked_for_again(idle, client, board):
    action = make_action(make_area(make_plan(board)))
    editor = make_member(board, Role.EDITOR)
    enter(client, editor)
    address = f"{url(board, 'evidence_new')}?action={action.pk}"
    fields = fields_of(client.get(address), "token") | {"title": "Audit of plans"}
    idle.shift(timedelta(minutes=61))
    file = SimpleUploadedFile("audit of plans.pdf", b"%PDF-1.7")
    answer = client.post(address, fields | {"file": file})
    client.post(answer.url, {"login": editor.email, "password": PASSWORD})
    page = client.get(address)
    assert fields_of(page, "title")["title"] == "Audit of plans"
    assert "Files are not kept: choose audit of plans.pdf again." in text_of(page)


@pytest.fixture
def leaver(client, board):
    """Somebody who had a form open when their account was switched off."""
    person = make_member(board, Role.EDITOR, "Lena Holt")
    make_update(make_action(make_area(make_plan(board))), by=person, happened="Every contact was answered.")
    enter(client, person)
    person.form = fields_of(client.get(url(board, "plan_new")), "token")
    person.is_active = False
    person.save()
    return person


def test_a_leaver_s_open_session_is_worth_nothing(leaver, client, board):
    answer = client.get(url(board, "plan"))
    assert (answer.status_code, answer.url) == (302, f"/account/login/?next={url(board, 'plan')}")


def test_a_leaver_does_not_sign_in_again(leaver, client):
    assert enter(client, leaver).url == reverse("account_inactive")
    assert not is_in(client)


def test_a_leaver_gets_no_new_password(leaver, client):
    client.post(reverse("account_reset_password"), {"email": leaver.email})
    assert "/account/password/reset/key/" not in "".join(sent.body for sent in mail.outbox)


def test_a_leaver_s_older_link_is_worth_nothing(client, board, settings):
    settings.EMAIL_HOST = "mail.example.org"
    person = make_member(board)
    client.post(reverse("account_reset_password"), {"email": person.email})
    link = next(word for word in mail.outbox[0].body.split() if "/reset/key/" in word)
    person.is_active = False
    person.save()
    page = client.get(link, follow=True)
    client.post(
        page.redirect_chain[-1][0], {"password1": "another long one", "password2": "another long one"}
    )
    assert not is_in(client)


def test_what_a_leaver_had_open_is_neither_saved_nor_kept(leaver, client, board):
    answer = client.post(url(board, "plan_new"), leaver.form | {"title": "Too late"})
    assert (answer.status_code, KeptForm.objects.count(), board.plans.count()) == (302, 0, 1)


def test_a_leaver_s_history_stays(leaver, signed_in, board):
    words = text_of(signed_in(make_member(board)).get(url(board, "history")))
    assert "Lena Holt" in words
    assert leaver.memberships.get().board == board


def test_too_many_wrong_passwords_close_the_door_for_a_while(client, settings, clock):
    settings.CACHES = {"default": settings.CACHES["limits"]}
    person = make_user()
    for _ in range(5):
        enter(client, person, "a wrong password")
    answer = enter(client, person)
    assert "Too many attempts to sign in have failed. Wait five minutes, then try again." in text_of(answer)
    assert not is_in(client)
    clock.shift(timedelta(minutes=6))
    enter(client, person)
    assert is_in(client)


def test_somebody_else_is_not_shut_out_with_them(client, settings):
    settings.CACHES = {"default": settings.CACHES["limits"]}
    person, other = make_user(), make_user()
    for _ in range(6):
        enter(client, person, "a wrong password")
    enter(client, other)
    assert is_in(client)


def test_nobody_gives_themselves_another_address(client):
    person = make_user()
    before = person.email
    enter(client, person)
    answer = client.post(reverse("account_email"), {"action_add": "", "email": "other@example.org"})
    assert answer.url == reverse("socialaccount_connections")
    person.refresh_from_db()
    assert (person.email, EmailAddress.objects.count()) == (before, 0)


def test_a_session_ends_with_the_browser(client):
    cookie = enter(client, make_user()).cookies["sessionid"]
    assert (cookie["max-age"], cookie["expires"], cookie["httponly"]) == ("", "", True)


@pytest.mark.parametrize(("last", "refused"), [("192.0.2.1", True), ("192.0.2.2", False)])
def test_behind_a_proxy_the_last_address_is_the_one_that_is_limited(client, settings, clock, last, refused):
    settings.CACHES = {"default": settings.CACHES["limits"]}
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    person = {"login": "nobody@example.org", "password": PASSWORD}
    for number in range(30):
        told = f"198.51.100.{number}, 192.0.2.1"
        client.post(
            reverse("account_login"),
            person | {"login": f"nobody{number}@example.org"},
            headers={"x-forwarded-for": told},
        )
    answer = client.post(
        reverse("account_login"), person, headers={"x-forwarded-for": f"198.51.100.99, {last}"}
    )
    assert (answer.status_code == 429) is refused


def test_another_password_ends_the_other_sessions(client):
    person, elsewhere = make_user(), Client()
    enter(client, person)
    enter(elsewhere, person)
    assert is_in(elsewhere)
    fields = {"oldpassword": PASSWORD, "password1": "another long one", "password2": "another long one"}
    form = client.get(reverse("account_change_password")).context["form"]
    assert [field.label for field in form] == ["Current password", "New password", "New password (again)"]
    page = client.post(reverse("account_change_password"), fields, follow=True)
    assert page.redirect_chain == [(reverse("own_sessions"), 302)]
    assert "Your password is changed, and you are signed out everywhere else." in text_of(page)
    assert (is_in(client), is_in(elsewhere)) == (True, False)
