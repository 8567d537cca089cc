"""What a sign-off means for the updates of its action."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from plans.models import Action, Meeting, Outcome, ProgressUpdate, SignOff, User
from plans.rating import Meaning


def check_rating_against_sign_off(action: Action, rating: str, replaces: ProgressUpdate | None) -> None:
    """While an action is signed off its rating stands. Raises ValidationError that says whom to ask."""
    signed = SignOff.objects.in_force().filter(action=action).first()
    if signed is None:
        return
    day = f"{signed.decided_on.day} {signed.decided_on:%B %Y}"
    ask = f"It was signed off on {day}: ask the chair or an administrator to open it again."
    if replaces is not None and replaces.pk == signed.update_id:
        raise ValidationError(f"This update stays as it is. {ask}")
    if rating != Meaning.COMPLETE:
        raise ValidationError({"rating": f"The rating of this action stays as it is. {ask}"})


def drop_overtaken(updates: Sequence[ProgressUpdate]) -> None:
    """New updates of one plan: a request falls where its action is no longer reported complete by the latest
    of them, or where the update that it was asked for is replaced."""
    if not updates:
        return
    newest = {update.action_id: update for update in updates}
    waiting = SignOff.objects.waiting().filter(action__plan=updates[0].action.plan_id)
    for sign_off in waiting:
        update = newest.get(sign_off.action_id)
        if update is not None and (update.replaces_id == sign_off.update_id or not _is_complete(update)):
            settle(sign_off, Outcome.DROPPED, by=update.by, on=max(update.on, sign_off.on))


def _is_complete(update: ProgressUpdate) -> bool:
    latest = ProgressUpdate.objects.standing().filter(action=update.action_id).latest_first()
    return latest.values_list("rating", flat=True).first() == Meaning.COMPLETE


def decided_words(sign_off: SignOff) -> str:
    """How a request that waits no more ended: "The sign-off was agreed by A Chair already." """
    if sign_off.outcome not in (Outcome.AGREED, Outcome.REFUSED):
        return "The sign-off is no longer asked for."
    return f"The sign-off was {sign_off.get_outcome_display().lower()} by {sign_off.decided_by} already."


def settle(
    sign_off: SignOff,
    outcome: Outcome,
    *,
    by: User | None,
    on: date,
    reason: str = "",
    meeting: Meeting | None = None,
) -> None:
    """Writes how a request ended. Raises ValidationError."""
    sign_off.outcome, sign_off.decided_by, sign_off.decided_on = outcome, by, on
    sign_off.decided_at, sign_off.decision_reason, sign_off.meeting = timezone.now(), reason.strip(), meeting
    sign_off.full_clean()
    sign_off.save()
