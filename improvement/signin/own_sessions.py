"""Where a person is signed in, read from the sessions themselves, so that nothing more is kept of anybody."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from improvement.signin.browsers import name_browser
from improvement.signin.sessions import SessionStore, has_lasted, signed_in_at
from plans.models import User

BROWSER = "browser"


@dataclass(frozen=True)
class OpenSession:
    """`since` is None where the session does not say; `seen` is right to a minute."""

    key: str
    browser: str
    since: datetime | None
    seen: datetime

    @property
    def reference(self) -> str:
        """Names it on a page; who reads it there has no key to come in by."""
        return hashlib.sha256(self.key.encode()).hexdigest()[:20]


def note_browser(request: HttpRequest) -> None:
    """Its name goes into the session that begins, and ends with it."""
    request.session[BROWSER] = name_browser(request.headers.get("User-Agent", ""))


def open_sessions(user: User) -> list[OpenSession]:
    """Those that still let the person in, the most recently used first.

    All that are open on the site are read, since no table says whose each is: 80 ms for a thousand people.
    """
    hashes = {user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()}
    found = [
        _read(row, said)
        for row, said in _sessions_of(user)
        if said.get(HASH_SESSION_KEY) in hashes and not has_lasted(said)
    ]
    return sorted(found, key=lambda each: each.seen, reverse=True)


def end_sessions(keys: Iterable[str]) -> int:
    """How many were there still to be ended."""
    return Session.objects.filter(session_key__in=list(keys)).delete()[0]


def end_other_sessions(user: User, this: str | None) -> int:
    """All of the person but `this`, also those that let nobody in, or do not yet."""
    return end_sessions(row.session_key for row, _ in _sessions_of(user) if row.session_key != this)


def _sessions_of(user: User) -> Iterator[tuple[Session, dict]]:
    store = SessionStore()
    for row in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        said = store.decode(row.session_data)
        if said.get(SESSION_KEY) == str(user.pk) or _is_coming_in(user, said):
            yield row, said


def _is_coming_in(user: User, said: dict) -> bool:
    """The password was right, and the second step is being asked for."""
    return said.get(LOGIN_SESSION_KEY, {}).get("user_pk") == user_pk_to_url_str(user)


def _read(row: Session, said: dict) -> OpenSession:
    since = signed_in_at(said)
    return OpenSession(
        key=row.session_key,
        browser=said.get(BROWSER, "A browser"),
        since=since and datetime.fromtimestamp(since, UTC),
        seen=row.expire_date - timedelta(seconds=settings.SESSION_COOKIE_AGE),
    )
