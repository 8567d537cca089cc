"""Signing in by the council's own account, against a real OpenID provider."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.urls import reverse

from plans.models import Role, User
from plans.services.people import invite_member, require_second_factor
from tests.council import LOGIN, offer, running_council
from tests.factories import make_board, make_user
from tests.pages import text_of
from tests.plans.editing import url

pytestmark = pytest.mark.django_db
EMAIL = "sam.hill@teesmere.example"


@pytest.fixture(scope="module")
def provider():
    with running_council() as council:
        yield council


@pytest.fixture
def council(provider, settings):
    offer(settings, provider.url)
    provider.knows("sam", EMAIL)
    return provider


@pytest.fixture
def board():
    return make_board("teesmere")


@pytest.fixture
def sam(board):
    """Invited, and has done nothing about it yet."""
    return invite_member(board, EMAIL, Role.EDITOR, by=None, name="Sam Hill").user


def ties():
    return list(SocialAccount.objects.values_list("user__email", "provider", "uid"))


def signed_in_as(client):
    user = client.get(reverse("help")).wsgi_request.user
    return user if user.is_authenticated else None


def test_an_invited_person_is_tied_at_the_first_sign_in(client, council, sam, board):
    answer = council.sign_in(client, "sam", f"?next={url(board, 'plan')}")
    assert (answer.status_code, answer.url) == (302, url(board, "plan"))
    assert client.get(answer.url).status_code == 200
    assert ties() == [(EMAIL, "council", "sam")]
    sam.refresh_from_db()
    assert (sam.name, sam.email, sam.has_usable_password()) == ("Sam Hill", EMAIL, False)


def test_the_address_may_be_written_otherwise(client, council, sam):
    council.knows("sam", EMAIL.upper())
    council.sign_in(client, "sam")
    assert ties() == [(EMAIL, "council", "sam")]


def test_then_the_subject_counts_and_no_address(client, council, sam):
    council.sign_in(client, "sam")
    client.logout()
    other = make_user()
    council.knows("sam", other.email)
    council.sign_in(client, "sam")
    assert signed_in_as(client) == sam
    sam.refresh_from_db()
    assert sam.email == EMAIL


def test_somebody_else_with_the_address_is_refused(client, council, sam):
    council.sign_in(client, "sam")
    client.logout()
    council.knows("other", EMAIL)
    answer = council.sign_in(client, "other")
    assert answer.status_code == 403
    assert "Your account belongs to another sign-in" in text_of(answer)
    assert (signed_in_as(client), ties()) == (None, [(EMAIL, "council", "sam")])


@pytest.mark.parametrize("own", ["a password", "a second step"])
def test_an_account_with_a_sign_in_of_its_own_is_not_taken_over(client, council, sam, own):
    if own == "a password":
        sam.set_password("a long password")
        sam.save()
    else:
        TOTP.activate(sam, "JBSWY3DPEHPK3PXP")
    answer = council.sign_in(client, "sam")
    assert answer.status_code == 403
    assert "Sign in with your password this time" in text_of(answer)
    assert (signed_in_as(client), ties()) == (None, [])


@pytest.mark.parametrize(
    "claims",
    [
        {"acct": 1},
        {"idp": "live.com"},
        {"preferred_username": "sam_other.example#EXT#@teesmere.example"},
        {"tid": "99999999-2222-3333-4444-555555555555"},
    ],
)
@pytest.mark.parametrize("when", ["at first", "later"])
def test_guests_of_the_directory_are_refused(client, council, sam, claims, when):
    if when == "later":
        council.sign_in(client, "sam")
        client.logout()
    council.knows("sam", EMAIL, **claims)
    answer = council.sign_in(client, "sam")
    assert (answer.status_code, signed_in_as(client)) == (403, None)
    assert "This is not an account of the council itself" in text_of(answer)


def test_who_was_not_invited_is_told_whom_to_ask(client, council):
    answer = council.sign_in(client, "sam")
    assert answer.status_code == 403
    assert "Ask your board’s administrator to invite you" in text_of(answer)
    assert (signed_in_as(client), User.objects.count(), ties()) == (None, 0, [])


def test_an_address_that_the_provider_does_not_stand_by_leads_nowhere(client, council, sam):
    council.knows("sam", EMAIL, email_verified=False)
    assert council.sign_in(client, "sam").status_code == 403
    assert ties() == []


def test_a_leaver_is_shut_out_although_the_directory_still_knows_them(client, council, sam):
    council.sign_in(client, "sam")
    sam.is_active = False
    sam.save()
    assert client.get(reverse("home")).status_code == 302
    answer = council.sign_in(client, "sam")
    assert (answer.status_code, signed_in_as(client)) == (403, None)
    assert "Your account is switched off" in text_of(answer)


def test_who_comes_by_the_council_alone_gets_no_password(client, council, sam):
    council.sign_in(client, "sam")
    client.logout()
    client.post(reverse("account_reset_password"), {"email": EMAIL})
    link = next(word for word in mail.outbox[0].body.split() if "/reset/key/" in word)
    page = client.get(link, follow=True)
    answer = client.post(
        page.redirect_chain[-1][0], {"password1": "another long one", "password2": "another long one"}
    )
    assert "You need no password: sign in with your council’s account." in text_of(answer)
    sam.refresh_from_db()
    assert not sam.has_usable_password()


def enter(client, user):
    client.post(reverse("account_login"), {"login": user.email, "password": "a long password"})


def connect(client, council, subject):
    """From “Your ways to sign in”, with the password once more where that is asked for."""
    answer = council.sign_in(client, subject, "?process=connect")
    if answer.status_code == 302 and "reauthenticate" in answer.url:
        answer = client.post(answer.url, {"password": "a long password"})
    return answer


def test_who_has_a_password_connects_once_signed_in(client, council):
    person = make_user()
    enter(client, person)
    connect(client, council, "sam")
    assert ties() == [(person.email, "council", "sam")]
    client.logout()
    council.sign_in(client, "sam")
    assert signed_in_as(client) == person


def test_connecting_asks_for_the_password_again(client, council):
    enter(client, make_user())
    answer = council.sign_in(client, "sam", "?process=connect")
    assert answer.url == reverse("account_reauthenticate")
    assert ties() == []


def test_nobody_connects_signed_out(client, council):
    answer = council.sign_in(client, "sam", "?process=connect")
    assert answer.status_code == 403
    assert "Nobody is signed in here any more, so nothing was connected. Sign in, then" in text_of(answer)
    assert (signed_in_as(client), ties()) == (None, [])


@pytest.mark.parametrize("offered", [True, False])
def test_a_connection_is_ended_also_where_the_sign_in_is_switched_off(client, council, settings, offered):
    person = make_user()
    account = SocialAccount.objects.create(user=person, provider="council", uid="sam")
    settings.SINGLE_SIGN_ON = settings.SINGLE_SIGN_ON if offered else None
    enter(client, person)
    address = reverse("socialaccount_connections")
    asked = client.post(address, {"account": account.pk})
    assert (asked.url, len(ties())) == (
        f"{reverse('account_reauthenticate')}?next=%2Faccount%2F3rdparty%2F",
        1,
    )
    client.post(asked.url, {"password": "a long password"})
    assert ties() == []
    assert "You no longer sign in with that account." in text_of(client.get(address))


def test_a_guest_does_not_connect(client, council):
    council.knows("guest", EMAIL, acct=1)
    enter(client, make_user())
    assert connect(client, council, "guest").status_code == 403
    assert ties() == []


def test_nobody_connects_another_person_s_account(client, council, sam):
    council.sign_in(client, "sam")
    client.logout()
    enter(client, make_user())
    connect(client, council, "sam")
    assert ties() == [(EMAIL, "council", "sam")]


def test_a_second_account_of_the_council_is_not_connected(client, council):
    person = make_user()
    enter(client, person)
    connect(client, council, "sam")
    council.knows("other", EMAIL)
    assert connect(client, council, "other").status_code == 403
    assert ties() == [(person.email, "council", "sam")]


@pytest.mark.parametrize(("asks", "status"), [("1", 200), ("", 302)])
def test_a_provider_that_asks_for_a_second_step_counts_as_one(
    client, council, settings, sam, board, asks, status
):
    offer(settings, council.url, OIDC_SECOND_FACTOR=asks)
    require_second_factor(board, True, by=None)
    council.sign_in(client, "sam")
    assert client.get(url(board, "plan")).status_code == status


@pytest.mark.parametrize(("asks", "status"), [("1", 200), ("", 302)])
def test_it_counts_for_the_pages_of_site_staff_too(client, council, settings, sam, asks, status):
    offer(settings, council.url, OIDC_SECOND_FACTOR=asks)
    settings.STAFF_SECOND_FACTOR = True
    sam.is_staff = True
    sam.save()
    council.sign_in(client, "sam")
    assert client.get(reverse("admin:index")).status_code == status


def test_a_password_does_not_count_as_the_provider_s_second_step(client, council, settings, board):
    offer(settings, council.url, OIDC_SECOND_FACTOR="1")
    person = make_user()
    invite_member(board, person.email, Role.EDITOR, by=None)
    require_second_factor(board, True, by=None)
    enter(client, person)
    assert client.get(url(board, "plan")).status_code == 302


def test_a_provider_that_is_away_is_told_in_plain_words(client, council, settings):
    offer(settings, "http://localhost:9")
    answer = client.post(LOGIN)
    assert "The council’s sign-in gave no answer" in text_of(answer)


def test_an_answer_that_nobody_asked_for_is_refused(client, council, sam):
    answer = client.get(f"{LOGIN}callback/?code=made-up&state=made-up")
    assert "Signing in did not work" in text_of(answer)
    assert signed_in_as(client) is None


def test_a_link_alone_signs_nobody_in(client, council):
    assert client.get(LOGIN).status_code == 200


def form_action(client):
    policy = client.get(reverse("account_login")).headers["Content-Security-Policy"]
    return next(part.strip() for part in policy.split(";") if "form-action" in part)


def test_only_where_it_is_set_up_is_it_offered(client, provider, settings):
    assert "Teesmere account" not in text_of(client.get(reverse("account_login")))
    assert client.post(LOGIN).status_code == 404
    assert form_action(client) == "form-action 'self'"
    offer(settings, provider.url)
    assert "Sign in with Teesmere account" in text_of(client.get(reverse("account_login")))
    assert form_action(client) == f"form-action 'self' {provider.url}"
