"""Whether the service can do its work, found out anew each time by a few queries and a file of a byte."""

import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from improvement.migrated import is_up_to_date


def is_healthy() -> dict[str, bool]:
    """By what was looked at: database, migrations and disk."""
    answers = has_database()
    return {"database": answers, "migrations": answers and is_migrated(), "disk": has_room()}


def has_database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        return False


def is_migrated() -> bool:
    try:
        return is_up_to_date()
    except DatabaseError:
        return False


def has_room() -> bool:
    """Whether what is kept, or on its way in, can still be written, with HEALTH_FREE_BYTES to spare."""
    place = place_written()
    try:
        with tempfile.TemporaryFile(dir=place) as file:
            file.write(b"1")
        return shutil.disk_usage(place).free >= settings.HEALTH_FREE_BYTES
    except OSError:
        return False


def place_written() -> Path:
    """The folder of an SQLite database; with another database the one where uploads wait."""
    if connection.vendor == "sqlite":
        return Path(connection.settings_dict["NAME"]).parent
    return Path(tempfile.gettempdir())
