"""Who reads: by a token in the Authorization header; no session is opened or looked at."""

import binascii
from base64 import b64decode
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from plans.models import FeedToken
from plans.services.feeds import digest_of, find_token, note_use

# So many different wrong tokens from one address in this time, and it has to wait.
MOST_WRONG = 30
WAIT_SECONDS = 300
NO_TOKEN = (
    "Send a data feed token: as a password beside your email address (Basic), or as “Authorization: Bearer”. "
    "Make one on your page “Data feeds”."
)
WRONG = (
    "This token opens nothing: it is wrong, withdrawn or has ended, or it is not of this email address. "
    "Make another on your page “Data feeds”."
)
TOO_MANY = (
    "Too many wrong tokens came from your address. Wait five minutes, then try again with the right one."
)


WITHOUT_TLS = (
    "A feed is read by https:// alone. What was sent now could be read by others on its way: if that was a "
    "token, withdraw it on your page “Data feeds”, make another and use it with https://."
)


class Refused(Exception):
    """Nobody is let in; `words` say what to do, `wait` for how many seconds before that."""

    def __init__(self, words: str, status: int = 401, *, wait: int = 0):
        super().__init__(words)
        self.words, self.status, self.wait = words, status, wait


@dataclass(frozen=True)
class Shown:
    """What was sent to be let in: a token, and by Basic whose it is."""

    token: str
    email: str | None = None


def let_in(request: HttpRequest) -> FeedToken:
    """The token in force that the request shows. Raises Refused."""
    shown = read_header(request.headers.get("Authorization", ""))
    if shown is None:
        raise Refused(NO_TOKEN)
    counter = f"feed-wrong:{get_adapter().get_client_ip(request)}"
    wrong = cache.get(counter, [])
    if len(wrong) >= MOST_WRONG:
        raise Refused(TOO_MANY, 429, wait=WAIT_SECONDS)
    token = find_token(shown.token, shown.email)
    if token is None:
        _count(counter, wrong, digest_of(shown.token)[:16])
        raise Refused(WRONG)
    note_use(token)
    return token


def refuse_without_tls(request: HttpRequest) -> None:
    """To be led on to HTTPS would hide that a token was shown. Raises Refused, where pages are led there."""
    if settings.SECURE_SSL_REDIRECT and not request.is_secure():
        raise Refused(WITHOUT_TLS, 403)


def _count(counter: str, wrong: list[str], digest: str) -> None:
    """The same wrong one again is a workbook that was forgotten, not somebody who guesses."""
    if digest not in wrong:
        cache.set(counter, [*wrong, digest], WAIT_SECONDS)


def read_header(words: str) -> Shown | None:
    """None for a header that holds neither a bearer's token nor a name with a password."""
    scheme, _, rest = words.strip().partition(" ")
    rest = rest.strip()
    if scheme.lower() == "bearer" and rest:
        return Shown(rest)
    return _read_basic(rest) if scheme.lower() == "basic" else None


def _read_basic(words: str) -> Shown | None:
    try:
        email, colon, token = b64decode(words, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    return Shown(token.strip(), email.strip()) if colon else None
