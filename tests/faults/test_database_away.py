"""The database goes away and comes back: a plain page meanwhile, then service by the same processes."""

import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path

import dj_database_url
import pytest
from django.core.management import call_command
from django.db import connection

from plans.models import ProgressUpdate
from tests.faults.scene import filled, make_scene, update_url, url
from tests.faults.serving import ROOT, Person, Server
from tests.pages import fields_of, text_of

AWAY = "Sorry, the service is unavailable We cannot read or save anything at the moment."


class Unmigrated:
    """Tables as the models are, without the way that led there."""

    def __contains__(self, app):
        return True

    def __getitem__(self, app):
        return None


@contextmanager
def replaced(file: Path):
    """The database's files are elsewhere, and what stands in their place cannot be opened."""
    connection.close()
    elsewhere = file.parent / "elsewhere"
    elsewhere.mkdir()
    names = [found.name for found in file.parent.glob(f"{file.name}*")]
    for name in names:
        shutil.move(file.parent / name, elsewhere / name)
    file.mkdir()
    yield
    file.rmdir()
    for name in names:
        shutil.move(elsewhere / name, file.parent / name)


def postgresql(action, folder):
    words = ["sh", str(ROOT / ".ci" / "postgresql.sh"), action, str(folder)]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()


@contextmanager
def stopped(folder):
    connection.close()
    postgresql("stop", folder)
    yield
    postgresql("start", folder)


@pytest.fixture
def cluster(transactional_db, settings):
    """The folder of a PostgreSQL that this test may stop; its tables are made and used instead of those of
    all tests."""
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL's server")
    before, folder = dict(connection.settings_dict), Path(tempfile.mkdtemp())
    connection.close()
    connection.settings_dict.update(dj_database_url.parse(postgresql("start", folder)))
    settings.MIGRATION_MODULES = Unmigrated()
    call_command("migrate", run_syncdb=True, verbosity=0)
    yield folder
    connection.close()
    connection.settings_dict.clear()
    connection.settings_dict.update(before)
    postgresql("stop", folder)
    shutil.rmtree(folder)


def goes_on(server, scene, away):
    """A person saves while the database is away, and by the page's own button when it is back."""
    person, path = Person(server, scene.head), update_url(scene)
    fields = filled(person, path, scene.action.pk, happened="The panel met.")
    worker = server.worker
    with away:
        answers = [person.get(path), person.post(path, fields)]
        health = server.health()
    assert [(answer.status_code, text_of(answer)[: len(AWAY)]) for answer in answers] == [(503, AWAY)] * 2
    assert text_of(answers[1]).endswith("Try again What you typed The panel met.")
    assert (health.status_code, health.json()["database"]) == (503, False)
    assert server.health().json()["database"] is True
    assert person.post(path, fields_of(answers[1], "who")).status_code == 302
    assert ProgressUpdate.objects.latest_first().first().happened == "The panel met."
    assert server.worker == worker


def test_a_file_that_cannot_be_opened(scratch, serve):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's file")
    scene = make_scene()
    goes_on(serve(), scene, replaced(Path(scratch.name)))


def test_a_server_that_is_stopped_and_started(cluster, tmp_path):
    scene = make_scene()
    server = Server(tmp_path / "server.log")
    try:
        goes_on(server, scene, stopped(cluster))
    finally:
        server.stop()


def test_a_file_that_somebody_else_holds_for_long(scratch, serve):
    """Who reads notices nothing."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL locks rows")
    scene, server = make_scene(), serve(timeout=0.2)
    person, path = Person(server, scene.head), update_url(scene)
    fields = filled(person, path, scene.action.pk, happened="The panel met.")
    with closing(sqlite3.connect(scratch.name, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = person.post(path, fields)
        assert (answer.status_code, text_of(answer)[: len(AWAY)]) == (503, AWAY)
        assert person.get(url(scene.board, "dashboard")).status_code == 200
        other.execute("ROLLBACK")
    assert person.post(path, fields_of(answer, "who")).status_code == 302
    assert ProgressUpdate.objects.latest_first().first().happened == "The panel met."
