from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction

from improvement.demonstration.loading import load_demonstration
from improvement.migrated import known_migrations
from plans.models import Plan
from tests.factories import make_evidence
from tests.packing import make_closed_pack

KEY = "c2l4dGVlbiBieXRlcyBhbmQgdGhlbiBzaXh0ZWVuIG0="


def contents():
    """The values of every row that is backed up, by model and primary key."""
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label != "sessions.Session"
    ]
    return {
        model._meta.label: {row["pk"]: plain(row) for row in model._base_manager.values("pk", *names(model))}
        for model in models
    }


def names(model):
    return [field.attname for field in model._meta.concrete_fields]


def plain(row):
    return {name: bytes(value) if isinstance(value, memoryview) else value for name, value in row.items()}


@pytest.fixture
def migrated():
    if not known_migrations():
        pytest.skip("needs the migrations, which this run leaves out")


@pytest.fixture(scope="package")
def whole(django_db_setup, django_db_blocker, tmp_path_factory):
    """Backups of the demonstration with a file and a pack's files, and what they must hold.

    Nothing of it is left in the database.
    """
    folder = tmp_path_factory.mktemp("backups")
    (folder / "key").write_text(KEY)
    with django_db_blocker.unblock(), transaction.atomic():
        load_demonstration()
        plan = Plan.objects.get(title="Improvement plan")
        make_evidence(plan.board, upload=("note.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 1000))
        make_closed_pack(plan.board.meetings.filter(packs=None).earliest("on"), plan)
        call_command("backup", folder / "plain")
        call_command("backup", folder / "sealed", key_file=folder / "key")
        held = contents()
        transaction.set_rollback(True)
    return SimpleNamespace(plain=folder / "plain", sealed=folder / "sealed", key=folder / "key", held=held)
