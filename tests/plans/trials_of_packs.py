"""Packs and their files in ways that must not stand."""

from datetime import date

from django.utils import timezone

from plans.models import Meeting, Pack, PackFile


def a_pack(rows, **fields):
    meeting, _ = Meeting.objects.get_or_create(board=rows.board, on=date(2026, 1, 13))
    fields = {
        "meeting": meeting,
        "number": 1,
        "digest": "0" * 64,
        "content": "{}",
        "closed_at": timezone.now(),
    } | fields
    return Pack.objects.create(board=rows.board, plan=rows.plan, **fields)


def a_file(pack, kind="pdf"):
    return PackFile.objects.create(pack=pack, kind=kind, content=b"%PDF", sha256="0" * 64, size=4)


def twice(make):
    make()
    make()


TRIALS = {
    "pack_numbered_once": lambda rows: (
        a_pack(rows),
        a_pack(rows, meeting=Meeting.objects.create(board=rows.board, on=date(2026, 2, 10))),
    ),
    "pack_closed_once_a_meeting": lambda rows: (a_pack(rows), a_pack(rows, number=2)),
    "pack_state_known": lambda rows: a_pack(rows, state="lost"),
    "pack_replaced_with_a_reason": lambda rows: a_pack(rows, number=2, replaces=a_pack(rows)),
    "pack_has_a_file_once": lambda rows: (lambda pack: twice(lambda: a_file(pack)))(a_pack(rows)),
    "pack_file_kind_known": lambda rows: a_file(a_pack(rows), "docx"),
}
