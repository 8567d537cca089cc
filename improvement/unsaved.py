"""Pages for when nothing can be saved, which give back what was typed."""

import sqlite3
from errno import EDQUOT, EFBIG, EIO, ENOSPC, EROFS

from django.http import HttpResponse
from django.template.loader import render_to_string

from improvement.uploads import had_no_room

SECONDS = 60
# What systems, SQLite and PostgreSQL call a disk that is full or takes nothing more.
NO_ROOM = frozenset({ENOSPC, EDQUOT, EFBIG, EROFS, EIO})
NO_ROOM_IN_SQLITE = frozenset(
    {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR_WRITE}
    | {sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_TRUNCATE}
)
NO_ROOM_IN_POSTGRESQL = frozenset({"53100"})
# Of a form: what proves who sends it, and no word that anybody wrote.
PROOFS = frozenset({"csrfmiddlewaretoken", "token", "who", "kept"})


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
    text = render_to_string(template, sent_with(request))
    return HttpResponse(text, status=status, headers={"Retry-After": str(SECONDS)})


def sent_with(request):
    """The fields of a form that the site keeps safe, such as an update's, and the words among them."""
    # What could not be read before cannot be read now; asking again would fail again.
    if request.method != "POST" or not hasattr(request, "_post") or "who" not in request.POST:
        return {}
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    words = [value for name, value in fields if name not in PROOFS and len(value.split()) > 1]
    return {"fields": fields, "words": words, "has_files": bool(request.FILES) or had_no_room(request)}
