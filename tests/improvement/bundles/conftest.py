import io
import json
import zipfile
from datetime import date

import pytest
import time_machine
from django.db import transaction

from audits.services.findings import link_actions
from improvement.bundles.making import archive_of, ask_bundle
from improvement.packs.content import digest_of
from plans.models import Role
from plans.services.evidence import show_evidence
from plans.services.recommendations import name_answer
from tests.audits.factories import make_done, make_finding
from tests.factories import make_evidence, make_inspection, make_member, make_recommendation, make_update
from tests.improvement.packs.scene import NOW, Scene

FILE = b"What the audit found."
TODAY = date(2026, 3, 26)


class Told(Scene):
    """The scene of a pack with what a bundle tells besides: a recommendation, evidence and an audit."""

    def __init__(self, slug="here"):
        super().__init__(slug)
        inspection = make_inspection(self.board, title="Full inspection")
        self.told = make_recommendation(
            self.board, "Decide at the front door in a day", inspection=inspection, reference="3"
        )
        name_answer(self.told, self.worse, by=self.editor)
        self.file = make_evidence(self.board, "Audit of contacts", upload=("the audit.txt", FILE))
        self.link = make_evidence(self.board, "=Minutes", note="Of the partners")
        update = make_update(
            self.worse, "off_track", on=date(2026, 3, 24), by=self.editor, happened="=1+1 partners wait."
        )
        show_evidence(update, [self.file, self.link], by=self.editor)
        self.audit = make_done(self.board, "Contacts audited", on=date(2026, 3, 2), area=self.area)
        self.finding = make_finding(self.audit, text="Decisions are late")
        link_actions(self.finding, [self.worse], by=self.editor)
        self.member = make_member(self.board, Role.MEMBER, "A member")


@pytest.fixture
def clock():
    """26 March 2026, 16:00 in London."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def scene(db, clock):
    return Told()


class Made:
    """What a bundle of a whole plan says, and the files in its archive."""

    def __init__(self, content):
        self.text, self.content, self.digest = content, json.loads(content), digest_of(content)
        self.archive = archive_of(self.content, self.digest)
        with zipfile.ZipFile(io.BytesIO(self.archive)) as archive:
            self.names = archive.namelist()
            self.files = {name: archive.read(name) for name in self.names}


@pytest.fixture(scope="package")
def made(django_db_setup, django_db_blocker):
    """The files of a bundle, made once for all that look into them; nothing stays in the database."""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False), transaction.atomic():
        scene = Told("made")
        bundle = ask_bundle(scene.board, scene.plan, TODAY, by=scene.editor, with_files=True)
        found = Made(bundle.content)
        transaction.set_rollback(True)
    return found
