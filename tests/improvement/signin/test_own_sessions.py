"""Everybody sees where they are signed in, and signs out from afar."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from improvement.signin.own_sessions import open_sessions
from tests.factories import make_user
from tests.pages import fields_of, text_of

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Europe/London"))
PASSWORD, ANOTHER = "a long password", "Quiet harbour at nine"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Safari/604.1"
PAGE = "/account/sessions/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def person():
    return make_user("Lena Holt")


def enter(client, person, browser=FIREFOX, password=PASSWORD):
    sent = {"login": person.email, "password": password}
    client.post(reverse("account_login"), sent, headers={"user-agent": browser})
    return client


def show_who_it_is(client, password=PASSWORD):
    client.post(reverse("account_reauthenticate"), {"password": password})


def is_in(client):
    return client.get(reverse("home")).status_code == 200


def rows_of(page):
    return [
        (each.browser, each.since and f"{each.since:%H:%M}", f"{each.seen:%H:%M}")
        for each in page.context["sessions"]
    ]


@pytest.fixture
def both(person, clock):
    """A phone at noon, then Firefox an hour later, where they look."""
    phone = enter(Client(), person, PHONE)
    clock.shift(timedelta(hours=1))
    return enter(Client(), person), phone


def test_the_page_says_where_and_since_when(both, clock):
    here, phone = both
    clock.shift(timedelta(minutes=20))
    is_in(phone)
    clock.shift(timedelta(minutes=5))
    page = here.get(PAGE)
    assert rows_of(page) == [
        ("Safari on an iPhone", "12:00", "13:20"),
        ("Firefox on Windows", "13:00", "13:00"),
    ]
    words = text_of(page)
    assert "Safari on an iPhone 22 November 2026, 12:00 22 November 2026, 13:20 Sign out there" in words
    assert "Firefox on Windows 22 November 2026, 13:00 22 November 2026, 13:00 This one" in words


def test_no_key_of_a_session_is_on_the_page(both):
    here, _ = both
    page = here.get(PAGE).content.decode()
    assert [each for each in Session.objects.all() if each.session_key in page] == []


def test_the_way_there_is_on_the_account_s_page(both):
    assert f'href="{PAGE}"' in both[0].get(reverse("socialaccount_connections")).content.decode()


def test_one_is_ended(both, person):
    here, phone = both
    third = enter(Client(), person)
    show_who_it_is(here)
    (reference,) = [each.reference for each in open_sessions(person) if "iPhone" in each.browser]
    answer = here.post(PAGE, {"end": reference}, follow=True)
    assert "You are signed out there." in text_of(answer)
    assert (is_in(here), is_in(phone), is_in(third)) == (True, False, True)
    assert "Nothing was open there any more." in text_of(here.post(PAGE, {"end": reference}, follow=True))


def test_all_others_are_ended(both, person):
    here, phone = both
    third, other = enter(Client(), person), enter(Client(), make_user())
    show_who_it_is(here)
    here.post(PAGE, {"end": "others"})
    assert [is_in(each) for each in (here, phone, third, other)] == [True, False, False, True]
    assert "Sign out everywhere else" not in text_of(here.get(PAGE))


def test_a_sign_in_that_waits_at_its_second_step_is_not_listed_but_ended(both, person):
    here, _ = both
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    waiting = enter(Client(), person)
    assert len(open_sessions(person)) == 2
    assert waiting.get(reverse("mfa_authenticate")).status_code == 200
    show_who_it_is(here)
    here.post(PAGE, {"end": "others"})
    assert waiting.get(reverse("mfa_authenticate")).status_code == 302


@pytest.mark.parametrize(
    ("has_password", "words"),
    [
        (True, "If it was not you, choose another password."),
        (False, "If it was not you, tell whoever looks after your council’s accounts."),
    ],
)
def test_what_to_do_fits_how_they_come(person, signed_in, has_password, words):
    if not has_password:
        person.set_unusable_password()
        person.save()
    page = signed_in(person).get(PAGE)
    assert words in text_of(page)
    assert (reverse("account_change_password") in page.content.decode()) is has_password


@pytest.mark.parametrize("which", ["this", "another's", "", "nonsense"])
def test_nothing_else_is_ended(both, person, which):
    here, phone = both
    other = make_user()
    elsewhere = enter(Client(), other)
    named = {"another's": other, "this": person}.get(which)
    if named:
        which = next(each.reference for each in open_sessions(named) if "Firefox" in each.browser)
    show_who_it_is(here)
    here.post(PAGE, {"end": which})
    assert [is_in(each) for each in (here, phone, elsewhere)] == [True, True, True]


def test_ending_asks_who_it_is_and_then_ends(both):
    here, phone = both
    answer = here.post(PAGE, {"end": "others"})
    assert answer.url == f"{reverse('account_reauthenticate')}?next=%2Faccount%2Fsessions%2F"
    assert is_in(phone)
    fields = fields_of(here.get(answer.url), "password") | {"password": PASSWORD}
    here.post(reverse("account_reauthenticate"), fields)
    assert (is_in(here), is_in(phone)) == (True, False)


def test_what_lets_nobody_in_is_not_listed(both, person, clock, settings):
    person.set_password(ANOTHER)
    person.save()
    assert open_sessions(person) == []
    now = enter(Client(), person, password=ANOTHER)
    assert len(rows_of(now.get(PAGE))) == 1
    clock.shift(timedelta(hours=settings.SESSION_LONGEST_HOURS, minutes=1))
    assert open_sessions(person) == []
    assert not any(map(is_in, (*both, now)))


def test_looking_writes_nothing_and_costs_the_same_however_many(both, person, django_assert_num_queries):
    here, _ = both
    with django_assert_num_queries(3):
        here.get(PAGE)
    for _ in range(3):
        enter(Client(), person)
    with django_assert_num_queries(3):
        assert len(rows_of(here.get(PAGE))) == 5
