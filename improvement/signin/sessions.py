"""Sessions in the database that know when they end, so that going on costs one write a minute at most."""

import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.utils import timezone

WRITTEN_EVERY = timedelta(minutes=1)


class SessionStore(DatabaseStore):
    ends = None

    def _get_session_from_db(self):
        row = super()._get_session_from_db()
        self.ends = row.expire_date if row else None
        return row

    def is_worn(self):
        """Whether it would end a minute sooner than one that begins now."""
        if self.ends is None:
            return False
        return self.ends < self._fresh_end() - WRITTEN_EVERY

    def go_on(self):
        """Ends later from now on; where that cannot be written, whoever reads reads on until it ends."""
        with suppress(OperationalError):
            Session.objects.filter(session_key=self.session_key).update(expire_date=self._fresh_end())

    def _fresh_end(self):
        return timezone.now() + timedelta(seconds=self.get_session_cookie_age())


def signed_in_at(session: SessionBase | Mapping) -> float | None:
    """When the person signed in, in seconds since 1970; allauth notes it in the session."""
    moments = [record.get("at", 0) for record in session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])]
    return min(moments, default=None)


def has_lasted(session: SessionBase | Mapping) -> bool:
    """Whether the person signed in longer ago than a session may last."""
    begun = signed_in_at(session)
    return begun is not None and begun < time.time() - settings.SESSION_LONGEST_HOURS * 3600
