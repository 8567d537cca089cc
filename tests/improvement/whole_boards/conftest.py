from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import transaction

from improvement.demonstration.loading import load_demonstration
from plans.models import Board, Plan
from tests.factories import make_evidence, make_user
from tests.improvement.backups.conftest import KEY
from tests.packing import make_closed_pack, make_ready_bundle


@pytest.fixture(scope="package")
def copies(django_db_setup, django_db_blocker, tmp_path_factory):
    """Copies of the demonstration's board with a file, a pack and a bundle; nothing stays in the database."""
    folder = tmp_path_factory.mktemp("boards")
    (folder / "key").write_text(KEY)
    with django_db_blocker.unblock(), transaction.atomic():
        load_demonstration()
        fill(Board.objects.get(slug="teesmere"))
        call_command("export_board", "teesmere", folder / "plain")
        call_command("export_board", "teesmere", folder / "sealed", key_file=folder / "key")
        transaction.set_rollback(True)
    return SimpleNamespace(plain=folder / "plain", sealed=folder / "sealed", key=folder / "key")


def fill(board):
    """What the demonstration does without: files, a pack's too, and a bundle."""
    plan = Plan.objects.get(title="Improvement plan", board=board)
    make_evidence(board, upload=("note.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 1000))
    make_closed_pack(board.meetings.filter(packs=None).earliest("on"), plan, by=make_user("Ines Former"))
    make_ready_bundle(plan)
