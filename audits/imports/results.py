"""The sheet reader of audit results: what it claims, what would change, apply and undo."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import transaction

from audits.grading import AGREEMENT
from audits.imports.previews import Preview
from audits.imports.results_undone import undo_audit
from audits.models import Audit, AuditKind, Grading
from audits.services.audits import mix_of, plan_audit, record_results, words_of
from audits.sheets.results import AuditRow, ResultsReading, read_results
from plans.models import Board, Import, User
from plans.services.history import version_of
from plans.spreadsheets.book import Workbook
from plans.spreadsheets.matching import fold
from plans.spreadsheets.results import Problem

CHANGED = (
    "Somebody has changed the audits while the import was being applied. Nothing was written: "
    "check the import again, then apply it."
)
LEFT_OUT = "This audit is left out."
ANOTHER_SCALE = "On the board it is graded by another scale. Leave it out, or change its scale there first."
NUMBERS = ("sample", "read_twice", "agreed")


@dataclass
class AuditComparison:
    """One audit of the workbook against the board's: that done on its day, else one of its title that is
    still to be done, else None."""

    row: AuditRow
    standing: Audit | None
    trouble: str = ""

    @property
    def key(self) -> str:
        return f"{self.row.sheet}!{self.row.row}"

    @property
    def status(self) -> str:
        if self.standing is None:
            return "new"
        if not self.standing.is_done:
            return "done"
        return "unchanged" if _numbers_of(self.standing) == numbers_in(self.row) else "changed"


@dataclass
class ResultsPreview(Preview):
    """What a workbook's audit results would do; nothing is written."""

    statuses = ("new", "done", "changed", "unchanged")
    left_out_words = LEFT_OUT

    reading: ResultsReading
    comparisons: list[AuditComparison]

    @property
    def taken(self) -> list[AuditComparison]:
        return [one for one in self.comparisons if not one.trouble and one.key not in self.left_out]

    @property
    def problems(self) -> list[Problem]:
        told = [
            Problem(one.row.sheet, one.row.row, f"{one.row.title}: {one.trouble}") for one in self.troubled
        ]
        return [*self.reading.problems, *told]

    @property
    def troubled(self) -> list[AuditComparison]:
        return [one for one in self.comparisons if one.trouble]

    @cached_property
    def fingerprint(self) -> str:
        """Changes whenever what would be written does."""
        rows = [
            (one.key, one.row.title, one.status, numbers_in(one.row), one.trouble) for one in self.comparisons
        ]
        return hashlib.sha256(repr((rows, sorted(self.left_out))).encode()).hexdigest()[:16]


class ResultsReader:
    """Reads audit results. `name` keys its part of an import's summary and undo."""

    name = "audits"

    def claims(self, workbook: Workbook, *, today: date) -> ResultsReading:
        return read_results(workbook, today)

    def preview(
        self, reading: ResultsReading, board: Board, choices: Mapping, *, today: date, beside: Mapping
    ) -> ResultsPreview:
        left_out = set(choices.get("audits_left_out") or ())
        return ResultsPreview(reading, _compare(reading, board), left_out)

    @transaction.atomic
    def apply(self, preview: ResultsPreview, imported: Import, *, by: User | None) -> dict:
        """Writes what the preview shows; returns what undoing needs. Raises ValidationError."""
        fresh = _compare(preview.reading, imported.board)
        if replace(preview, comparisons=fresh).fingerprint != preview.fingerprint:
            raise ValidationError(CHANGED)
        written = [_write(one, imported, by=by) for one in preview.taken if one.status != "unchanged"]
        return {"audits": written}

    @transaction.atomic
    def undo(self, imported: Import, undo: dict, *, by: User | None) -> list[dict]:
        """Takes the results back; each audit's outcome as JSON."""
        audits = Audit.objects.prefetch_related("grades").in_bulk([entry["id"] for entry in undo["audits"]])
        reason = f"import {imported.pk} taken back"
        return [undo_audit(entry, audits.get(entry["id"]), reason, by=by) for entry in undo["audits"]]


def _compare(reading: ResultsReading, board: Board) -> list[AuditComparison]:
    if not reading.audits:
        return []
    rows = board.audits.standing().select_related("scale").prefetch_related("grades", "scale__grades")
    standing: dict[str, list[Audit]] = {}
    for audit in rows.order_by("planned_due", "pk"):
        standing.setdefault(fold(audit.title), []).append(audit)
    taken: set[int] = set()
    return [_comparison(row, standing.get(fold(row.title), []), taken) for row in reading.audits]


def _comparison(row: AuditRow, named: list[Audit], taken: set[int]) -> AuditComparison:
    free = [audit for audit in named if audit.pk not in taken]
    same_day = [audit for audit in free if audit.is_done and audit.done_on == row.done_on]
    found = next(iter([*same_day, *(audit for audit in free if audit.is_open)]), None)
    one = AuditComparison(row, found, " ".join(row.faults))
    if found is not None:
        taken.add(found.pk)
        if not one.trouble and [each.word for each in words_of(found)] != [each.word for each in row.words]:
            one.trouble = ANOTHER_SCALE
    return one


def numbers_in(row: AuditRow) -> tuple:
    return row.done_on, row.sample, row.read_twice, row.agreed, tuple(row.counts)


def _numbers_of(audit: Audit) -> tuple:
    return audit.done_on, audit.sample, audit.read_twice, audit.agreed, mix_of(audit).counts


def _write(one: AuditComparison, imported: Import, *, by: User | None) -> dict:
    row, reason = one.row, f"import {imported.pk}"
    entry = {"sheet": row.sheet, "row": row.row, "title": row.title, "was": one.status}
    if one.status == "changed":
        entry["before"] = _as_json(one.standing)
    audit = one.standing or _plan(row, imported.board, reason, by=by)
    numbers = {name: getattr(row, name) for name in NUMBERS}
    given = {"done_on": row.done_on, "counts": row.counts, "summary": audit.summary, "reason": reason}
    record_results(audit, by=by, **numbers, **given)
    return entry | {"id": audit.pk, "version": version_of(audit)}


def _plan(row: AuditRow, board: Board, reason: str, *, by: User | None) -> Audit:
    return plan_audit(
        board,
        by=by,
        reason=reason,
        title=row.title,
        kind=AuditKind.INTERNAL,
        planned_text=f"{row.done_on.day} {row.done_on:%B %Y}",
        grading=Grading.AGREEMENT if row.words == AGREEMENT else Grading.GRADES,
        **row.texts,
    )


def _as_json(audit: Audit) -> dict:
    numbers = {name: getattr(audit, name) for name in NUMBERS}
    return {"done_on": audit.done_on.isoformat(), "counts": list(mix_of(audit).counts), **numbers}
