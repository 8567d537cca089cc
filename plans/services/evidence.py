"""Evidence: files and links that show what was done or what difference it made."""

import hashlib
import re
from collections.abc import Iterable
from datetime import date
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from plans.models import Board, Bundle, Evidence, EvidenceFile, ProgressUpdate, UpdateEvidence, User
from plans.services.history import remove, remove_all, save
from plans.signatures import FileKind, RefusedFile, recognise

LONGEST_NAME = 150
MOST_OFFERED = 60
# What a computer stumbles over, and what nobody sees: such letters can turn a name round, or hide its end.
NOT_IN_A_NAME = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]'
)
LONGEST_ENDING = 20
check_address = URLValidator(
    schemes=["http", "https"],
    message="Write the whole address of the page, beginning with https:// or http://",
)


@transaction.atomic
def add_evidence(
    board: Board,
    *,
    by: User | None,
    title: str,
    kind: str,
    dated: date,
    note: str = "",
    link: str = "",
    upload: tuple[str, bytes] | None = None,
) -> Evidence:
    """A piece of evidence from a link or from an upload (name, content). Raises ValidationError."""
    evidence = Evidence(
        board=board, title=" ".join(title.split()), kind=kind, dated=dated, note=note.strip(), by=by
    )
    _check_day(dated)
    if link.strip():
        evidence.link = link.strip()
        _check_link(evidence.link)
    if upload:
        name, content = upload
        evidence.content_type = check_file(name, content).content_type
        evidence.filename, evidence.size = tidy_name(name), len(content)
    save(evidence, by=by)
    if upload:
        digest = hashlib.sha256(content).hexdigest()
        EvidenceFile.objects.create(evidence=evidence, content=content, sha256=digest)
    return evidence


@transaction.atomic
def edit_evidence(
    evidence: Evidence, *, by: User, title: str, kind: str, dated: date, note: str = ""
) -> None:
    """Changes what is said of a piece; its file or link stays. Raises ValidationError."""
    _check_day(dated)
    evidence.title, evidence.kind = " ".join(title.split()), kind
    evidence.dated, evidence.note = dated, note.strip()
    save(evidence, by=by)


@transaction.atomic
def remove_evidence(evidence: Evidence, *, by: User, reason: str) -> None:
    """Deletes a piece and its file for good, wherever it is shown; history keeps that it was there.

    For what should never have come in, such as a child's name. Raises ValidationError without a reason.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Say why it is removed."})
    # Copies that hold it go too; whoever needs one asks for it again.
    Bundle.objects.filter(board=evidence.board_id, emptied_at=None).empty()
    remove_all(list(evidence.update_links.all()), by=by, reason=reason.strip())
    remove(evidence, by=by, reason=reason.strip())


@transaction.atomic
def show_evidence(update: ProgressUpdate, pieces: Iterable[Evidence], *, by: User | None) -> None:
    """Makes an update carry these pieces of its own board, beside those that it carries already."""
    shown = set(update.evidence_links.values_list("evidence_id", flat=True))
    board = update.action.plan.board_id
    for evidence in pieces:
        if evidence.board_id != board:
            raise ValidationError("Choose evidence of this board.")
        if evidence.pk not in shown:
            save(UpdateEvidence(update=update, evidence=evidence), by=by)
            shown.add(evidence.pk)


def recent_evidence(board: Board) -> QuerySet[Evidence]:
    """The pieces that forms offer: the newest by their own date."""
    return board.evidence.all()[:MOST_OFFERED]


def check_file(name: str, content: bytes) -> FileKind:
    """What kind of file it is. Raises ValidationError on `file` where it is too big or of no kind taken."""
    most = settings.EVIDENCE_MAX_BYTES
    if len(content) > most:
        problem = f"The file is bigger than {most / 1_000_000:g} MB. Choose a smaller one, or give a link."
        raise ValidationError({"file": problem})
    try:
        return recognise(name, content)
    except RefusedFile as refused:
        raise ValidationError({"file": str(refused)}) from refused


def tidy_name(name: str) -> str:
    """A file's name without folders and signs that a computer might stumble over; its ending stays."""
    path = PurePath(NOT_IN_A_NAME.sub("_", name.replace("\\", "/").rpartition("/")[2]))
    return f"{path.stem[:LONGEST_NAME]}{path.suffix[:LONGEST_ENDING]}"


def _check_day(day: date) -> None:
    if day > timezone.localdate():
        raise ValidationError({"dated": "Give the day it is from: today or earlier."})


def _check_link(link: str) -> None:
    try:
        check_address(link)
    except ValidationError as error:
        raise ValidationError({"link": error.messages}) from error
