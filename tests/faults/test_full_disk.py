"""A disk that is full: a file-size limit on the worker, SQLite's limit of pages, PostgreSQL's own error."""

import resource
import subprocess
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from plans.models import Import, KeptForm, ProgressUpdate
from tests.factories import make_evidence
from tests.faults import deeds
from tests.faults.held import held
from tests.faults.scene import LARGE_PDF, PDF, filled, make_scene, update_url, url, with_evidence
from tests.faults.serving import Person, command
from tests.importing import AUDITS, plan_book
from tests.pages import fields_of, text_of

FULL = "Sorry, nothing can be saved at the moment The server cannot write to its disk, which may be full."
DISK_FULL = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON plans_progressupdate EXECUTE FUNCTION full_disk();
CREATE TRIGGER full_disk BEFORE INSERT ON plans_workbook EXECUTE FUNCTION full_disk();
CREATE TRIGGER full_disk BEFORE INSERT ON plans_keptform EXECUTE FUNCTION full_disk();
"""


class Disk:
    """That of the worker, and of PostgreSQL where it keeps the rows."""

    def __init__(self, server):
        self.worker = server.worker

    def fill(self):
        resource.prlimit(self.worker, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        self._tell_postgresql(DISK_FULL)

    def make_room(self):
        resource.prlimit(self.worker, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        self._tell_postgresql("DROP FUNCTION full_disk CASCADE")

    def _tell_postgresql(self, sql):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(sql)


@pytest.fixture
def scene(scratch):
    return make_scene()


@pytest.mark.parametrize("content", [PDF, LARGE_PDF], ids=["small", "large"])
def test_an_update_with_evidence(scene, serve, content):
    server = serve()
    person, disk, path = Person(server, scene.head), Disk(server), update_url(scene)
    typed, files = with_evidence(scene.action.pk, "The panel met & agreed.", content)
    fields, before = filled(person, path, scene.action.pk, **typed), held()
    disk.fill()
    answer = person.post(path, fields, files=files)
    assert (answer.status_code, text_of(answer)[: len(FULL)], held()) == (507, FULL, before)
    assert "choose it again afterwards" in text_of(answer)
    assert text_of(answer, "main").endswith("Try again What you typed The panel met & agreed.")
    assert fields_of(answer, "who").items() >= {(name, value) for name, value in fields.items() if value}
    assert person.get(path).status_code == 200
    disk.make_room()
    page = person.post(path, fields_of(answer, "who"))
    assert "Give a link or choose a file" in text_of(page)
    assert person.post(path, fields_of(page, "token"), files=files).status_code == 302
    assert ProgressUpdate.objects.latest_first().first().happened == "The panel met & agreed."


def test_trying_again_sends_what_was_typed(scene, serve):
    server = serve()
    person, disk, path = Person(server, scene.head), Disk(server), update_url(scene)
    fields = filled(person, path, scene.action.pk, happened="The panel met.\n\nIt agreed.")
    disk.fill()
    answer = person.post(path, fields)
    assert answer.status_code == 507
    assert "choose it again" not in text_of(answer)
    disk.make_room()
    again = fields_of(answer, "who")
    assert [person.post(path, again).status_code for _ in range(2)] == [302, 302]
    said = ProgressUpdate.objects.latest_first().values_list("happened", flat=True)
    assert (len(said), " ".join(said[0].split())) == (2, "The panel met. It agreed.")


def test_what_is_sent_after_the_session_has_ended(scene, serve):
    """It cannot be kept until they sign in, so the page keeps it."""
    server = serve()
    person, disk, path = Person(server, scene.head), Disk(server), update_url(scene)
    fields = filled(person, path, scene.action.pk, happened="The panel met.")
    Session.objects.all().delete()
    disk.fill()
    answer = person.post(path, fields)
    assert (answer.status_code, text_of(answer)[: len(FULL)]) == (507, FULL)
    disk.make_room()
    again = person.post(path, fields_of(answer, "who"))
    assert (again.status_code, again.headers["Location"]) == (302, f"/account/login/?next={path}")
    assert KeptForm.objects.get().fields[f"a{scene.action.pk}-happened"] == ["The panel met."]


def test_an_import_is_kept_back_whole(scratch, serve):
    deed, server = deeds.import_of_a_plan(), serve()
    person, disk = Person(server, deed.by), Disk(server)
    fields, before = deed.fill(person), held()
    disk.fill()
    answer = person.post(deed.path, fields)
    assert (answer.status_code, text_of(answer)[: len(FULL)], held()) == (507, FULL, before)
    disk.make_room()
    assert person.post(deed.path, fields).status_code == 302
    assert deed.outcome() == deed.done


def test_a_workbook_is_kept_whole_or_not_at_all(scene, serve):
    server = serve()
    person, disk = Person(server, scene.editor), Disk(server)
    path, files = url(scene.board, "import_new"), {"workbook": ("plan.xlsx", plan_book(AUDITS))}
    fields = fields_of(person.get(path), "token")
    disk.fill()
    assert person.post(path, fields, files=files).status_code == 507
    assert Import.objects.count() == 0
    disk.make_room()
    assert person.post(path, fields, files=files).status_code == 302
    assert bytes(Import.objects.get().workbook.content) == files["workbook"][1]


def test_people_read_on_and_health_says_so(scene, serve):
    """Also somebody whose session would be written, since it is a while old."""
    server = serve()
    person, disk = Person(server, scene.head), Disk(server)
    soon = timezone.now() + timedelta(minutes=5)
    Session.objects.update(expire_date=soon)
    disk.fill()
    assert person.get(url(scene.board, "dashboard")).status_code == 200
    assert (server.health().status_code, server.health().json()["disk"]) == (503, False)
    disk.make_room()
    assert server.health().json()["disk"] is True
    person.get(url(scene.board, "dashboard"))
    assert Session.objects.get().expire_date > soon


def test_sqlite_takes_no_more_pages(scene, scratch, serve):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's own limit")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
    usual = connection.settings_dict["OPTIONS"]["init_command"]
    person = Person(serve(init_command=f"{usual}PRAGMA max_page_count={pages};"), scene.head)
    path, before = update_url(scene), held()
    typed, files = with_evidence(scene.action.pk, "The panel met.", LARGE_PDF)
    fields = filled(person, path, scene.action.pk, **typed)
    answer = person.post(path, fields, files=files)
    assert (answer.status_code, text_of(answer)[: len(FULL)], held()) == (507, FULL, before)
    person.server = serve()
    assert person.post(path, fields, files=files).status_code == 302


@pytest.mark.usefixtures("migrated")
def test_a_backup_leaves_no_file_and_says_why(scene, scratch):
    make_evidence(scene.board, upload=("note.pdf", LARGE_PDF))
    folder = scratch.folder / "backups"
    folder.mkdir()
    words = command(scratch.url, "manage.py", "backup", str(folder / "night.backup"))
    made = subprocess.run(**words, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)))
    assert (made.returncode, list(folder.iterdir())) == (1, [])
    assert made.stderr.strip().endswith("could not be written: File too large. No backup was made.")
    assert subprocess.run(**words).returncode == 0
    assert [file.name for file in folder.iterdir()] == ["night.backup"]
