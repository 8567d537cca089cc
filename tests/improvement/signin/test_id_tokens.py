"""An ID token is believed only where the provider signed it, for this site, not long ago."""

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import jwt
import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import given
from hypothesis import strategies as st
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from improvement.signin.id_tokens import SIGNED_BY, NotBelieved, read_id_token

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ISSUER, SITE, SECRET = "https://id.teesmere.example", "boards", "a secret of this site, long enough to sign"
CLAIMS = {"iss": ISSUER, "aud": SITE, "sub": "sam", "iat": NOON, "exp": NOON + timedelta(minutes=5)}
RSA, OTHER = (rsa.generate_private_key(65537, 2048) for _ in range(2))
CURVE = ec.generate_private_key(ec.SECP256R1())


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def published(*keys):
    writers = {rsa.RSAPrivateKey: RSAAlgorithm, ec.EllipticCurvePrivateKey: ECAlgorithm}
    written = []
    for name, key in keys:
        writer = next(writer for kind, writer in writers.items() if isinstance(key, kind))
        written.append(json.loads(writer.to_jwk(key.public_key())) | {"kid": name})
    return {"keys": written}


def described(key, name="one", **more):
    return published((name, key))["keys"][0] | more


def token(key=RSA, algorithm="RS256", kid="one", leave_out=(), **claims):
    said = {name: value for name, value in (CLAIMS | claims).items() if name not in leave_out}
    return jwt.encode(said, key, algorithm, headers={"kid": kid} if kid else None)


def read(id_token, keys=None):
    keys = keys or published(("one", RSA), ("two", CURVE))
    return read_id_token(id_token, keys, audience=SITE, issuer=ISSUER)


@pytest.mark.parametrize(("key", "algorithm", "kid"), [(RSA, "RS256", "one"), (CURVE, "ES256", "two")])
def test_what_the_provider_signed_is_believed(key, algorithm, kid):
    assert read(token(key, algorithm, kid, name="Sam"))["name"] == "Sam"


@pytest.mark.parametrize("algorithm", SIGNED_BY)
def test_a_key_may_say_how_it_signs(algorithm):
    curves = {"ES256": ec.SECP256R1, "ES384": ec.SECP384R1, "ES512": ec.SECP521R1}
    key = ec.generate_private_key(curves[algorithm]()) if algorithm in curves else RSA
    keys = {"keys": [described(key, alg=algorithm)]}
    assert read(token(key, algorithm), keys)["sub"] == "sam"


@pytest.mark.parametrize("kid", ["one", None])
@pytest.mark.parametrize("name", ["one", "two"])
def test_keys_to_encrypt_with_stand_in_no_one_s_way(kid, name):
    keys = {"keys": [described(OTHER, name, use="enc"), described(RSA, use="sig")]}
    assert read(token(kid=kid), keys)["sub"] == "sam"


@pytest.mark.parametrize("said", [{"aud": [SITE]}, {"azp": SITE}, {"aud": [SITE], "azp": SITE}])
def test_it_may_say_at_length_that_it_is_for_this_site(said):
    assert read(token(**said))["sub"] == "sam"


def test_a_provider_with_one_key_need_not_name_it():
    assert read(token(kid=None), published(("one", RSA)))["sub"] == "sam"


def test_clocks_may_differ_by_a_minute(clock):
    early = token()
    clock.shift(timedelta(seconds=-50))
    assert read(early)["sub"] == "sam"


@pytest.mark.parametrize(
    "wrong",
    [
        token(OTHER),
        token(CURVE, "ES256"),
        token(kid="three"),
        token(kid=None),
        token(SECRET, "HS256"),
        token(None, "none"),
        token()[:-4] + "AAAA",
        token(aud="another site"),
        token(aud=[SITE, "another site"]),
        token(aud=[SITE, "another site"], azp=SITE),
        token(azp="another site"),
        token(azp=None),
        token(iss="https://id.elsewhere.example"),
        token(exp=NOON - timedelta(seconds=61)),
        token(iat=NOON + timedelta(seconds=61)),
        *(token(leave_out=[name]) for name in CLAIMS),
        "",
        "not.a.token",
    ],
)
def test_nothing_else_is(wrong):
    with pytest.raises(NotBelieved):
        read(wrong)


@pytest.mark.parametrize(
    "keys",
    [
        None,
        [],
        "keys",
        [described(RSA)],
        {},
        {"keys": None},
        {"keys": []},
        {"keys": ["one"]},
        {"keys": [described(RSA, use="enc")]},
        {"keys": [described(RSA, d="AQAB")]},
        {"keys": [described(RSA, alg=["RS256"])]},
        {"keys": [described(RSA, n=5)]},
    ],
)
def test_a_provider_that_publishes_no_key_to_check_by_is_not_believed(keys):
    with pytest.raises(NotBelieved):
        read_id_token(token(), keys, audience=SITE, issuer=ISSUER)


NAMES = st.sampled_from(["kty", "alg", "use", "kid", "n", "e", "d", "crv", "x", "y", "k", "oth"])
VALUES = st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text()) | st.just({"a": []})


@given(key=st.dictionaries(NAMES, VALUES), begun=st.sampled_from([{}, described(RSA), described(CURVE)]))
def test_nothing_else_comes_of_what_a_provider_publishes(key, begun):
    with suppress(NotBelieved):
        assert read(token(), {"keys": [begun | key]})["sub"] == "sam"


@pytest.mark.parametrize("issuer", [None, "", [ISSUER], 5])
def test_a_provider_that_does_not_say_who_it_is_is_not_believed(issuer):
    with pytest.raises(NotBelieved):
        read_id_token(token(), published(("one", RSA)), audience=SITE, issuer=issuer)
