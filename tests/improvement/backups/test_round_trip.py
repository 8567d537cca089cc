import gzip
import json

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command

from improvement.demonstration import PASSWORD
from plans.models import Action, Board, EvidenceFile, PackFile, ProgressUpdate, User
from tests.factories import make_action, make_area, make_board, make_plan, make_update
from tests.improvement.backups.conftest import contents

pytestmark = pytest.mark.django_db


def manifest(path):
    return last_line(path)["models"]


def last_line(path):
    return json.loads(unpacked(path).splitlines()[-1])


def unpacked(path):
    return gzip.decompress(path.read_bytes())


def test_every_row_comes_back_with_its_primary_key_and_history(whole):
    call_command("restore", whole.plain)
    assert contents() == whole.held
    assert Action.history.model.objects.count() >= Action.objects.count() > 0
    assert EvidenceFile.objects.count() > 0
    assert PackFile.objects.count() == 3


def test_a_sealed_file_brings_the_same(whole):
    call_command("restore", whole.sealed, key_file=whole.key)
    assert contents() == whole.held


def test_the_key_may_come_from_the_environment(whole, settings):
    settings.BACKUP_KEY = whole.key.read_text()
    call_command("restore", whole.sealed)
    assert contents() == whole.held


def test_a_backup_of_what_was_restored_has_the_same_digests(whole, tmp_path):
    call_command("restore", whole.plain)
    call_command("backup", tmp_path / "again")
    assert manifest(tmp_path / "again") == manifest(whole.plain)


def test_the_next_row_gets_an_id_of_its_own(whole):
    call_command("restore", whole.plain)
    last = ProgressUpdate.objects.latest("pk").pk
    assert make_update(Action.objects.current().first(), "on_track").pk > last
    assert make_board().pk > max(whole.held["plans.Board"])


def test_passwords_come_back(whole):
    call_command("restore", whole.plain)
    assert User.objects.get(email="chair@example.org").check_password(PASSWORD)


def test_sessions_are_left_out(tmp_path):
    session = SessionStore()
    session.create()
    call_command("backup", tmp_path / "file")
    assert "sessions.Session" not in manifest(tmp_path / "file")
    assert session.session_key.encode() not in unpacked(tmp_path / "file")
    assert Session.objects.count() == 1


def test_a_sealed_file_shows_no_words(tmp_path, whole):
    make_action(make_area(make_plan(make_board())), "Answer every call")
    call_command("backup", tmp_path / "plain")
    call_command("backup", tmp_path / "sealed", key_file=whole.key)
    assert b"Answer every call" in unpacked(tmp_path / "plain")
    with pytest.raises(gzip.BadGzipFile):
        unpacked(tmp_path / "sealed")
    assert (tmp_path / "sealed").stat().st_mode & 0o777 == 0o600


def test_what_is_said(tmp_path, capsys):
    make_board("teesmere")
    call_command("backup", tmp_path / "file")
    rows = sum(told["rows"] for told in manifest(tmp_path / "file").values())
    digest = last_line(tmp_path / "file")["sha256"]
    assert capsys.readouterr().out.splitlines() == [
        f"{rows:,} rows are in {tmp_path / 'file'}, not encrypted.",
        f"SHA-256 {digest}",
    ]
    assert manifest(tmp_path / "file")["plans.Board"]["rows"] == Board.objects.count() == 1
