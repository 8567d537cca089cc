"""ID tokens of a provider: believed by their signature, for whom they are, from whom and until when."""

import jwt

# By a key that the provider alone holds: nothing signed with our own secret, and nothing unsigned. All but
# RS256 and the curves' only where the published key says by its "alg" that it signs so.
SIGNED_BY = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
CLOCKS_DIFFER = 60


class NotBelieved(ValueError):
    """The token is not the provider's, not for this site, too old, or not a token at all."""


def read_id_token(id_token: str, published: object, *, audience: str, issuer: object) -> dict[str, object]:
    """The claims. `published` should be the provider's keys (RFC 7517) and `issuer` its name: it says both.

    Clocks may differ by a minute. Raises NotBelieved.
    """
    if not isinstance(issuer, str) or not issuer:
        raise NotBelieved("The provider does not say who it is.")
    try:
        claims = jwt.decode(
            id_token,
            _key_of(id_token, _signing_keys(published)),
            algorithms=SIGNED_BY,
            audience=audience,
            issuer=issuer,
            leeway=CLOCKS_DIFFER,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
    except jwt.PyJWTError as error:
        raise NotBelieved(str(error)) from error
    if claims["aud"] not in (audience, [audience]) or claims.get("azp", audience) != audience:
        raise NotBelieved("The ID token is another site's as well.")
    return claims


def _signing_keys(published: object) -> list[jwt.PyJWK]:
    """Not those to encrypt with, and none whose private half ("d") is published with it."""
    said = published.get("keys") if isinstance(published, dict) else None
    if not isinstance(said, list):
        raise NotBelieved("The provider publishes no keys.")
    usable = [key for key in said if isinstance(key, dict) and _may_sign(key)]
    return jwt.PyJWKSet(usable).keys


def _may_sign(key: dict[str, object]) -> bool:
    return "d" not in key and key.get("use") in (None, "sig") and isinstance(key.get("alg", ""), str)


def _key_of(id_token: str, keys: list[jwt.PyJWK]) -> jwt.PyJWK:
    """Where the provider has one key alone, its tokens need not name it."""
    named = jwt.get_unverified_header(id_token).get("kid")
    fitting = [key for key in keys if named in (None, key.key_id)]
    if len(fitting) != 1:
        raise NotBelieved("The ID token names no key of the provider.")
    return fitting[0]
