"""A board's audits as they were at the end of a past day, and what answered their findings."""

from collections.abc import Collection
from datetime import date

from django.db.models import Min, Q
from django.utils import timezone

from audits.models import Audit, AuditStatus, Finding, FindingAction
from plans.history.versions import versions
from plans.models import Board
from plans.models.querysets import end_of

# What the programme said then; results count from the day that the audit was done.
PROGRAMME = ("title", "lead", "status", "planned_text", "planned_due", "sample_wanted")
RESULTS = {"done_on": None, "sample": None, "graded": 0, "read_twice": 0, "agreed": 0}


def audits_then(board: Board, day: date) -> list[Audit]:
    """Those done by the day, however late they were entered, and what was on the programme by then.

    In the order of the programme: three queries.
    """
    audits = board.audits.prefetch_related("grades")
    programme = _programme(board, day)
    found = [audit for audit in audits if _was(audit, programme.get(audit.pk), day)]
    return sorted(found, key=lambda audit: (audit.planned_due, audit.pk))


def _programme(board: Board, day: date) -> dict[int, dict]:
    """By audit what the programme said at the end of the day."""
    known = Audit.history.filter(board_id=board.pk, history_date__lt=end_of(day)).order_by("history_id")
    rows = known.select_related("lead").only("id", "lead__name", *PROGRAMME)
    return {row.id: {name: getattr(row, name) for name in PROGRAMME} for row in rows}


def _was(audit: Audit, then: dict | None, day: date) -> bool:
    """Whether it counts on the day; makes of one that was not done yet what it was."""
    if audit.is_done and audit.done_on <= day:
        return True
    for name, value in {**(then or {}), **RESULTS}.items():
        setattr(audit, name, value)
    if audit.is_done:
        audit.status = AuditStatus.UNDER_WAY
    return then is not None and audit.status != AuditStatus.CANCELLED


def links_then(condition: Q, day: date) -> list[tuple[int, int]]:
    """(finding id, action id) of the links that stood on the day, in the order made: two queries.

    A link that came with its finding counts as long as that does, however late both were entered.
    """
    found = versions(FindingAction, condition, day)
    came = _came({version.row.finding_id for version in found.values()})
    return [
        (version.row.finding_id, version.row.action_id)
        for _, version in sorted(found.items())
        if not version.is_early or version.first <= came[version.row.finding_id]
    ]


def _came(findings: Collection[int]) -> dict[int, date]:
    """By finding the day on which its history begins."""
    rows = Finding.history.filter(id__in=findings).order_by().values_list("id")
    return {pk: timezone.localdate(at) for pk, at in rows.annotate(Min("history_date"))}
