"""A person's tokens: made, shown once, listed, withdrawn."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from improvement.signin.adapters import TOKENS_GO_ON
from plans.models import FeedToken, Role
from plans.services.feeds import MOST_IN_FORCE, digest_of, find_token, make_token, withdraw_token
from tests.factories import make_board, make_member, make_user
from tests.pages import fields_of, text_of
from tests.plans.editing import errors_of, messages_of
from tests.plans.test_second_factor import set_up

pytestmark = pytest.mark.django_db
PAGE = "/account/feeds/"


@pytest.fixture
def board():
    return make_board("teesmere")


@pytest.fixture
def user(board):
    return make_member(board, Role.MEMBER, "Ada Finch")


@pytest.fixture
def web(signed_in, user):
    return signed_in(user)


def make(web, name="Power BI", **fields):
    """Sends the form and, where it is asked for, the password."""
    answer = web.post(PAGE, fields_of(web.get(PAGE), "days") | {"name": name} | fields)
    if answer.status_code != 302:
        return answer
    return web.post(answer.url, fields_of(web.get(answer.url), "password") | {"password": "a long password"})


def words_in(response):
    return re.search(r"feed_[A-Za-z0-9_-]{43}", response.content.decode())[0]


def test_a_token_is_shown_once_and_kept_as_a_digest(web, user):
    page = make(web)
    words = words_in(page)
    token = FeedToken.objects.get()
    assert (token.user, token.name, token.digest) == (user, "Power BI", digest_of(words))
    assert token.ends_at - token.made_at == timedelta(90)
    assert "no-store" in page.headers["Cache-Control"]
    assert words not in web.get(PAGE).content.decode()
    assert words not in str(FeedToken.objects.values().get())


def test_making_one_asks_again_who_it_is(web):
    answer = web.post(PAGE, fields_of(web.get(PAGE), "days") | {"name": "Power BI"})
    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/account/reauthenticate/")
    assert FeedToken.objects.count() == 0
    wrong = web.post(answer.url, fields_of(web.get(answer.url), "password") | {"password": "a wrong one"})
    assert (wrong.status_code, FeedToken.objects.count()) == (200, 0)
    right = {"password": "a long password"}
    assert "Your new token" in text_of(web.post(answer.url, fields_of(wrong, "password") | right))
    assert "Your new token" in text_of(make(web, "Another, soon afterwards"))


def test_the_list_says_when_each_was_made_and_used_and_when_it_ends(web, user):
    token, words = make_token(user, "Excel", days=30, second_step=False)
    FeedToken.objects.update(
        made_at=timezone.now() - timedelta(3),
        last_used_at=timezone.make_aware(timezone.datetime(2026, 3, 27, 9, 5)),
        ends_at=timezone.make_aware(timezone.datetime(2099, 3, 27, 9, 5)),
    )
    told = text_of(web.get(PAGE))
    assert "27 March 2026, 09:05" in told
    assert "27 March 2099" in told
    withdraw_token(token)
    assert "Reads nothing" in text_of(web.get(PAGE))
    assert find_token(words) is None


def test_a_token_is_withdrawn_after_a_question(web, user):
    token, words = make_token(user, "Excel", days=30, second_step=False)
    page = reverse("feed_token_withdraw", args=[token.pk])
    assert "Withdraw the token?" in text_of(web.get(page))
    assert find_token(words) == token
    answer = web.post(page, fields_of(web.get(page), "who"), follow=True)
    assert messages_of(answer) == ["“Excel” reads nothing any more."]
    assert find_token(words) is None


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_withdraws_anothers(web, method):
    token, words = make_token(make_user(), "Excel", days=30, second_step=False)
    page = reverse("feed_token_withdraw", args=[token.pk])
    assert getattr(web, method)(page).status_code == 404
    assert find_token(words) == token


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": ""}, "Enter what will read with it"),
        ({"days": 4000}, "Choose how long it lasts from the list"),
        ({"name": "Taken"}, "You have a token of this name. Withdraw that one or change the name."),
    ],
)
def test_a_form_that_can_not_be_says_what_to_do(web, user, fields, said):
    make_token(user, "Taken", days=30, second_step=False)
    answer = make(web, **{"name": "New"} | fields)
    assert [words for errors in errors_of(answer).values() for words in errors] == [said]
    assert FeedToken.objects.count() == 1


def test_a_name_is_free_again_once_its_token_is_withdrawn(user):
    token, _ = make_token(user, "Excel", days=30, second_step=False)
    withdraw_token(token)
    assert make_token(user, "Excel", days=30, second_step=False)[0].name == "Excel"


def test_nobody_collects_tokens(user):
    for number in range(MOST_IN_FORCE):
        make_token(user, f"Excel {number}", days=30, second_step=False)
    with pytest.raises(ValidationError, match="Withdraw one"):
        make_token(user, "One more", days=30, second_step=False)


def test_a_token_knows_whether_a_second_step_stood_behind_it(web, user):
    make(web, "Without")
    set_up(user)
    make(web, "With")
    assert dict(FeedToken.objects.values_list("name", "second_step")) == {"Without": False, "With": True}


def test_the_list_says_where_a_second_step_is_gone(web, user):
    make_token(user, "With", days=30, second_step=True)
    assert "No longer: you have taken yours away" in text_of(web.get(PAGE))
    set_up(user)
    assert "No longer" not in text_of(web.get(PAGE))


CHANGE = {
    "oldpassword": "a long password",
    "password1": "quite another 77 kettle",
    "password2": "quite another 77 kettle",
}


def test_who_changes_the_password_is_led_to_the_tokens(web, user):
    token, words = make_token(user, "Excel", days=30, second_step=False)
    page = reverse("account_change_password")
    answer = web.post(page, CHANGE, follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert TOKENS_GO_ON in messages_of(answer)
    assert find_token(words) == token


def test_who_has_none_in_force_is_led_to_where_they_are_signed_in(web, user):
    withdraw_token(make_token(user, "Excel", days=30, second_step=False)[0])
    page = reverse("account_change_password")
    assert web.post(page, CHANGE).url == reverse("own_sessions")


def test_its_person_hears_of_a_new_one(web, user, settings):
    settings.EMAIL_HOST = "mail.example.org"
    words = words_in(make(web, "Power BI"))
    [sent] = mail.outbox
    assert sent.to == [user.email]
    assert "named “Power BI” was made in your name" in sent.body
    assert f"{settings.SITE_URL}{PAGE}" in sent.body
    assert words not in sent.body


def test_a_mail_server_that_is_away_stops_nobody(web, settings):
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = 9
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert make(web).status_code == 200
    assert FeedToken.objects.count() == 1


def test_administrators_see_who_reads_by_a_feed_and_no_token(signed_in, board, user):
    _, words = make_token(user, "Power BI", days=30, second_step=False)
    gone, _ = make_token(user, "Old laptop", days=30, second_step=False)
    withdraw_token(gone)
    page = signed_in(make_member(board, Role.ADMINISTRATOR)).get(
        reverse("plans:member_list", args=[board.slug])
    )
    assert "Power BI, never used" in text_of(page)
    assert "Old laptop" not in text_of(page)
    assert words not in page.content.decode()
    FeedToken.objects.update(last_used_at=timezone.make_aware(timezone.datetime(2026, 3, 27, 9, 5)))
    page = signed_in(make_member(board, Role.ADMINISTRATOR)).get(
        reverse("plans:member_list", args=[board.slug])
    )
    assert "Power BI, last used 27 March 2026" in text_of(page)


def test_ways_to_the_pages(web, board):
    assert f'href="{PAGE}"' in web.get(reverse("help")).content.decode()
    feed = reverse("feed", args=[board.slug])
    assert f'href="{feed}"' in web.get(PAGE).content.decode()
    assert f'href="{PAGE}"' in web.get(feed).content.decode()
