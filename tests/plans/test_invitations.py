"""Somebody new is sent a link to choose a password: for one use, for three days, for them alone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.urls import reverse

from plans.models import Role, User
from plans.services.people import set_role
from tests.factories import make_board, make_member
from tests.pages import text_of
from tests.plans.editing import fill, messages_of, url

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Europe/London"))
FRESH = {"password1": "twelve letters", "password2": "twelve letters"}


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def board(settings):
    settings.EMAIL_HOST = "mail.example.org"
    settings.SITE_URL = "https://plans.example.gov.uk"
    return make_board("teesmere")


@pytest.fixture
def web(signed_in, board):
    return signed_in(make_member(board, Role.ADMINISTRATOR, "Ada Finch"))


def invite(web, board):
    return fill(web, url(board, "member_new"), email="priya@example.org", name="Priya Shah", role="chair")


def follow(client):
    """The link of the last email, without the site's name."""
    client.logout()
    words = mail.outbox[-1].body.split()
    link = next(word for word in words if "/reset/key/" in word)
    return client.get(link.removeprefix("https://plans.example.gov.uk"), follow=True)


def choose(client, page):
    return client.post(page.redirect_chain[-1][0], FRESH)


def has_password():
    return User.objects.get(email="priya@example.org").check_password("twelve letters")


def test_the_email_says_who_invites_to_what_and_how_long_the_link_works(web, board):
    invite(web, board)
    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (
        ["priya@example.org"],
        "Teesmere Borough Council: you are invited to the Improvement board",
    )
    assert "Hello Priya Shah,\n\nAda Finch has put you on a board" in sent.body
    assert "as chair:\nTeesmere Borough Council, Improvement board\n" in sent.body
    assert "The link works once, for 3 days:\nhttps://plans.example.gov.uk/account/password/" in sent.body
    assert "Sign in with" not in sent.body


def test_the_link_leads_to_a_password_and_works_once(web, board, client):
    invite(web, board)
    choose(client, follow(client))
    assert has_password()
    assert "The link does not work any more" in text_of(follow(client))


@pytest.mark.parametrize(("days", "works"), [(2, True), (4, False)])
def test_the_link_is_too_old_after_three_days(clock, web, board, client, days, works):
    invite(web, board)
    clock.shift(timedelta(days=days))
    page = follow(client)
    if works:
        choose(client, page)
    else:
        assert "The link does not work any more" in text_of(page)
    assert has_password() is works


def test_a_new_link_comes_for_the_asking(clock, web, board, client):
    invite(web, board)
    clock.shift(timedelta(days=4))
    client.logout()
    client.post(reverse("account_reset_password"), {"email": "priya@example.org"})
    link = next(word for word in mail.outbox[-1].body.split() if "/reset/key/" in word)
    choose(client, client.get(link, follow=True))
    assert has_password()


def test_who_signs_in_by_the_council_is_sent_no_link(web, board):
    user = User.objects.create_user("priya@example.org", "Priya Shah")
    set_role(make_board(), user, Role.CHAIR, by=None)
    SocialAccount.objects.create(user=user, provider="council", uid="priya")
    answer = invite(web, board)
    assert messages_of(answer) == ["Priya Shah is on the board as chair."]
    assert mail.outbox == []


def test_a_mail_server_that_is_away_leaves_nothing_half_done(web, board, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    answer = invite(web, board)
    assert "The invitation could not be sent, so nobody was added." in text_of(answer)
    assert not User.objects.filter(email="priya@example.org").exists()
