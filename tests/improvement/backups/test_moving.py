"""Into another database: from SQLite to SQLite, and in the run on PostgreSQL to SQLite and from it back."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import ConnectionHandler
from django.test import override_settings

from improvement.packs.starting import database_url
from tests.databases import new_database
from tests.factories import make_board
from tests.improvement.backups.conftest import contents
from tests.improvement.backups.test_round_trip import manifest

pytestmark = pytest.mark.django_db

TOLD = re.compile(r" *([\d,]+)  ([0-9a-f]{16})  (\S+)")


@pytest.fixture(scope="module")
def migrated_file(django_db_setup, tmp_path_factory):
    """A file of SQLite on which only `migrate` has run."""
    path = tmp_path_factory.mktemp("moving") / "migrated.sqlite3"
    if connection.vendor != "sqlite":
        run_on(f"sqlite:///{path}", "migrate", "--verbosity", "0")
        return path
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as usual,
        closing(sqlite3.connect(path)) as new,
    ):
        usual.backup(new)
        new.execute("DELETE FROM cache")
        new.commit()
    return path


@pytest.fixture
def new_file(migrated, migrated_file, tmp_path):
    return f"sqlite:///{shutil.copy(migrated_file, tmp_path)}"


@pytest.fixture
def newer_database(tmp_path):
    """Of the kind that the tests run on."""
    with new_database(tmp_path, "newer") as database:
        yield database


def move(url):
    with override_settings(NEW_DATABASE_URL=url):
        call_command("move_database")


def run_on(url, *arguments, **environment):
    """A command in a process of its own, as it is given on a server; what it printed."""
    command = [sys.executable, settings.BASE_DIR / "manage.py", *arguments]
    told_to = os.environ | environment | {"DATABASE_URL": url}
    done = subprocess.run(command, env=told_to, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def told(printed):
    return {label: (int(rows.replace(",", "")), start) for rows, start, label in TOLD.findall(printed)}


def expected(path):
    return {label: (one["rows"], one["sha256"][:16]) for label, one in manifest(path).items()}


def test_everything_moves_there_and_on_and_nothing_changes_here(
    whole, new_file, newer_database, tmp_path, capsys
):
    newer = database_url(newer_database)
    call_command("restore", whole.plain)
    capsys.readouterr()
    move(new_file)
    printed = capsys.readouterr().out
    assert told(printed) == expected(whole.plain)
    rows = sum(len(rows) for rows in whole.held.values())
    assert printed.splitlines()[-2:] == [
        f"{rows:,} rows are moved. Read again in both databases, "
        f"each of {len(whole.held)} tables has the same count and digest.",
        "Now set DATABASE_URL to the new database and start the service.",
    ]
    assert contents() == whole.held
    assert told(run_on(new_file, "move_database", NEW_DATABASE_URL=newer)) == expected(whole.plain)
    run_on(newer, "backup", str(tmp_path / "again"))
    assert manifest(tmp_path / "again") == manifest(whole.plain)


def refused(match, url):
    with pytest.raises(CommandError, match=match):
        move(url)


def test_a_database_that_holds_something(newer_database):
    target = ConnectionHandler({"default": newer_database})["default"]
    with target.cursor() as cursor:
        cursor.execute("CREATE TABLE words (word varchar(10))")
        cursor.execute("INSERT INTO words VALUES ('kept')")
        refused("is not empty: there are rows in words", database_url(newer_database))
        assert target.introspection.table_names(cursor) == ["words"]
    target.close()


@pytest.mark.parametrize("url", ["", "teesmere", "ftp://example.org/plans"])
def test_no_address(url):
    refused("holds no address of a database", url)


def test_no_answer(tmp_path):
    refused("does not answer: unable to open database file. Make it", f"sqlite:///{tmp_path}/no/new.sqlite3")


def test_a_source_that_waits_for_migrate(migrated, new_file):
    name = max(name for app, name in MigrationRecorder(connection).applied_migrations() if app == "plans")
    MigrationRecorder(connection).record_unapplied("plans", name)
    refused("migrate` first", new_file)


class SomebodyWrites:
    """Makes a board just before boards are read for the second time, as where the service was not stopped."""

    read = 0

    def __call__(self, execute, sql, params, many, context):
        self.read += 'FROM "plans_board"' in sql
        if self.read == 2:
            self.read += 1
            make_board()
        return execute(sql, params, many, context)


def test_somebody_writes_meanwhile(new_file):
    with connection.execute_wrapper(SomebodyWrites()):
        refused("somebody wrote into the old database: plans.Board. Stop", new_file)
