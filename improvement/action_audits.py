"""The findings of practice audits that an action answers, and how far along their way they are."""

from django.db.models import Q

from audits.models import Finding
from audits.past_rows import links_then
from audits.way_rows import Way, ways_of, with_grades
from plans.models import Action
from plans.standing import AsAt


def answered_by(action: Action, shown: AsAt) -> list[Way]:
    """Findings of audits done by the day, the newest first."""
    findings = Finding.objects.filter(audit__done_on__lte=shown.day)
    if shown.is_past:
        linked = links_then(Q(action_id=action.pk), shown.day)
        findings = findings.filter(pk__in=[finding for finding, _ in linked])
    else:
        findings = findings.filter(actions=action)
    ordered = with_grades(findings).order_by("-audit__done_on", "-audit_id", "position", "pk")
    return ways_of(ordered, shown.day, action.plan.board.small_numbers_below, is_past=shown.is_past)
