"""A changed way to sign in ends the person's other sessions, and they are told in words that open nothing."""

import re
import smtplib
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import allauth
import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from django.urls import reverse

from improvement.signin.notices import CHANGES, LAST_CODE, tell_of_change
from plans.services.people import require_second_factor
from tests.factories import make_board, make_member, make_user

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Europe/London"))
PASSWORD, ANOTHER = "a long password", "Quiet harbour at nine"
SECRET = "JBSWY3DPEHPK3PXP"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0"


class NoMailServer(BaseEmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture(autouse=True)
def by_email(settings):
    settings.EMAIL_HOST = "mail.example.org"
    settings.SITE_URL = "https://plans.example.org"


@pytest.fixture
def person():
    board = make_board("teesmere", "Teesmere Board")
    person = make_member(board, name="Lena O’Holt & Co")
    require_second_factor(board, True, by=person)
    return person


@pytest.fixture
def after(django_capture_on_commit_callbacks):
    """Does what waits for the end of a transaction."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def enter(client, person, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": person.email, "password": password})


def change_password(client, person=None):
    fields = {"oldpassword": PASSWORD, "password1": ANOTHER, "password2": ANOTHER}
    return client.post(reverse("account_change_password"), fields, headers={"user-agent": FIREFOX})


def is_in(client):
    return client.get(reverse("own_sessions")).status_code == 200


def set_up_app(client, person):
    form = client.get(reverse("mfa_activate_totp"))
    secret = form.context["form"].secret
    return client.post(
        reverse("mfa_activate_totp"), {"code": format_hotp_value(hotp_value(secret, int(time.time()) // 30))}
    )


def stop_app(client, person):
    TOTP.activate(person, SECRET)
    return client.post(reverse("mfa_deactivate_totp"))


def remove_passkey(client, person):
    key = Authenticator.objects.create(user=person, type="webauthn", data={"name": "Key", "credential": {}})
    return client.post(reverse("mfa_remove_webauthn", args=[key.pk]))


def make_codes(client, person):
    TOTP.activate(person, SECRET)
    return client.post(reverse("mfa_generate_recovery_codes"))


SAID = {
    set_up_app: "An authenticator app was added to your account",
    stop_app: "The authenticator app was removed from your account",
    remove_passkey: "A passkey was removed from your account",
    make_codes: "New recovery codes were made for your account",
    change_password: "Your password was changed",
}


@pytest.mark.parametrize("change", SAID)
def test_a_change_ends_what_else_is_open_and_is_told(client, person, after, mailoutbox, change):
    """Also a session from before the second step was set up; nobody else's ends, and this one goes on."""
    elsewhere, other = Client(), Client()
    for each in (client, elsewhere):
        enter(each, person)
    enter(other, make_user())
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    with after():
        assert change(client, person).status_code == 302
    assert [is_in(each) for each in (client, elsewhere, other)] == [True, False, True]
    assert [(sent.subject, sent.to) for sent in mailoutbox] == [
        (f"{SAID[change]} on Improvement boards", [person.email])
    ]


def test_the_email_says_what_when_and_where_and_names_no_board(client, person, after, mailoutbox):
    enter(client, person)
    with after():
        change_password(client)
    (sent,) = mailoutbox
    assert (sent.subject, sent.to) == ("Your password was changed on Improvement boards", [person.email])
    assert sent.body.split("\n") == [
        "Hello Lena O’Holt & Co,",
        "",
        "Your password was changed on 22 November 2026 at 12:00, in Firefox on Windows.",
        "",
        "If that was you, there is nothing to do.",
        "",
        "If it was not, tell the administrator of your board at once, and ask for a new password:",
        "https://plans.example.org/account/password/reset/",
        "",
        "Improvement boards",
        "",
    ]


def test_who_has_no_password_is_not_sent_for_another(rf, person, mailoutbox):
    person.set_unusable_password()
    tell_of_change(rf.get("/"), person, "mfa/email/webauthn_added")
    assert mailoutbox[0].body.split("\n")[6:] == [
        "If it was not, tell the administrator of your board at once, and whoever looks after your council’s",
        "accounts.",
        "",
        "Improvement boards",
        "",
    ]


def code_now():
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))


def test_a_sign_in_that_waits_at_its_second_step_ends_too(person, signed_in):
    other, waiting, others = make_user(), Client(), Client()
    for each, whose in ((waiting, person), (others, other)):
        TOTP.activate(whose, SECRET)
        enter(each, whose)
    assert change_password(signed_in(person)).status_code == 302
    for each in (waiting, others):
        each.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert [is_in(each) for each in (waiting, others)] == [False, True]


def test_a_password_set_by_a_link_is_told_and_ends_every_session(client, person, after, mailoutbox):
    enter(client, person)
    elsewhere = Client()
    elsewhere.post(reverse("account_reset_password"), {"email": person.email})
    link = re.search(r"https://plans.example.org(\S+)", mailoutbox.pop().body)[1]
    form = elsewhere.get(link, follow=True)
    with after():
        elsewhere.post(form.redirect_chain[-1][0], {"password1": ANOTHER, "password2": ANOTHER})
    assert [sent.subject for sent in mailoutbox] == [
        "A new password was set for your account on Improvement boards"
    ]
    assert not is_in(client)


@pytest.mark.parametrize("when", ["at sign-in", "later"])
def test_the_last_recovery_code_is_told_and_no_other(client, person, mailoutbox, when):
    TOTP.activate(person, SECRET)
    codes = RecoveryCodes.activate(person)
    last, *others = codes.get_unused_codes()
    for code in others[1:]:
        assert codes.validate_code(code)
    for code in (others[0], last):
        assert mailoutbox == []
        use(code, person, when)
    assert [sent.subject for sent in mailoutbox] == [
        "The last recovery code of your account was used on Improvement boards"
    ]


def use(code, person, when):
    client = Client()
    if when == "at sign-in":
        enter(client, person)
        client.post(reverse("mfa_authenticate"), {"code": code})
    else:
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        client.post(reverse("mfa_reauthenticate"), {"code": code})


def test_without_a_mail_server_nobody_is_told(client, person, after, settings, mailoutbox):
    settings.EMAIL_HOST = ""
    enter(client, person)
    with after():
        assert change_password(client).status_code == 302
    assert mailoutbox == []


def test_a_mail_server_that_is_away_keeps_nobody_from_changing(client, person, after, settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.NoMailServer"
    enter(client, person)
    with after():
        assert change_password(client).status_code == 302
    person.refresh_from_db()
    assert person.check_password(ANOTHER)
    assert "the notice of a changed way to sign in was not sent" in caplog.text
    assert person.email not in caplog.text


def test_every_change_that_the_library_tells_of_has_words_of_its_own():
    """But for email addresses: nobody changes their own."""
    sources = [path.read_text() for path in Path(allauth.__file__).parent.rglob("*.py")]
    told = {
        name for source in sources for name in re.findall(r'send_notification_mail\(\s*"([^"]+)"', source)
    }
    assert {name for name in told if "/email_" not in name} == set(CHANGES) - {LAST_CODE}
