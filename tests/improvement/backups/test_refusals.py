import gzip

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from improvement.backups.values import line_of
from plans.models import Board, User
from tests.factories import make_board
from tests.improvement.backups.conftest import contents

pytestmark = pytest.mark.django_db


def refused(match, path, **options):
    """The restore is refused in these words and leaves the database as it was."""
    before = contents()
    with pytest.raises(CommandError, match=match):
        call_command("restore", path, **options)
    assert contents() == before


def test_a_database_that_holds_something(whole):
    make_board()
    refused("The database is not empty: it holds rows of .*boards", whole.plain)


def test_another_key(whole, tmp_path):
    (tmp_path / "other").write_text("b3RoZXIgYnl0ZXMgdGhhbiB0aGUga2V5J3Mgd2VyZSE=")
    refused("This key does not open the file", whole.sealed, key_file=tmp_path / "other")


def test_no_key(whole):
    refused("The file is encrypted. Give its key", whole.sealed)


def test_a_key_for_a_plain_file(whole):
    refused("not encrypted, though a key is given", whole.plain, key_file=whole.key)


def test_a_key_that_is_not_there(whole, tmp_path):
    refused("The key could not be read", whole.sealed, key_file=tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["plain", "sealed"])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.999])
def test_a_file_cut_short(whole, tmp_path, name, share):
    content = getattr(whole, name).read_bytes()
    (tmp_path / "cut").write_bytes(content[: int(len(content) * share)])
    refused("The file is damaged", tmp_path / "cut", key_file=whole.key if name == "sealed" else None)


@pytest.mark.parametrize("name", ["plain", "sealed"])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.999])
def test_a_file_with_a_byte_changed(whole, tmp_path, name, share):
    content = bytearray(getattr(whole, name).read_bytes())
    content[int(len(content) * share)] ^= 0x10
    (tmp_path / "changed").write_bytes(content)
    refused("The file is damaged", tmp_path / "changed", key_file=whole.key if name == "sealed" else None)


def rewritten(whole, tmp_path, change):
    """The plain file unpacked, its lines changed, and packed anew."""
    lines = gzip.decompress(whole.plain.read_bytes()).splitlines(keepends=True)
    with gzip.open(tmp_path / "rewritten", "wb") as file:
        file.writelines(change(lines))
    return tmp_path / "rewritten"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda lines: [line.replace(b"Teesmere", b"Teasmere") for line in lines], id="a word"),
        pytest.param(lambda lines: lines[:50] + lines[51:], id="a row left out"),
        pytest.param(lambda lines: lines[:-1], id="no digests"),
        pytest.param(lambda lines: [*lines, lines[-1]], id="lines behind the end"),
    ],
)
def test_lines_changed_and_packed_anew(whole, tmp_path, change):
    refused("The file is damaged", rewritten(whole, tmp_path, change))


def test_another_file(tmp_path):
    (tmp_path / "letter").write_text("Dear all")
    refused("The file is no backup", tmp_path / "letter")
    refused("could not be read: No such file", tmp_path / "nowhere")
    with gzip.open(tmp_path / "packed", "wb") as file:
        file.write(
            line_of(
                {"models": {}, "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
            )
        )
    refused("The file is no backup", tmp_path / "packed")


def test_another_state_of_migrations(migrated, whole):
    MigrationRecorder(connection).record_applied("plans", "9999_from_later")
    refused("another state of the software: plans 9999_from_later is applied only here", whole.plain)


def test_a_new_database_is_migrated_first(migrated, whole):
    name = max(name for app, name in MigrationRecorder(connection).applied_migrations() if app == "plans")
    MigrationRecorder(connection).record_unapplied("plans", name)
    refused("Run `manage.py migrate` on it and restore again", whole.plain)


def test_a_backup_waits_for_migrate(migrated, tmp_path):
    name = max(name for app, name in MigrationRecorder(connection).applied_migrations() if app == "plans")
    MigrationRecorder(connection).record_unapplied("plans", name)
    with pytest.raises(CommandError, match="migrate` first"):
        call_command("backup", tmp_path / "file")
    assert list(tmp_path.iterdir()) == []


def test_a_backup_writes_over_nothing(tmp_path):
    (tmp_path / "file").write_text("Last night's")
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", tmp_path / "file")
    assert (tmp_path / "file").read_text() == "Last night's"


def test_a_backup_into_no_folder(tmp_path):
    with pytest.raises(CommandError, match="could not be written: No such file or directory"):
        call_command("backup", tmp_path / "nowhere" / "file")


def test_rows_that_refer_to_nothing(tmp_path):
    """As a database holds that was tampered with: nothing of it comes in."""
    board = make_board()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE plans_historicalboard SET history_user_id = 987654")
    call_command("backup", tmp_path / "file")
    board.delete()
    Board.history.all().delete()
    refused("refers to rows that it does not hold", tmp_path / "file")
    assert User.objects.count() == 0
