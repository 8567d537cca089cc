"""A backup taken while people save updates with evidence through a real server, and what it restores."""

import hashlib
import subprocess
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.core.management import call_command
from django.db import connection

from plans.models import EvidenceFile, ProgressUpdate
from tests.factories import make_action
from tests.faults.conftest import copied, dropped
from tests.faults.scene import PDF, filled, make_scene, update_url, with_evidence
from tests.faults.serving import Person, command, until

pytestmark = pytest.mark.usefixtures("migrated")
WRITERS = 3


@pytest.fixture
def elsewhere(scratch):
    """Points the test at another empty database, for a restore."""
    made = []

    def point():
        connection.close()
        connection.settings_dict["NAME"] = scratch.empty
        made.append(copied(scratch.folder / "restored.sqlite3", "_restored"))
        connection.settings_dict["NAME"] = made[-1]

    yield point
    connection.close()
    connection.settings_dict["NAME"] = scratch.name
    for name in made:
        dropped(name)


class Writer:
    """Saves one update with evidence after the other, until told to stop; what the server confirmed."""

    def __init__(self, server, scene, number):
        self.action = make_action(scene.action.area, f"Action of {number}", leads=scene.lead.name)
        self.person, self.path = Person(server, scene.head), update_url(scene, self.action)
        self.saved, self.number = [], number

    def write(self, stop: Event):
        while not stop.is_set():
            words = f"Update {len(self.saved)} of writer {self.number}."
            typed, files = with_evidence(self.action.pk, words, PDF + words.encode())
            fields = filled(self.person, self.path, self.action.pk, **typed)
            assert self.person.post(self.path, fields, files=files).status_code == 302
            self.saved.append(words)


def test_it_holds_one_moment_and_gives_it_back(scratch, serve, elsewhere):
    scene, server, stop = make_scene(), serve(workers=2), Event()
    writers = [Writer(server, scene, number) for number in range(WRITERS)]
    file = scratch.folder / "day.backup"
    with ThreadPoolExecutor(WRITERS) as threads:
        writing = [threads.submit(writer.write, stop) for writer in writers]
        until(lambda: all(writer.saved for writer in writers))
        began = {words for writer in writers for words in writer.saved}
        made = subprocess.run(**command(scratch.url, "manage.py", "backup", str(file)))
        ended = {words for writer in writers for words in writer.saved}
        stop.set()
        assert [done.result() for done in writing] == [None] * WRITERS
    assert made.returncode == 0, made.stderr
    assert len(ended) > len(began)
    kept = len({words for writer in writers for words in writer.saved})
    assert ProgressUpdate.objects.exclude(action=scene.action).count() == kept
    elsewhere()
    call_command("restore", file)
    restored = ProgressUpdate.objects.exclude(action=scene.action)
    words = set(restored.values_list("happened", flat=True))
    assert began <= words
    assert [update.evidence.count() for update in restored] == [1] * len(words)
    contents = {bytes(row.content): row.sha256 for row in EvidenceFile.objects.all()}
    assert {content: hashlib.sha256(content).hexdigest() for content in contents} == contents
    assert set(contents) == {PDF + said.encode() for said in words}
