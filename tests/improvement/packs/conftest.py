import json

import pytest
import time_machine
from django.db import transaction

from improvement.packs.closing import close_papers
from improvement.packs.html import web_page
from improvement.packs.making import make_pack
from improvement.packs.pdf import pdf_of
from improvement.packs.workbook import workbook_of
from plans.models import Pack
from tests.improvement.packs.scene import NOW, Scene


@pytest.fixture
def clock():
    """26 March 2026, 16:00 in London: four days before the meeting."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def scene(db, clock):
    return Scene()


@pytest.fixture
def pack(scene):
    """The papers of the coming meeting, closed; none of its files is made."""
    return close_papers(scene.meeting, scene.plan, by=scene.editor)


@pytest.fixture
def ready(pack):
    assert make_pack(pack)
    return Pack.objects.get(pk=pack.pk)


class Made:
    """What a pack says, and its three files."""

    def __init__(self, pack):
        self.content, self.digest = json.loads(pack.content), pack.digest
        self.page = web_page(self.content, self.digest)
        self.workbook = workbook_of(self.content, self.digest)
        self.pdf = pdf_of(self.page)


@pytest.fixture(scope="package")
def made(django_db_setup, django_db_blocker):
    """The files of a pack, made once for all that look into them; nothing stays in the database."""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False), transaction.atomic():
        scene = Scene("made")
        pack = close_papers(scene.meeting, scene.plan, by=scene.editor)
        transaction.set_rollback(True)
    return Made(pack)
