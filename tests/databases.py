"""Further databases beside the one of the tests, of the same kind."""

import subprocess
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, connections
from django.db.utils import ConnectionHandler


@contextmanager
def new_database(folder: Path, name: str):
    """The settings of an empty database, which is gone afterwards."""
    if connection.vendor == "sqlite":
        yield connection.settings_dict | {"NAME": folder / f"{name}.sqlite3"}
        return
    outside = ConnectionHandler({"default": connection.settings_dict | {"NAME": "postgres"}})["default"]
    named = f"{connection.settings_dict['NAME']}_{name}"
    with outside.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {named}")
        try:
            yield connection.settings_dict | {"NAME": named}
        finally:
            cursor.execute(f"DROP DATABASE {named} WITH (FORCE)")
    outside.close()


@contextmanager
def used_instead(database: dict):
    """All that asks the default database asks this one instead."""
    usual = connections["default"]
    connections["default"] = ConnectionHandler({"default": database})["default"]
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = usual


def bytes_on_disk(path):
    """What a file of SQLite holds, read by another program: whoever closes it loses all their locks on it."""
    return subprocess.run(["cat", path], check=True, capture_output=True).stdout
