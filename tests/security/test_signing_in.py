"""Sign-in against guessing, planted sessions, lists of accounts, foreign doors; limits counted for real."""

import time
from datetime import datetime, timedelta
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

import pytest
import time_machine
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.factories import make_board, make_member, make_user
from tests.pages import text_of
from tests.security.walking import every_address

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Europe/London"))
PASSWORD = "a long password"
SECRET = "JBSWY3DPEHPK3PXP"
LOGIN, SECOND = "/account/login/", "/account/2fa/authenticate/"


@pytest.fixture
def limited(settings):
    """The limits as in production, counted in the database."""
    settings.CACHES = {"default": settings.CACHES["limits"]}


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def person():
    return make_user("Lena Holt")


@pytest.fixture
def guarded(person):
    """Somebody with an authenticator app and recovery codes."""
    TOTP.activate(person, SECRET)
    RecoveryCodes.activate(person)
    return person


def enter(client, email, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": email, "password": password} | more)


def code_now():
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))


def is_in(client):
    return client.get("/").status_code == 200


def key_of(client):
    return client.cookies["sessionid"].value if "sessionid" in client.cookies else None


def test_a_planted_session_is_not_the_one_signed_in(client, person):
    client.get(SECOND)
    planted = client.session
    planted["mark"] = 1
    planted.save()
    client.cookies["sessionid"] = planted.session_key
    enter(client, person.email)
    assert is_in(client)
    assert key_of(client) != planted.session_key
    other = Client()
    other.cookies["sessionid"] = planted.session_key
    assert not is_in(other)


def test_the_second_step_gives_another_key_again(client, guarded, clock):
    enter(client, guarded.email)
    between = key_of(client)
    assert not is_in(client)
    client.post(SECOND, {"code": code_now()})
    assert is_in(client)
    assert key_of(client) != between
    assert not Session.objects.filter(session_key=between).exists()


def test_signing_out_kills_the_session(client, person):
    enter(client, person.email)
    key = key_of(client)
    client.post("/account/logout/")
    thief = Client()
    thief.cookies["sessionid"] = key
    assert not is_in(thief)
    assert not Session.objects.filter(session_key=key).exists()


def test_looking_at_the_sign_out_page_signs_nobody_out(client, person):
    enter(client, person.email)
    client.get("/account/logout/")
    assert is_in(client)


def test_a_new_password_ends_every_other_session(client, person):
    other = Client()
    for each in (client, other):
        enter(each, person.email)
    fresh = {"oldpassword": PASSWORD, "password1": "quite another one", "password2": "quite another one"}
    assert client.post("/account/password/change/", fresh).status_code == 302
    assert (is_in(client), is_in(other)) == (True, False)


def test_codes_are_limited_and_the_right_one_comes_too_late(client, guarded, limited, clock):
    enter(client, guarded.email)
    answers = [client.post(SECOND, {"code": f"{number:06}"}) for number in range(12)]
    assert "Too many" in text_of(answers[-1])
    client.post(SECOND, {"code": code_now()})
    assert not is_in(client)


def test_recovery_codes_are_limited_alike(client, guarded, limited, clock):
    enter(client, guarded.email)
    answers = [client.post(SECOND, {"code": f"{number:08}"}) for number in range(12)]
    assert "Too many" in text_of(answers[-1])


def test_a_code_works_once(client, guarded, limited, clock):
    code, second = code_now(), Client()
    for each in (client, second):
        enter(each, guarded.email)
        each.post(SECOND, {"code": code})
    assert (is_in(client), is_in(second)) == (True, False)


def test_asking_for_new_passwords_is_limited(client, person, limited, clock, mailoutbox):
    answers = [client.post("/account/password/reset/", {"email": person.email}) for _ in range(40)]
    assert answers[-1].status_code == 429
    assert len(mailoutbox) < 20


def test_many_people_guessed_from_one_place_are_limited(client, limited, clock):
    people = [make_user() for _ in range(12)]
    answers = [enter(client, each.email, "a wrong password") for each in people]
    assert "Too many" in answers[-1].content.decode()
    assert not is_in(client)


def test_a_flood_of_wrong_passwords_washes_no_limit_away(person, limited, clock):
    for _ in range(6):
        enter(Client(), person.email, "a wrong password")
    for number in range(400):
        cache.set(f"somebody-elses:{number}", [], 300)
    enter(Client(), "nobody@example.org", "a wrong password")
    client = Client()
    assert "Too many" in text_of(enter(client, person.email))
    assert not is_in(client)


@pytest.mark.parametrize("path", [LOGIN, "/account/password/reset/"])
def test_who_has_an_account_is_not_told(person, path):
    """The same status, address and words for an address that is known and for one that is not."""
    field = "login" if path == LOGIN else "email"
    told = []
    for email in (person.email, "nobody@example.org"):
        client = Client()
        response = client.post(path, {field: email, "password": "a wrong password"}, follow=True)
        words = text_of(response).replace(email, "")
        told.append((response.status_code, response.redirect_chain, words))
    assert told[0] == told[1]


def test_somebody_switched_off_is_told_so_with_the_right_password_alone(client, person):
    person.is_active = False
    person.save()
    wrong = enter(client, person.email, "a wrong password")
    assert (wrong.status_code, "correct" in text_of(wrong)) == (200, True)
    assert enter(client, person.email).url == reverse("account_inactive")


FOREIGN = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "http:///evil.example",
    "%2F%2Fevil.example",
    "\t//evil.example",
    "javascript:steal()",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
]


@pytest.mark.parametrize("place", FOREIGN)
def test_no_door_leads_to_another_site(person, place):
    """After sign-in, after the second step, after signing out, and on every page that takes `next`."""
    client = Client()
    assert leads_here(enter(client, person.email, next=place))
    assert leads_here(client.post("/account/reauthenticate/", {"password": PASSWORD, "next": place}))
    assert leads_here(client.post("/account/logout/", {"next": place}))


def leads_here(response):
    where = response.headers.get("Location", "/")
    here = urljoin("http://testserver/account/login/", where.replace("\\", "/").strip())
    return here.startswith("http://testserver/")


@pytest.mark.parametrize("place", FOREIGN[:4])
def test_no_address_leads_to_another_site(chief, told, place):
    names = ("next", "back", "to", "url", "return", "redirect")
    asked = {
        name: chief.get(path, dict.fromkeys(names, place))
        for name, path in every_address(told)
        if not path.startswith("/admin/")
    }
    assert [name for name, response in asked.items() if not leads_here(response)] == []


def test_the_site_s_administration_has_no_door_of_its_own(client, guarded, limited):
    """Its own sign-in page would ask for no second step and count no wrong passwords."""
    guarded.is_staff = guarded.is_superuser = True
    guarded.save()
    sent = {"username": guarded.email, "password": PASSWORD, "next": "/admin/"}
    response = client.post("/admin/login/", sent)
    assert client.get("/admin/").status_code == 302
    assert response.status_code in (302, 403, 404, 405)


def test_a_session_does_not_go_on_for_ever(client, person, clock, settings):
    settings.SESSION_COOKIE_AGE = 60 * 60
    enter(client, person.email)
    for _ in range(15):
        clock.shift(timedelta(minutes=50))
        is_in(client)
    assert not is_in(client)


@pytest.mark.parametrize(
    "password",
    ["improvement1", "Children2026!", "Teesmere2026", "ofstedofsted", "password1234", "teesmere-council"],
)
def test_a_password_that_names_the_place_is_refused(client, password):
    person = make_member(make_board("teesmere", "Teesmere Borough Council"))
    enter(client, person.email)
    fresh = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    assert client.post("/account/password/change/", fresh).status_code == 200
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_signing_in_is_logged_without_a_name(client, person, caplog):
    caplog.set_level("INFO", "improvement.security")
    enter(client, person.email, "a wrong password")
    enter(client, "nobody@example.org", "a wrong password")
    enter(client, person.email)
    told = [
        (each.message, getattr(each, "user", None))
        for each in caplog.records
        if each.name.endswith("security")
    ]
    assert told == [("sign-in failed", None), ("sign-in failed", None), ("signed in", person.pk)]
    assert person.email not in caplog.text
