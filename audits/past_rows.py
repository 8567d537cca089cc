"""A board's audits as they were at the end of a past day."""

from datetime import date

from audits.models import Audit, AuditStatus
from plans.models import Board
from plans.models.querysets import end_of

# What the programme said then; results count from the day that the audit was done.
PROGRAMME = ("title", "status", "planned_text", "planned_due", "sample_wanted")
RESULTS = {"done_on": None, "sample": None, "graded": 0, "read_twice": 0, "agreed": 0}


def audits_then(board: Board, day: date) -> list[Audit]:
    """Those done by the day, however late they were entered, and what was on the programme by then.

    In the order of the programme: three queries.
    """
    audits = board.audits.select_related("lead").prefetch_related("grades")
    programme = _programme(board, day)
    found = [audit for audit in audits if _was(audit, programme.get(audit.pk), day)]
    return sorted(found, key=lambda audit: (audit.planned_due, audit.pk))


def _programme(board: Board, day: date) -> dict[int, dict]:
    """By audit what the programme said at the end of the day."""
    known = Audit.history.filter(board_id=board.pk, history_date__lt=end_of(day)).order_by("history_id")
    return {row.pop("id"): row for row in known.values("id", *PROGRAMME)}


def _was(audit: Audit, then: dict | None, day: date) -> bool:
    """Whether it counts on the day; makes of one that was not done yet what it was."""
    if audit.is_done and audit.done_on <= day:
        return True
    for name, value in {**(then or {}), **RESULTS}.items():
        setattr(audit, name, value)
    if audit.is_done:
        audit.status = AuditStatus.UNDER_WAY
    return then is not None and audit.status != AuditStatus.CANCELLED
