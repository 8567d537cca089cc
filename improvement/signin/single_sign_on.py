"""Whom the council's own sign-in lets in: claims and accounts in, an answer out."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Answer(Enum):
    """COME_IN signs in to the account that the subject is tied to, TIE ties it to the invited account."""

    COME_IN = "come in"
    TIE = "tie"
    SIGNED_OUT = "signed out"
    GUEST = "guest"
    MIXED = "mixed"
    UNVERIFIED = "unverified"
    UNKNOWN = "unknown"
    CLOSED = "closed"
    TIED_TO_ANOTHER = "tied to another"
    HAS_OWN_SIGN_IN = "has its own sign-in"


@dataclass(frozen=True)
class Account:
    """What counts of an account; `is_tied` to whatever subject."""

    is_active: bool = True
    is_tied: bool = False
    has_password: bool = False
    has_second_factor: bool = False


def decide(
    claims: Mapping[str, object], *, tenant: str, tied: Account | None, invited: Account | None
) -> Answer:
    """`tied` is the account of the claims' subject, `invited` the one that has the claims' address.

    The subject alone opens an account that has been used. The address only leads to an invitation that
    nobody has taken up yet: an account without a password, a second factor or a tie to anybody.
    """
    if is_guest(claims, tenant):
        return Answer.GUEST
    if tied is not None:
        return Answer.COME_IN if tied.is_active else Answer.CLOSED
    if invited is None:
        return Answer.UNKNOWN
    if not invited.is_active:
        return Answer.CLOSED
    return _join(claims, tenant, invited)


def _join(claims: Mapping[str, object], tenant: str, invited: Account) -> Answer:
    if not is_vouched(claims, tenant):
        return Answer.UNVERIFIED
    if invited.is_tied:
        return Answer.TIED_TO_ANOTHER
    if invited.has_password or invited.has_second_factor:
        return Answer.HAS_OWN_SIGN_IN
    return Answer.TIE


def merge_claims(id_token: Mapping[str, object], userinfo: Mapping[str, object]) -> dict[str, object] | None:
    """The id token's claims and what userinfo adds; None where the two speak of different people."""
    if id_token and userinfo and id_token.get("sub") != userinfo.get("sub"):
        return None
    return {**userinfo, **id_token}


def is_guest(claims: Mapping[str, object], tenant: str) -> bool:
    """Somebody of another directory: invited into the council's (B2B), or from a directory of their own."""
    names = [str(claims.get(name)).upper() for name in ("preferred_username", "upn", "email", "unique_name")]
    return (
        _says_guest(claims.get("acct"), tenant)
        or any("#EXT#" in name or name.startswith("LIVE.COM#") for name in names)
        or bool(tenant and str(claims.get("tid", "")).lower() != tenant)
        or _came_through_another(claims, tenant)
    )


def _says_guest(acct: object, tenant: str) -> bool:
    """Entra says 0 of one's own people and 1 of guests; what else it may say is not believed to be 0."""
    said = str(acct).lower()
    return said not in ("none", "", "0") if tenant else said == "1"


def _came_through_another(claims: Mapping[str, object], tenant: str) -> bool:
    """`idp` names the directory that knows the person; it is absent, or the issuer, for one's own people."""
    through = str(claims.get("idp") or "").lower()
    if not through or through == str(claims.get("iss", "")).lower():
        return False
    return not tenant or tenant not in through.split("/")


def is_vouched(claims: Mapping[str, object], tenant: str) -> bool:
    """Whether the provider stands by the address; Entra says nothing, but its directory is the council's."""
    said = claims.get("email_verified")
    return bool(tenant) if said is None else str(said).lower() == "true"


def address_of(claims: Mapping[str, object], tenant: str) -> str:
    """The address to look up an invitation by; in the council's own directory the sign-in name will do."""
    email = str(claims.get("email") or "").strip()
    name = str(claims.get("preferred_username") or "").strip() if tenant else ""
    return (email or (name if "@" in name else "")).lower()
