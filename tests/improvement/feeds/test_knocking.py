"""Who is let in to a feed: by a token alone, and to the boards that its person may see."""

import json
import logging
from base64 import b64encode
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from improvement.feeds.knocking import MOST_WRONG, Shown, read_header
from improvement.logs import JsonFormatter
from plans.models import FeedToken, Membership, Role
from plans.services.feeds import find_token, make_token, withdraw_token
from plans.services.people import remove_member, require_second_factor
from tests.council import offer
from tests.factories import make_area, make_board, make_member, make_plan, make_user
from tests.improvement.feeds.reading import address, basic, bearer, body_of, token_of
from tests.plans.test_second_factor import set_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    board = make_board("teesmere")
    make_area(make_plan(board, "Our plan"))
    return board


@pytest.fixture
def user(board):
    return make_member(board, Role.MEMBER)


@pytest.fixture
def read(client, board):
    """Reads the board's plans with these headers."""
    return lambda headers=None, **query: client.get(address(board, "plans", **query), headers=headers)


def titles(response):
    return [row["title"] for row in json.loads(body_of(response))["rows"]]


@pytest.mark.parametrize("role", Role.values)
def test_every_role_is_let_in_either_way(read, board, role):
    user = make_member(board, role)
    token = token_of(user)
    for headers in (bearer(token), basic(user.email, token), basic(user.email.upper(), token)):
        answer = read(headers)
        assert (answer.status_code, titles(answer)) == (200, ["Our plan"])


def test_no_session_is_made_and_nothing_is_kept(read, user):
    answer = read(bearer(token_of(user)))
    assert answer.cookies == {}
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_session_beside_a_token_counts_for_nothing(client, board, user, read):
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert read().status_code == 200
    assert read(bearer("feed_wrong")).status_code == 401
    outsider = make_user()
    assert read(bearer(token_of(outsider))).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {},
        bearer(""),
        bearer("feed_" + "x" * 43),
        bearer("feed_" + "x" * 4000),
        bearer("é"),
        {"Authorization": "Basic !!"},
        {"Authorization": "Basic " + b64encode(b"no colon").decode()},
        {"Authorization": "Basic " + b64encode(b"\xff\xfe:x").decode()},
        {"Authorization": "Digest name=x"},
        {"Authorization": "Bearer"},
    ],
)
def test_without_a_token_nobody_gets_in(read, headers):
    answer = read(headers)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Basic realm="Data feed", charset="UTF-8"'
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "“Data feeds”" in body_of(answer).decode()
    assert answer.cookies == {}


def test_a_token_in_the_address_opens_nothing(read, user):
    assert read(token=token_of(user)).status_code == 401


def test_a_password_is_no_token_and_a_token_is_of_one_person(read, user, board):
    assert read(basic(user.email, "a long password")).status_code == 401
    assert read(basic(make_member(board).email, token_of(user))).status_code == 401


def end(token):
    then = timezone.now() - timedelta(seconds=1)
    FeedToken.objects.filter(pk=token.pk).update(made_at=then - timedelta(30), ends_at=then)


def close_account(token):
    token.user.is_active = False
    token.user.save()


@pytest.mark.parametrize("shut", [end, withdraw_token, close_account])
def test_a_token_that_has_ended_opens_nothing_at_once(read, user, shut):
    token, words = make_token(user, "Excel", days=30, second_step=False)
    assert read(bearer(words)).status_code == 200
    shut(token)
    assert read(bearer(words)).status_code == 401


def test_a_leaver_is_shut_out_at_once(read, board, user):
    words = token_of(user)
    remove_member(Membership.objects.get(user=user), by=user)
    answer = read(bearer(words))
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "text/plain; charset=utf-8")
    assert "not open to you" in body_of(answer).decode()


@pytest.mark.parametrize("who", ["outsider", "staff"])
def test_outsiders_learn_nothing(client, board, who):
    headers = bearer(token_of(make_user(is_staff=who == "staff")))
    there = client.get(address(board), headers=headers)
    nowhere = client.get("/boards/no-such-board/feed/actions.json", headers=headers)
    assert (there.status_code, body_of(there)) == (404, body_of(nowhere))


def test_a_board_with_a_second_step_takes_no_token_made_without(read, board, user):
    require_second_factor(board, True, by=None)
    answer = read(bearer(token_of(user, "Without")))
    assert (answer.status_code, "make a new token" in body_of(answer).decode()) == (403, True)
    set_up(user)
    assert read(bearer(token_of(user, "With", second_step=True))).status_code == 200


@pytest.fixture
def asking(board):
    require_second_factor(board, True, by=None)


@pytest.mark.usefixtures("asking")
def test_a_second_step_that_was_taken_away_lets_no_token_in(read, user):
    words = token_of(user, second_step=True)
    assert read(bearer(words)).status_code == 403
    set_up(user)
    assert read(bearer(words)).status_code == 200
    Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES).delete()
    assert read(bearer(words)).status_code == 403


@pytest.mark.usefixtures("asking")
@pytest.mark.parametrize(
    ("strict", "is_tied", "status"), [("1", True, 200), ("1", False, 403), ("0", True, 403)]
)
def test_the_councils_account_counts_where_it_asks_for_a_second_step(
    read, user, settings, strict, is_tied, status
):
    offer(settings, "http://localhost:1", OIDC_SECOND_FACTOR=strict)
    if is_tied:
        SocialAccount.objects.create(user=user, provider="council", uid="s-1")
    assert read(bearer(token_of(user, second_step=True))).status_code == status


def test_a_closed_board_is_still_read(read, board, user):
    board.closed_on, board.closing_reason = timezone.localdate(), "The plan has ended."
    board.save()
    answer = read(bearer(token_of(user)))
    assert answer.status_code == 200
    assert json.loads(body_of(answer))["board"]["closed_on"] == timezone.localdate().isoformat()


@pytest.mark.parametrize("method", ["post", "options"])
def test_a_feed_is_only_read(client, board, user, method):
    answer = getattr(client, method)(address(board), headers=bearer(token_of(user)))
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_methods_that_the_site_does_not_know_do_not_reach_a_feed(client, board, user, method):
    assert getattr(client, method)(address(board), headers=bearer(token_of(user))).status_code == 405


def test_nothing_else_opens_to_a_token(client, board, user):
    headers = bearer(token_of(user))
    for page in (reverse("dashboard", args=[board.slug]), reverse("feed_tokens"), reverse("home")):
        assert client.get(page, headers=headers).status_code == 302


def test_head_tells_the_same_without_the_rows(client, board, user):
    answer = client.head(address(board), headers=bearer(token_of(user)))
    assert (answer.status_code, body_of(answer)) == (200, b"")
    assert answer.headers["Content-Type"] == "application/json"


def test_use_is_noted_once_a_minute(read, user, time_machine):
    start = timezone.now().replace(microsecond=0)
    time_machine.move_to(start, tick=False)
    words = token_of(user)
    noted = []
    for seconds in (0, 30, 61):
        time_machine.move_to(start + timedelta(seconds=seconds), tick=False)
        read(bearer(words))
        noted.append((FeedToken.objects.get().last_used_at - start).seconds)
    assert noted == [0, 0, 61]


@pytest.fixture
def counting(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


def test_who_guesses_has_to_wait(read, user, counting):
    words = token_of(user)
    for number in range(MOST_WRONG):
        assert read(bearer(f"feed_{number}")).status_code == 401
    answer = read(bearer(words))
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "300")
    assert "Wait five minutes" in body_of(answer).decode()


def test_one_forgotten_workbook_makes_nobody_wait(read, user, counting):
    for _ in range(MOST_WRONG + 5):
        assert read(bearer("feed_forgotten")).status_code == 401
    assert read(bearer(token_of(user))).status_code == 200


@pytest.mark.parametrize("data_set", ["plans.json", "plans.csv", "index.json", "no-such-data-set.csv"])
def test_without_tls_a_feed_refuses_and_leads_nowhere(client, settings, board, user, data_set):
    settings.SECURE_SSL_REDIRECT = True
    place, headers = f"/boards/{board.slug}/feed/{data_set}", bearer(token_of(user))
    answer = client.get(place, headers=headers)
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "text/plain; charset=utf-8")
    assert "withdraw it on your page “Data feeds”" in body_of(answer).decode()
    assert FeedToken.objects.get().last_used_at is None
    by_tls = client.get(place, headers=headers, secure=True)
    assert by_tls.status_code == (404 if data_set.startswith("no-such") else 200)


def test_pages_lead_to_tls_as_before(client, settings, board):
    settings.SECURE_SSL_REDIRECT = True
    for place in (reverse("feed", args=[board.slug]), reverse("dashboard", args=[board.slug])):
        assert client.get(place).headers["Location"] == f"https://testserver{place}"


def test_the_log_names_who_read_and_never_the_token(read, user, caplog):
    words = token_of(user)
    with caplog.at_level(logging.DEBUG):
        read(bearer(words))
        read(basic(user.email, words))
        read(bearer(f"{words}x"))
    [first, second, third] = [
        JsonFormatter().format(record) for record in caplog.records if record.name == "improvement.requests"
    ]
    assert (json.loads(first)["user"], json.loads(second)["user"]) == (user.pk, user.pk)
    assert json.loads(third)["status"] == 401
    everything = " ".join(JsonFormatter().format(record) for record in caplog.records)
    assert words not in everything
    assert user.email not in everything


@pytest.mark.parametrize(
    ("header", "shown"),
    [
        ("Bearer abc", Shown("abc")),
        ("bearer  abc ", Shown("abc")),
        ("Basic " + b64encode(b"ada@example.org:abc").decode(), Shown("abc", "ada@example.org")),
        ("BASIC " + b64encode(b" ada@example.org : a:b ").decode(), Shown("a:b", "ada@example.org")),
        ("Basic " + b64encode(b":abc").decode(), Shown("abc", "")),
        ("", None),
        ("abc", None),
        ("Basic", None),
        ("Token abc", None),
    ],
)
def test_headers(header, shown):
    assert read_header(header) == shown


def test_a_name_left_empty_is_nobodys(user):
    words = token_of(user)
    assert find_token(words, "") is None
    assert find_token(words) is not None
