"""Making the files of a pack: each once, by whoever comes first."""

import hashlib
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from improvement.packs.making import file_of, make_pack
from plans.models import Pack, PackFile, PackKind, PackState


def run(*args):
    said = StringIO()
    call_command("make_packs", *args, stdout=said)
    return said.getvalue()


def files_of(pack):
    return {file.kind: bytes(file.content) for file in PackFile.objects.filter(pack=pack)}


def test_the_command_makes_a_pack_and_then_has_nothing_left_to_do(scene, pack):
    assert run(str(pack.pk)) == "Pack 1 of Recovery plan: ready\n"
    pack.refresh_from_db()
    made = files_of(pack)
    assert (pack.state, set(made)) == (PackState.READY, set(PackKind.values))
    assert (made["pdf"][:5], made["xlsx"][:2], made["html"][:9]) == (b"%PDF-", b"PK", b"<!doctype")
    for file in pack.files.all():
        assert (file.sha256, file.size) == (
            hashlib.sha256(made[file.kind]).hexdigest(),
            len(made[file.kind]),
        )
    assert run() == ""
    assert make_pack(pack)
    assert files_of(pack) == made


def test_without_a_number_it_finishes_what_was_left(pack):
    assert run() == "Pack 1 of Recovery plan: ready\n"
    with pytest.raises(CommandError, match="There is no pack 999"):
        run("999")


def test_a_file_that_is_there_is_never_written_over(pack):
    PackFile.objects.create(pack=pack, kind=PackKind.XLSX, content=b"mine", sha256="0" * 64, size=4)
    assert make_pack(pack)
    assert files_of(pack)["xlsx"] == b"mine"
    with pytest.raises(IntegrityError), transaction.atomic():
        PackFile.objects.create(pack=pack, kind=PackKind.XLSX, content=b"other", sha256="1" * 64, size=5)


def test_of_two_makers_at_once_the_quicker_ones_file_stands(pack):
    def slow():
        PackFile.objects.create(pack=pack, kind=PackKind.PDF, content=b"quick", sha256="0" * 64, size=5)
        return b"slow"

    assert file_of(pack, PackKind.PDF, slow) == b"quick"
    assert files_of(pack) == {"pdf": b"quick"}


def test_a_content_that_does_not_fit_its_digest_is_not_made(pack):
    Pack.objects.filter(pk=pack.pk).update(content=pack.content.replace("Recovery", "Rosy"))
    assert not make_pack(Pack.objects.get(pk=pack.pk))
    pack.refresh_from_db()
    assert (pack.state, pack.trouble, files_of(pack)) == (
        PackState.FAILED,
        "What the pack says does not fit its digest, so nothing was made of it. Tell the site's staff.",
        {},
    )


def test_a_renderer_that_fails_is_told_and_tried_again(pack, tmp_path, monkeypatch):
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\ncat > /dev/null\necho 'no fonts found' >&2\nexit 1\n")
    broken.chmod(0o755)
    with monkeypatch.context() as without:
        without.setattr(sys, "executable", str(broken))
        assert not make_pack(pack)
    pack.refresh_from_db()
    assert (pack.state, pack.trouble, set(files_of(pack))) == (
        PackState.FAILED,
        "The PDF could not be made: no fonts found. Try again; if it fails again, tell the site's staff.",
        {"html", "xlsx"},
    )
    assert run() == "Pack 1 of Recovery plan: ready\n"
    pack.refresh_from_db()
    assert (pack.state, pack.trouble) == (PackState.READY, "")
