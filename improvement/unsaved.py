"""Pages for when nothing can be saved, which give back what was typed."""

import sqlite3
from errno import EDQUOT, EFBIG, EIO, ENOSPC, EROFS

from django.http import HttpResponse
from django.template.loader import render_to_string

from improvement.uploads import had_no_room
from plans.views.unsaved import sent_with

SECONDS = 60
# What systems, SQLite and PostgreSQL call a disk that is full or takes nothing more.
NO_ROOM = frozenset({ENOSPC, EDQUOT, EFBIG, EROFS, EIO})
NO_ROOM_IN_SQLITE = frozenset(
    {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR_WRITE}
    | {sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_TRUNCATE}
)
NO_ROOM_IN_POSTGRESQL = frozenset({"53100"})


def has_no_room(error):
    """Whether the error, or the one that led to it, says that the disk takes no more."""
    cause = error.__cause__ or error
    return (
        (isinstance(cause, OSError) and cause.errno in NO_ROOM)
        or getattr(cause, "sqlite_errorcode", None) in NO_ROOM_IN_SQLITE
        or getattr(cause, "sqlstate", None) in NO_ROOM_IN_POSTGRESQL
    )


def no_room(request):
    return page(request, "507.html", 507)


def page(request, template, status):
    """Made without the request, whose user is in the database; with what was typed, to be sent again."""
    sent = sent_with(request)
    if sent and had_no_room(request):
        sent["has_files"] = True
    text = render_to_string(template, sent)
    return HttpResponse(text, status=status, headers={"Retry-After": str(SECONDS)})
