"""What the council's provider says counts where it signed it, and only for the sign-in that asked."""

import re

import pytest
import requests
from django.urls import resolve, reverse

from improvement.signin.council import council_callback
from plans.models import Role
from plans.services.people import invite_member
from tests.council import offer, running_council, speaking_for
from tests.factories import make_board
from tests.pages import text_of

pytestmark = pytest.mark.django_db
EMAIL = "sam.hill@teesmere.example"


@pytest.fixture(scope="module")
def provider():
    with running_council() as council:
        yield council


@pytest.fixture
def council(provider):
    provider.knows("sam", EMAIL)
    invite_member(make_board("teesmere"), EMAIL, Role.EDITOR, by=None, name="Sam Hill")
    return provider


def is_in(client):
    return client.get(reverse("own_sessions")).status_code == 200


def another_key(council):
    (key,) = requests.get(f"{council.url}/jwks", timeout=10).json()["keys"]
    middle = len(key["n"]) // 2
    other = "A" if key["n"][middle] != "A" else "B"
    return [key | {"n": key["n"][:middle] + other + key["n"][middle + 1 :]}]


def test_its_signature_is_checked_with_the_keys_that_it_publishes(client, council, settings):
    with speaking_for(council) as address:
        offer(settings, address)
        council.sign_in(client, "sam")
    assert is_in(client)


@pytest.mark.parametrize("keys", [another_key, lambda council: []])
def test_what_it_did_not_sign_is_refused(client, council, settings, keys):
    with speaking_for(council, keys=keys(council)) as address:
        offer(settings, address)
        answer = council.sign_in(client, "sam")
    assert "Signing in did not work" in text_of(answer)
    assert not is_in(client)


@pytest.mark.parametrize(
    "instead", [{"issuer": None}, {"issuer": ""}, {"leave_out": ["issuer"]}, {"leave_out": ["jwks_uri"]}]
)
def test_who_does_not_say_who_it_is_or_where_its_keys_are_is_refused(client, council, settings, instead):
    with speaking_for(council, **instead) as address:
        offer(settings, address)
        answer = council.sign_in(client, "sam")
    assert "Signing in did not work" in text_of(answer)
    assert not is_in(client)


@pytest.mark.parametrize("nonce", ["", "&nonce=another"])
def test_what_it_says_of_another_sign_in_is_refused(client, council, settings, nonce):
    offer(settings, council.url)
    answer = council.sign_in(client, "sam", bend=lambda place: re.sub("&nonce=[^&]+", nonce, place))
    assert "Signing in did not work" in text_of(answer)
    assert not is_in(client)


def test_nobody_chooses_the_nonce_for_another(client, council, settings):
    offer(settings, council.url)
    asked = []
    council.sign_in(client, "sam", "?auth_params=nonce%3Dchosen", bend=lambda p: asked.append(p) or p)
    assert "chosen" not in asked[0]
    assert is_in(client)


@pytest.mark.parametrize("name", ["council", "openid_connect"])
def test_no_way_back_goes_past_the_signature(client, council, settings, name):
    """The library has a way of its own, by each name of the provider, that asks for none."""
    assert resolve(f"/account/oidc/{name}/login/callback/").func is council_callback
    assert client.get(f"/account/oidc/{name}/login/callback/").status_code == 404
    offer(settings, council.url)
    assert "Signing in did not work" in text_of(client.get(f"/account/oidc/{name}/login/callback/"))
