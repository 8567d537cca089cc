import pytest


@pytest.fixture
def signed_in(client):
    """Signs a person in and gives the client."""

    def sign_in(user):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in
