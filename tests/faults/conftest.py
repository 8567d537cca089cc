"""A scratch database for each test, used by the test and by the servers that it starts."""

import sqlite3
from contextlib import closing
from types import SimpleNamespace

import pytest
from django.db import connection

from improvement.migrated import known_migrations
from improvement.packs.starting import database_url
from tests.faults.serving import Server


def pytest_collection_modifyitems(items):
    """Tests of a scratch database hold no transaction open on the one that it is copied from."""
    for item in items:
        if {"scratch", "cluster"} & {*getattr(item, "fixturenames", ())}:
            item.add_marker(pytest.mark.django_db(transaction=True))


def copied(name, ending="_fault"):
    """The name of a new SQLite file or PostgreSQL database like the one in use, which is empty."""
    empty = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(empty)) as source, closing(sqlite3.connect(name)) as target:
            source.backup(target)
        return str(name)
    with connection._nodb_cursor() as cursor:
        quoted = connection.ops.quote_name
        # Threads of earlier tests may have left a connection behind; a template must have none.
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [empty])
        cursor.execute(f"CREATE DATABASE {quoted(empty + ending)} TEMPLATE {quoted(empty)}")
    return empty + ending


def dropped(name):
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {connection.ops.quote_name(name)} WITH (FORCE)")


@pytest.fixture
def scratch(transactional_db, tmp_path):
    """The database's address; while the test runs, its own queries go there too."""
    before = dict(connection.settings_dict)
    connection.close()
    name = copied(tmp_path / "plans.sqlite3")
    connection.settings_dict["NAME"] = name
    url = database_url(connection.settings_dict)
    yield SimpleNamespace(url=url, name=name, empty=before["NAME"], folder=tmp_path)
    connection.close()
    connection.settings_dict.update(before)
    dropped(name)


@pytest.fixture
def migrated(scratch):
    """For commands that refuse a database on which `migrate` has not run."""
    if not known_migrations():
        pytest.skip("needs the migrations, which this run leaves out")


@pytest.fixture
def serve(scratch):
    """Starts a server on the scratch database, and stops it at the end."""
    running = []

    def start(**options):
        log = scratch.folder / f"server-{len(running)}.log"
        running.append(Server(log, **options))
        return running[-1]

    yield start
    for server in running:
        server.stop()
