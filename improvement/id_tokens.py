"""ID tokens of a provider: believed by their signature, for whom they are, from whom and until when."""

from collections.abc import Mapping

import jwt

# By a key that the provider alone holds: nothing signed with our own secret, and nothing unsigned.
SIGNED_BY = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
CLOCKS_DIFFER = 60


class NotBelieved(ValueError):
    """The token is not the provider's, not for this site, too old, or not a token at all."""


def read_id_token(
    id_token: str, published: Mapping[str, object], *, audience: str, issuer: str
) -> dict[str, object]:
    """The claims. `published` are the provider's keys (RFC 7517); clocks may differ by a minute.

    Raises NotBelieved.
    """
    try:
        return jwt.decode(
            id_token,
            _key_of(id_token, jwt.PyJWKSet.from_dict(published).keys),
            algorithms=SIGNED_BY,
            audience=audience,
            issuer=issuer,
            leeway=CLOCKS_DIFFER,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
    except jwt.PyJWTError as error:
        raise NotBelieved(str(error)) from error


def _key_of(id_token: str, keys: list[jwt.PyJWK]) -> jwt.PyJWK:
    """Where the provider has one key alone, its tokens need not name it."""
    named = jwt.get_unverified_header(id_token).get("kid")
    fitting = [key for key in keys if named in (None, key.key_id)]
    if len(fitting) != 1:
        raise NotBelieved("The ID token names no key of the provider.")
    return fitting[0]
