"""Whom the council's own sign-in lets in, case by case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.signin.single_sign_on import (
    Account,
    Answer,
    address_of,
    decide,
    is_guest,
    is_vouched,
    merge_claims,
)

TENANT = "11111111-2222-3333-4444-555555555555"
ELSEWHERE = "99999999-2222-3333-4444-555555555555"
ISSUER = f"https://login.example/{TENANT}/v2.0"
OWN = {"sub": "s1", "iss": ISSUER, "tid": TENANT, "email": "sam.hill@teesmere.example"}
FRESH = Account()

CASES = [
    # what is told, the subject's account, the address's account, the answer
    ("a known subject", {}, Account(is_tied=True), None, Answer.COME_IN),
    ("a known subject with a password", {}, Account(is_tied=True, has_password=True), None, Answer.COME_IN),
    ("a known subject, a guest now", {"acct": 1}, Account(is_tied=True), None, Answer.GUEST),
    ("a leaver", {}, Account(is_active=False, is_tied=True), None, Answer.CLOSED),
    ("an invitation nobody took up", {}, None, FRESH, Answer.TIE),
    ("an invitation, vouched for", {"email_verified": True}, None, FRESH, Answer.TIE),
    ("an invitation, not verified", {"email_verified": False}, None, FRESH, Answer.UNVERIFIED),
    ("an invitation, a guest", {"preferred_username": "a_b#EXT#@t.example"}, None, FRESH, Answer.GUEST),
    ("an invitation, another directory", {"tid": ELSEWHERE}, None, FRESH, Answer.GUEST),
    ("an invitation withdrawn", {}, None, Account(is_active=False), Answer.CLOSED),
    ("another subject's account", {}, None, Account(is_tied=True), Answer.TIED_TO_ANOTHER),
    ("an account with a password", {}, None, Account(has_password=True), Answer.HAS_OWN_SIGN_IN),
    ("an account with a passkey", {}, None, Account(has_second_factor=True), Answer.HAS_OWN_SIGN_IN),
    ("nobody's address", {}, None, None, Answer.UNKNOWN),
]


@pytest.mark.parametrize(
    ("claims", "tied", "invited", "answer"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_the_answer(claims, tied, invited, answer):
    assert decide(OWN | claims, tenant=TENANT, tied=tied, invited=invited) is answer


accounts = st.builds(Account, *(st.booleans() for _ in range(4)))


@given(accounts, st.sampled_from([True, False, None]))
def test_an_address_alone_never_opens_an_account_that_somebody_uses(invited, verified):
    claims = OWN | ({} if verified is None else {"email_verified": verified})
    answer = decide(claims, tenant=TENANT, tied=None, invited=invited)
    assert answer is not Answer.COME_IN
    is_free = invited == Account() and verified is not False
    assert (answer is Answer.TIE) == is_free


@given(st.none() | accounts, st.none() | accounts)
def test_guests_never_come_in(tied, invited):
    assert decide(OWN | {"acct": "1"}, tenant=TENANT, tied=tied, invited=invited) is Answer.GUEST


@pytest.mark.parametrize(
    ("claims", "tenant", "guest"),
    [
        ({}, TENANT, False),
        ({"acct": 0}, TENANT, False),
        ({"acct": 1}, TENANT, True),
        ({"acct": "1"}, "", True),
        ({"acct": True}, TENANT, True),
        ({"acct": "guest"}, TENANT, True),
        ({"acct": "sam"}, "", False),
        ({"unique_name": "live.com#sam@example.org"}, TENANT, True),
        ({"upn": "sam_other.example#ext#@teesmere.example"}, TENANT, True),
        ({"unique_name": "sam#EXT#"}, "", True),
        ({"idp": ISSUER}, TENANT, False),
        ({"idp": f"https://sts.example/{TENANT}/"}, TENANT, False),
        ({"idp": f"https://sts.example/{ELSEWHERE}/"}, TENANT, True),
        ({"idp": "live.com"}, TENANT, True),
        ({"idp": "live.com"}, "", True),
        ({"tid": ELSEWHERE}, TENANT, True),
        ({"tid": TENANT.upper()}, TENANT, False),
        ({"tid": None}, TENANT, True),
        ({"tid": ELSEWHERE}, "", False),
    ],
)
def test_guests_are_known_by_their_claims(claims, tenant, guest):
    assert is_guest(OWN | claims, tenant) is guest


@pytest.mark.parametrize(
    ("claims", "tenant", "vouched"),
    [
        ({}, TENANT, True),
        ({}, "", False),
        ({"email_verified": True}, "", True),
        ({"email_verified": "true"}, "", True),
        ({"email_verified": False}, TENANT, False),
        ({"email_verified": "no"}, TENANT, False),
    ],
)
def test_who_stands_by_an_address(claims, tenant, vouched):
    assert is_vouched(claims, tenant) is vouched


@pytest.mark.parametrize(
    ("claims", "tenant", "address"),
    [
        ({"email": " Sam@Teesmere.example "}, "", "sam@teesmere.example"),
        ({"email": "", "preferred_username": "sam@teesmere.example"}, TENANT, "sam@teesmere.example"),
        ({"preferred_username": "sam@teesmere.example"}, "", ""),
        ({"preferred_username": "sam"}, TENANT, ""),
        ({}, TENANT, ""),
    ],
)
def test_the_address_to_look_up(claims, tenant, address):
    assert address_of(claims, tenant) == address


@pytest.mark.parametrize(
    ("id_token", "userinfo", "merged"),
    [
        ({"sub": "a", "tid": "t"}, {"sub": "a", "email": "e"}, {"sub": "a", "tid": "t", "email": "e"}),
        ({"sub": "a", "email": "signed"}, {"sub": "a", "email": "said"}, {"sub": "a", "email": "signed"}),
        ({"sub": "a"}, {}, {"sub": "a"}),
        ({}, {"sub": "a"}, {"sub": "a"}),
        ({"sub": "a"}, {"sub": "b"}, None),
        ({"sub": "a"}, {"email": "e"}, None),
    ],
)
def test_claims_of_two_people_are_never_mixed(id_token, userinfo, merged):
    assert merge_claims(id_token, userinfo) == merged
