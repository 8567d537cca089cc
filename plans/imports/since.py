"""What people have done to the actions of an import since it was applied."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from plans.models import (
    Action,
    ActionRecommendation,
    Import,
    ImportState,
    MoveRequest,
    ProgressUpdate,
    SignOff,
    Step,
    TargetMove,
)
from plans.wording.phrases import undo_reason

DONE_BY_HAND = (
    (ProgressUpdate, "updated it"),
    (TargetMove, "moved its date"),
    (MoveRequest, "asked to move its date"),
    (SignOff, "asked for its sign-off"),
)


def worked_on_since(imported: Import) -> dict[int, str]:
    """The last thing done to each action of the plan other than by this import: who did what and when."""
    plan = imported.plan_id
    found: dict[int, str] = {}
    for action, name, reason, moment in _history(imported):
        found[action] = _said("edited it", name, reason, timezone.localdate(moment))
    standing = {"action__plan": plan, "withdrawn_at__isnull": True}
    for model, verb in DONE_BY_HAND:
        rows = model.objects.filter(**standing).exclude(imported_by=imported)
        for action, name, by_import, day in rows.values_list(
            "action", "by__name", "imported_by", "recorded_on"
        ):
            found[action] = _said(verb, name, f"import {by_import}" if by_import else "", day)
    for kept in Action.objects.filter(plan=plan, merged_into__isnull=False).values_list(
        "merged_into", flat=True
    ):
        found[kept] = "another action was merged into it"
    return found


def _history(imported: Import) -> Iterable[tuple]:
    """Changes other than this import's and those of imports that were taken back; the newest last."""
    undone = Import.objects.filter(board=imported.board_id, state=ImportState.UNDONE).exclude(pk=imported.pk)
    settled = [f"import {imported.pk}"]
    for pk in undone.values_list("pk", flat=True):
        settled += [f"import {pk}", undo_reason(pk)]
    plan = imported.plan_id
    for rows, action in (
        (Action.history.filter(plan=plan), "id"),
        (Step.history.filter(action__plan=plan), "action"),
        (ActionRecommendation.history.filter(action__plan=plan), "action"),
    ):
        others = rows.exclude(history_change_reason__in=settled).order_by("history_date", "history_id")
        yield from others.values_list(action, "history_user__name", "history_change_reason", "history_date")


def _said(verb: str, name: str | None, reason: str | None, day: date) -> str:
    by_import = (reason or "").startswith("import ")
    who = f"a later import ({name})" if by_import and name else "a later import" if by_import else name
    return f"{who or 'somebody'} {verb} on {day.day} {day:%B %Y}"
