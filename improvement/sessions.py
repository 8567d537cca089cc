"""Sessions in the database that know when they end, so that going on costs one write a minute at most."""

from contextlib import suppress
from datetime import timedelta

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
