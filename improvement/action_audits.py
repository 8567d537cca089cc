"""The findings of practice audits that an action answers, and how far along their way they are."""

from datetime import date

from audits.models import Finding
from audits.way_rows import Way, ways_of, with_grades
from plans.models import Action


def answered_by(action: Action, day: date) -> list[Way]:
    """Findings of audits done by the day, the newest first."""
    findings = Finding.objects.filter(actions=action, audit__done_on__lte=day)
    ordered = with_grades(findings).order_by("-audit__done_on", "-audit_id", "position", "pk")
    return ways_of(ordered, day, action.plan.board.small_numbers_below)
