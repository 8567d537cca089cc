"""What people do not see: sessions, the cache, and what a database keeps of rows that were written over."""

import base64
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import OperationalError, connection

from improvement.redacting.values import rewritten, texts_of
from improvement.redacting.words import Marks, Words


def sessions_found(words: Words) -> list[str]:
    """The keys of sessions that hold the words."""
    rows = Session.objects.values_list("session_key", "session_data").iterator()
    return [key for key, data in rows if any(map(words.are_in, texts_of(_store().decode(data))))]


def write_session(key: str, words: Words, marks: Marks) -> bool:
    """A session goes on without the words; nobody is signed out. False where it does not hold them now."""
    row = Session.objects.select_for_update().filter(pk=key).first()
    held = row is not None and any(map(words.are_in, texts_of(_store().decode(row.session_data))))
    if held:
        said = rewritten(_store().decode(row.session_data), lambda text: words.replaced(text, marks.long))
        Session.objects.filter(pk=key).update(session_data=_store().encode(said))
    return held


def _store() -> SessionBase:
    return import_module(settings.SESSION_ENGINE).SessionStore()


def clear_cache(words: Words) -> None:
    """Takes what holds the words out of a cache that is kept in the database."""
    cache = caches["default"]
    if not isinstance(cache, DatabaseCache):
        return
    table = connection.ops.quote_name(cache._table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT cache_key, value FROM {table}")
        held = [key for key, value in cursor.fetchall() if words.are_in(key) or words.are_in(_said(value))]
        cursor.executemany(f"DELETE FROM {table} WHERE cache_key = %s", [[key] for key in held])


def _said(value: str) -> str:
    return repr(pickle.loads(base64.b64decode(value)))


@contextmanager
def writing_over() -> Iterator[None]:
    """SQLite writes nothing over what it frees, unless it is told to."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        (before,) = cursor.execute("PRAGMA secure_delete").fetchone()
        cursor.execute("PRAGMA secure_delete = ON")
        try:
            yield
        finally:
            # 2 is a way of its own, which ON would lose.
            cursor.execute(f"PRAGMA secure_delete = {'FAST' if before == 2 else before}")


def clean_database() -> bool:
    """Writes the database anew without what was written over or freed before; False where it was too busy.

    Nobody else writes meanwhile; on PostgreSQL nobody reads the table that is at its turn.
    """
    if connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        try:
            if connection.vendor == "sqlite":
                cursor.execute("VACUUM")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                return not cursor.fetchone()[0]
            cursor.execute("VACUUM (FULL)")
        except OperationalError:
            return False
    return True
