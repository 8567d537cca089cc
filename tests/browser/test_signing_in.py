"""Signing in as people do: by the council's account, with an app's codes, a recovery code and a passkey."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from playwright.sync_api import expect

from plans.models import Role
from plans.services.people import invite_member, require_second_factor
from tests.browser.conftest import away_from_sign_in
from tests.council import offer, running_council
from tests.factories import make_board, make_member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PASSWORD = "a long password"
EMAIL = "sam.hill@teesmere.example"
ELSEWHERE = re.compile(r"^https?://(?!localhost)")


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
def board(transactional_db):
    return make_board("teesmere")


@pytest.fixture
def person(board):
    return make_member(board, Role.EDITOR, "Sam Hill")


@pytest.fixture
def looks_right(axe_violations, sideways):
    """No rule of accessibility is broken, wide and narrow, and nothing stands outside the window."""

    def check(page):
        for width, height in ((1280, 900), (375, 800)):
            page.set_viewport_size({"width": width, "height": height})
            assert axe_violations(page) == []
            assert sideways(page) == 0
        page.set_viewport_size({"width": 1280, "height": 900})

    return check


def code_for(secret):
    """What an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def by_council(page, subject):
    # The provider's page wants a style sheet from elsewhere.
    page.route(ELSEWHERE, lambda route: route.fulfill(body=""))
    page.goto("/boards/teesmere/plan/")
    page.get_by_role("button", name="Sign in with Teesmere account").click()
    page.locator("input[name=sub]").fill(subject)
    page.get_by_role("button", name="Authorize").click()


def by_password(page, user):
    page.goto("/boards/teesmere/plan/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    away_from_sign_in(page)


def sign_out(page):
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/account/login/")


def set_up_app(page, looks_right):
    """From the page of second steps to the app's first code; gives the secret and the recovery codes."""
    page.get_by_role("link", name="Set up an app").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", name="Set up an authenticator app")).to_be_visible()
    looks_right(page)
    secret = page.locator("main code").inner_text()
    page.get_by_label("Authenticator code").fill(code_for(secret))
    page.get_by_role("button", name="Set up the app").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    return secret, page.locator("#recovery_codes code").all_inner_texts()


@pytest.fixture
def device(page):
    """A device of the browser's own that holds passkeys and says yes."""
    client = page.context.new_cdp_session(page)
    client.send("WebAuthn.enable")
    client.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return client


def test_the_council_s_account_signs_in_the_invited_and_nobody_else(page, council, board, looks_right):
    sam = invite_member(board, EMAIL, Role.EDITOR, by=None, name="Sam Hill").user
    page.goto("/account/login/")
    looks_right(page)
    by_council(page, "sam")
    page.wait_for_url("/boards/teesmere/plan/")
    expect(page.get_by_text("Sam Hill · Editor")).to_be_visible()
    page.get_by_role("link", name="Your ways to sign in").click()
    expect(page.get_by_text("Connected on")).to_be_visible()
    looks_right(page)
    sign_out(page)
    council.knows("sam", "sam.new.name@teesmere.example")
    by_council(page, "sam")
    page.wait_for_url("/boards/teesmere/plan/")
    assert list(SocialAccount.objects.values_list("user", "uid")) == [(sam.pk, "sam")]


@pytest.mark.parametrize(
    ("claims", "heading"),
    [
        ({"email": "nobody@teesmere.example"}, "You have no invitation yet"),
        ({"email": EMAIL, "acct": 1}, "This is not an account of the council itself"),
        ({"email": EMAIL}, "Sign in with your password this time"),
    ],
)
def test_others_are_told_what_to_do(page, council, board, person, claims, heading, looks_right):
    person.email = EMAIL
    person.save()
    council.knows("other", **claims)
    by_council(page, "other")
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    looks_right(page)
    assert SocialAccount.objects.count() == 0
    assert page.problems == ["Failed to load resource: the server responded with a status of 403 (Forbidden)"]
    page.problems.clear()


def test_an_app_and_a_recovery_code(page, person, looks_right):
    by_password(page, person)
    page.goto("/account/2fa/")
    looks_right(page)
    page.get_by_role("link", name="Set up an app").click()
    expect(page.get_by_label("Password")).to_be_visible()
    looks_right(page)
    page.go_back()
    secret, codes = set_up_app(page, looks_right)
    looks_right(page)
    assert len(codes) == 10
    page.get_by_role("link", name="I have kept them").click()
    page.wait_for_url("**/account/2fa/")
    looks_right(page)
    for link, address in (("Stop using the app", "totp/deactivate"), ("Make new codes", "generate")):
        page.get_by_role("link", name=link).click()
        page.wait_for_url(f"**/{address}/")
        looks_right(page)
        page.go_back()
    sign_out(page)

    by_password(page, person)
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    looks_right(page)
    page.get_by_label("Code").fill("000000" if code_for(secret) != "000000" else "111111")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("This code is wrong or too old.").first).to_be_visible()
    page.get_by_label("Code").fill(code_for(secret))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("/boards/teesmere/plan/")
    sign_out(page)

    for code, works in ((codes[0], True), (codes[0], False)):
        by_password(page, person)
        page.get_by_label("Code").fill(code)
        page.get_by_role("button", name="Sign in").click()
        if works:
            page.wait_for_url("/boards/teesmere/plan/")
            sign_out(page)
    expect(page.get_by_text("This code is wrong or too old.").first).to_be_visible()


def test_a_passkey_signs_in_alone(page, person, device, looks_right):
    by_password(page, person)
    elsewhere = Client()
    elsewhere.force_login(person, backend=BACKEND)
    page.goto("/account/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", name="Add a passkey")).to_be_visible()
    looks_right(page)
    page.get_by_label("Name of the passkey").fill("Office laptop")
    page.get_by_label("Let me sign in with this passkey alone").check()
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert elsewhere.get("/account/sessions/").status_code == 302
    page.goto("/account/2fa/webauthn/")
    expect(page.get_by_role("heading", name="Office laptop")).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name="Rename").click()
    page.wait_for_url("**/edit/")
    looks_right(page)
    page.go_back()
    page.get_by_role("link", name="Remove").click()
    page.wait_for_url("**/remove/")
    looks_right(page)
    sign_out(page)

    page.goto("/account/login/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(re.compile(r"/boards/teesmere/$"))
    expect(page.get_by_text("Sam Hill · Editor")).to_be_visible()
    sign_out(page)

    by_password(page, person)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("/boards/teesmere/plan/")
    assert Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).count() == 1


def test_signing_out_from_afar(page, person, looks_right):
    phone = Client(headers={"user-agent": "Mozilla/5.0 (iPhone) Version/18.1 Safari/604.1"})
    phone.post("/account/login/", {"login": person.email, "password": PASSWORD})
    by_password(page, person)
    page.get_by_role("link", name="Your ways to sign in").click()
    page.get_by_role("link", name="See where you are signed in").click()
    expect(page.get_by_role("row", name="Chrome on Linux")).to_contain_text("This one")
    looks_right(page)
    page.get_by_role("row", name="Safari on an iPhone").get_by_role("button", name="Sign out there").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("You are signed out there.")).to_be_visible()
    expect(page.get_by_role("row")).to_have_count(2)
    assert phone.get("/account/sessions/").status_code == 302


def test_a_board_that_asks_leads_to_setting_one_up_and_back(page, board, person, looks_right):
    admin = make_member(board, Role.ADMINISTRATOR, "Ada Finch")
    by_password(page, admin)
    page.goto("/boards/teesmere/people/second-step/")
    looks_right(page)
    page.goto("/boards/teesmere/plans/new/")
    page.get_by_label("Title").fill("A plan that took an hour to write")
    require_second_factor(board, True, by=admin)
    page.get_by_role("button", name="Add the plan").click()
    expect(page.get_by_text("for people who sign in with a second step")).to_be_visible()
    expect(page.get_by_text("What you wrote is kept for a day")).to_be_visible()
    looks_right(page)
    set_up_app(page, looks_right)
    page.get_by_role("link", name="to the page that you opened").click()
    page.wait_for_url("/boards/teesmere/plans/new/")
    expect(page.get_by_label("Title")).to_have_value("A plan that took an hour to write")
