"""Further databases beside the one of the tests, of the same kind."""

import subprocess
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, connections
from django.db.utils import ConnectionHandler

SCHEMA = {
    "sqlite": "SELECT type, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL",
    "postgresql": """
        SELECT 'column', table_name, concat_ws(' ', column_name, data_type, character_maximum_length,
            numeric_precision, numeric_scale, collation_name, column_default, is_nullable, is_identity)
            FROM information_schema.columns WHERE table_schema = 'public'
        UNION ALL SELECT 'rule', conrelid::regclass::text, conname || ' ' || pg_get_constraintdef(oid)
            FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT 'index', tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'
    """,
}


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


def schema():
    """Every table's columns, rules and indexes as the database tells them, whatever their order."""
    with connection.cursor() as cursor:
        cursor.execute(SCHEMA[connection.vendor])
        # SQLite tells a table in one text.
        return sorted((kind, table, sorted(told.split(", "))) for kind, table, told in cursor.fetchall())


def bytes_on_disk(path):
    """What a file of SQLite holds, read by another program: whoever closes it loses all their locks on it."""
    return subprocess.run(["cat", path], check=True, capture_output=True).stdout
