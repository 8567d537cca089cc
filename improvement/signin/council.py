"""The council's provider, believed only where it signed what it says and says it of this very sign-in."""

import secrets

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter

from improvement.signin.id_tokens import read_id_token

PROVIDER = "council"
NONCE = "nonce"


class CouncilProvider(OpenIDConnectProvider):
    def redirect(self, request, process, next_url=None, data=None, **kwargs):
        """The nonce waits in the session, beside the verifier of PKCE."""
        nonce = secrets.token_urlsafe(32)
        asked = {**kwargs.pop("auth_params", {}), NONCE: nonce}
        return super().redirect(request, process, next_url, data, auth_params=asked, nonce=nonce, **kwargs)


class SignedAdapter(OpenIDConnectOAuth2Adapter):
    """The library asks for no signature where it fetched an ID token itself; here there must be one."""

    def __init__(self, request):
        super().__init__(request, PROVIDER)

    def _decode_id_token(self, app, id_token):
        issuer, keys = (self.openid_config.get(name) for name in ("issuer", "jwks_uri"))
        with get_adapter().get_requests_session() as session:
            try:
                published = session.get(keys).json()
                return read_id_token(id_token, published, audience=app.client_id, issuer=issuer)
            except ValueError as error:
                raise OAuth2Error("The ID token is not the provider's.") from error


def check_nonce(id_token, state):
    """Raises OAuth2Error where there is no ID token, or it answers another sign-in than this one."""
    nonce = state.get(NONCE)
    if not nonce or id_token.get(NONCE) != nonce:
        raise OAuth2Error("The ID token does not answer this sign-in.")


council_callback = OAuth2CallbackView.adapter_view(SignedAdapter)
