"""Brings a workbook in: every sheet reader in one preview and one transaction, taken back together."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audits.imports.register import RegisterReader
from audits.imports.results import ResultsReader
from impact.imports.measures import MeasureReader
from impact.imports.narratives import LEAVE_OUT, NarrativeReader, areas_held
from improvement.imports.sheets import cells_outside
from plans.imports.reader import PlanReader
from plans.models import Board, ColumnMemory, Import, ImportState, User, Workbook
from plans.services.boards import hold_board, refuse_closed
from plans.services.evidence import tidy_name
from plans.spreadsheets.book import Limits, UnreadableWorkbook
from plans.spreadsheets.claims import unclaimed
from plans.spreadsheets.memory import without_collecting
from plans.spreadsheets.reading import read_workbook
from plans.spreadsheets.vocabulary import fold as fold_heading

PLAN = PlanReader()
# They claim their own cells of the workbook, one after the other; the plan reads what is left.
BESIDE = (RegisterReader(), ResultsReader(), MeasureReader(), NarrativeReader())
# In the order in which they write; taken back the other way round.
READERS = (PLAN, *BESIDE)
# A column chosen by its place in one workbook says nothing of the next.
PLACE = re.compile(r"(?:^| )column [A-Z]{1,3}$")


def limits() -> Limits:
    return Limits(max_bytes=settings.IMPORT_MAX_BYTES, max_rows=settings.IMPORT_MAX_ROWS)


@without_collecting()
def check_workbook(content: bytes, board: Board, choices: Mapping, *, today: date) -> dict:
    """Each reader's preview by its name; nothing is written. Raises UnreadableWorkbook."""
    left, readings = read_workbook(content, limits()), {}
    for reader in BESIDE:
        readings[reader.name] = reader.claims(left, today=today)
        left = unclaimed(left, readings[reader.name].claimed)
    previews = {PLAN.name: PLAN.preview(left, board, choices, today=today)}
    for reader in BESIDE:
        reading = readings[reader.name]
        previews[reader.name] = reader.preview(reading, board, choices, today=today, beside=previews)
    return previews


def upload_workbook(
    board: Board, filename: str, content: bytes, *, by: User | None, choices: Mapping | None = None
) -> Import:
    """Keeps a readable workbook as an import that waits to be checked. Raises UnreadableWorkbook."""
    read_workbook(content, limits())
    return keep_workbook(board, filename, content, by=by, choices=choices)


@transaction.atomic
def keep_workbook(
    board: Board, filename: str, content: bytes, *, by: User | None, choices: Mapping | None = None
) -> Import:
    refuse_closed(board)
    imported = Import(
        board=board,
        filename=tidy_name(filename) or "workbook.xlsx",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        choices=dict(choices or {}),
        by=by,
    )
    imported.full_clean()
    imported.save()
    Workbook.objects.create(imported_by=imported, content=content)
    return imported


def check_import(imported: Import, *, today: date) -> dict:
    """The previews of an import that was uploaded."""
    return check_workbook(bytes(imported.workbook.content), imported.board, imported.choices, today=today)


@transaction.atomic
def choose_for_import(imported: Import, choices: Mapping) -> None:
    """Keeps what the administrator decided about an import that waits; nothing else is changed."""
    imported.choices = dict(choices)
    waiting = Import.objects.filter(pk=imported.pk, state=ImportState.CHECKED)
    waiting.update(choices=imported.choices)


@without_collecting()
@transaction.atomic
def apply_import(imported: Import, previews: Mapping, *, by: User | None) -> bool:
    """Writes what the previews show, all or nothing; False when it had been applied or cancelled already.

    Raises ValidationError where rows in trouble have not been decided about.
    """
    _one_at_a_time(imported)
    refuse_closed(imported.board)
    waiting = Import.objects.filter(pk=imported.pk, state=ImportState.CHECKED)
    if not waiting.update(state=ImportState.APPLIED, applied_at=timezone.now()):
        return False
    imported.refresh_from_db()
    imported.by = by or imported.by
    refuse_unresolved(previews)
    for reader in READERS:
        preview = previews[reader.name]
        if preview.has_rows:
            imported.undo[reader.name] = reader.apply(preview, imported, by=by)
        imported.summary[reader.name] = preview.counts
        imported.not_understood += [asdict(cell) for cell in cells_outside(preview)]
    imported.plan_title = imported.plan.title if imported.plan else ""
    imported.save()
    _remember_columns(imported)
    return True


def _one_at_a_time(imported: Import) -> None:
    """Makes another import of the board wait, which then finds the board as this one leaves it."""
    hold_board(imported.board_id)


def refuse_unresolved(previews: Mapping) -> None:
    """Raises ValidationError where nothing is left to bring in, or with each row to be decided about."""
    waiting = [one for preview in previews.values() for one in preview.unresolved]
    if waiting:
        raise ValidationError([f"“{one.row.sheet}”, row {one.row.row}: {one.trouble}" for one in waiting])
    if not any(preview.has_rows for preview in previews.values()):
        raise ValidationError("There is no action to bring in. Check what the columns were taken for.")


def leave_unresolved_out(previews: Mapping) -> dict:
    """The choices that leave every row out about which somebody would have to decide."""
    return {
        "left_out": [one.key for one in previews["plan"].unresolved],
        "narrative_areas": {one.key: LEAVE_OUT for one in previews["narratives"].unresolved},
    }


def fingerprint(previews: Mapping) -> str:
    """Changes whenever what would be written does: what a page remembers that it showed."""
    parts = [previews[reader.name].fingerprint for reader in READERS]
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:16]


def _remember_columns(imported: Import) -> None:
    """What people chose for a heading is offered again at the board's next import."""
    for heading, field in (imported.choices.get("columns") or {}).items():
        if PLACE.search(heading):
            continue
        ColumnMemory.objects.update_or_create(
            board=imported.board, heading=fold_heading(heading)[:200], defaults={"field": field}
        )


@transaction.atomic
def cancel_import(imported: Import) -> bool:
    """An import that was not applied is kept as cancelled; False when it is too late for that."""
    waiting = Import.objects.filter(pk=imported.pk, state=ImportState.CHECKED)
    return bool(waiting.update(state=ImportState.CANCELLED))


@transaction.atomic
def undo_import(imported: Import, *, by: User | None) -> bool:
    """Takes back all that an import did and keeps each row's outcome; False when it was not applied."""
    _one_at_a_time(imported)
    refuse_closed(imported.board)
    applied = Import.objects.filter(pk=imported.pk, state=ImportState.APPLIED)
    if not applied.update(state=ImportState.UNDONE, undone_at=timezone.now(), undone_by=by):
        return False
    imported.refresh_from_db()
    for reader in BESIDE[::-1]:
        if reader.name in imported.undo:
            imported.undo_report += reader.undo(imported, imported.undo[reader.name], by=by)
    if PLAN.name in imported.undo:
        held = areas_held(imported.plan)
        imported.undo_report += PLAN.undo(imported, imported.undo[PLAN.name], by=by, held=held)
    imported.save()
    return True


__all__ = [
    "READERS",
    "UnreadableWorkbook",
    "apply_import",
    "cancel_import",
    "check_import",
    "check_workbook",
    "choose_for_import",
    "fingerprint",
    "keep_workbook",
    "leave_unresolved_out",
    "undo_import",
    "upload_workbook",
]
