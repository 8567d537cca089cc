"""Papers closed, packs sent and bundles asked for, in words: none of them changes later."""

from django.urls import reverse

from plans.models import Bundle, Pack, PackSending

from .names import Names
from .words import NOBODY, Change, in_words


def describe_pack(model: type, row: Pack | PackSending, moment: str, names: Names) -> list[Change]:
    pack = row if model is Pack else row.pack
    who = row.closed_by if model is Pack else row.by
    url = reverse("pack", args=[names.board.slug, pack.pk])
    what, whole = f"{pack} for the meeting of {in_words(pack.meeting.on)}", True
    field, said = ("Papers closed", "") if model is Pack else ("Sent by email", row.email)
    reason = pack.replacement_reason if model is Pack else ""
    return [Change(getattr(row, moment), str(who or NOBODY), what, field, "", said, reason, url, None, whole)]


def describe_bundle(model: type, row: Bundle, moment: str, names: Names) -> list[Change]:
    what = f"{row.title}, as at {in_words(row.as_at)}"
    said = "With the files of the evidence" if row.with_files else ""
    url = reverse("bundle", args=[names.board.slug])
    who = str(row.by or NOBODY)
    return [Change(getattr(row, moment), who, what, "Bundle asked for", "", said, "", url, None, True)]
