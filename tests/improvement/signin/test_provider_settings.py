"""What the environment says of the council's own sign-in."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from improvement.signin.provider_settings import SingleSignOn, read_single_sign_on

TENANT = "11111111-2222-3333-4444-555555555555"
CLIENT = {"OIDC_CLIENT_ID": "boards", "OIDC_CLIENT_SECRET": "secret"}


def test_nothing_said_nothing_offered():
    assert read_single_sign_on({"OIDC_NAME": "Teesmere"}) is None


def test_entra_needs_its_tenant_and_a_client():
    assert read_single_sign_on(CLIENT | {"OIDC_TENANT": TENANT.upper()}) == SingleSignOn(
        server_url=f"https://login.microsoftonline.com/{TENANT}/v2.0",
        tenant=TENANT,
        client_id="boards",
        client_secret="secret",
        name="your council’s account",
        origins=("https://login.microsoftonline.com",),
        has_second_factor=False,
    )


def test_another_provider_says_where_it_is():
    said = read_single_sign_on(
        CLIENT
        | {
            "OIDC_SERVER_URL": "https://id.example/realms/teesmere/",
            "OIDC_NAME": "Teesmere",
            "OIDC_ORIGINS": "https://sts.example, https://two.example",
            "OIDC_SECOND_FACTOR": "1",
        }
    )
    assert (said.server_url, said.tenant, said.name) == ("https://id.example/realms/teesmere", "", "Teesmere")
    assert said.origins == ("https://id.example", "https://sts.example", "https://two.example")
    assert said.has_second_factor is True


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"OIDC_CLIENT_ID": "boards"}, "together, or none"),
        (CLIENT, "together, or none"),
        ({"OIDC_TENANT": TENANT, "OIDC_CLIENT_ID": "boards"}, "together, or none"),
        (CLIENT | {"OIDC_TENANT": "common"}, "your directory's own id"),
        (CLIENT | {"OIDC_TENANT": "teesmere.example"}, "your directory's own id"),
        (CLIENT | {"OIDC_SERVER_URL": "http://id.example"}, "must begin with https://"),
        (CLIENT | {"OIDC_TENANT": TENANT, "OIDC_ORIGINS": "sts.example"}, "must begin with https://"),
    ],
)
def test_half_a_setting_or_an_unsafe_one_does_not_start(environ, words):
    with pytest.raises(ImproperlyConfigured, match=words):
        read_single_sign_on(environ)


def test_a_provider_on_this_machine_may_do_without_tls():
    said = read_single_sign_on(CLIENT | {"OIDC_SERVER_URL": "http://127.0.0.1:9400"})
    assert said.origins == ("http://127.0.0.1:9400",)
