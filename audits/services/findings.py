"""Findings, and the actions that they raise or that answer them."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from audits.models import Audit, Finding, FindingAction, FindingKind
from plans.models import Action, Area, Meeting, User
from plans.services.actions import create_action
from plans.services.history import remove, save


@transaction.atomic
def add_finding(
    audit: Audit,
    *,
    by: User | None,
    text: str,
    kind: str = FindingKind.NEED,
    theme: str = "",
    meeting: Meeting | None = None,
) -> Finding:
    """A strength or a need that an audit found, after those found before. Raises ValidationError."""
    last = audit.findings.aggregate(last=Max("position"))["last"]
    finding = Finding(audit=audit, position=0 if last is None else last + 1)
    edit_finding(finding, by=by, text=text, kind=kind, theme=theme, meeting=meeting)
    return finding


@transaction.atomic
def edit_finding(
    finding: Finding,
    *,
    by: User | None,
    text: str,
    kind: str,
    theme: str = "",
    meeting: Meeting | None = None,
) -> None:
    if meeting is not None and meeting.board_id != finding.audit.board_id:
        raise ValidationError({"meeting": "Choose a meeting of this board."})
    finding.text, finding.kind = text.strip(), kind
    finding.theme, finding.meeting = " ".join(theme.split()), meeting
    save(finding, by=by)


@transaction.atomic
def remove_finding(finding: Finding, *, by: User | None, reason: str = "") -> None:
    """Removes a finding that an audit did not make; its actions stay, and history keeps its words."""
    for link in finding.action_links.all():
        remove(link, by=by, reason=reason)
    remove(finding, by=by, reason=reason)


@transaction.atomic
def raise_action(finding: Finding, area: Area, title: str, *, by: User | None, **fields) -> Action:
    """A new action that answers a finding; `fields` as `create_action` takes them. Raises ValidationError."""
    if area.plan.board_id != finding.audit.board_id:
        raise ValidationError({"area": "Choose an area of this board."})
    action = create_action(area, title, by=by, **fields)
    save(FindingAction(finding=finding, action=action), by=by, reason="Raised by the finding")
    return action


@transaction.atomic
def link_actions(finding: Finding, actions: Iterable[Action], *, by: User | None) -> None:
    """Makes exactly these actions of the board the ones that answer a finding. Raises ValidationError."""
    wanted = {action.pk: action for action in actions}
    if any(action.plan.board_id != finding.audit.board_id for action in wanted.values()):
        raise ValidationError("Choose only actions of this board.")
    standing = {link.action_id: link for link in finding.action_links.all()}
    for pk in standing.keys() - wanted.keys():
        remove(standing[pk], by=by)
    for pk in sorted(wanted.keys() - standing.keys()):
        save(FindingAction(finding=finding, action=wanted[pk]), by=by)
