"""Sign-off: one person reports an action complete with evidence, another agrees or refuses."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from plans.models import Action, Lead, Meeting, Outcome, ProgressUpdate, SignOff, User
from plans.rating import NEEDS_WAY_BACK, Meaning
from plans.services.history import add
from plans.services.meetings import check_held
from plans.services.progress import dated, record_update
from plans.services.signed_off import decided_words, settle
from plans.services.updates import lock_actions
from plans.wording.phrases import OPENED_AGAIN, SIGN_OFF_REFUSED

NEEDS_EVIDENCE = "Show at least one piece of evidence, so that somebody else can sign it off"


@transaction.atomic
def ask_sign_off(update: ProgressUpdate, *, by: User | None, on: date | None = None) -> SignOff:
    """Asks for the sign-off of the action that `update`, its latest, reports complete with evidence.

    `on` is the day it counts as asked (today, or the plan's end), never before that of the update. Raises
    ValidationError.
    """
    action = update.action
    lock_actions([action.pk])
    if problem := why_not_ask(update):
        raise ValidationError(problem)
    day = max(on or _today(action), update.on)
    asked = SignOff(action=action, update=update, **dated(by=by, on=day, today=update.recorded_on))
    add(asked)
    return asked


def why_not_ask(update: ProgressUpdate | None) -> str:
    """Why the sign-off of this update's action cannot be asked for, or ""."""
    if update is None or update != _latest(update.action) or update.rating != Meaning.COMPLETE:
        return "Report the action complete first: its latest update does not say so."
    if update.action.withdrawn_on:
        return "This action is withdrawn, so it takes no sign-off."
    if SignOff.objects.filter(update=update).exists():
        return "A sign-off of this update was asked for before. Add a newer update with its evidence."
    if not update.evidence_links.exists():
        return f"{NEEDS_EVIDENCE}: add an update that has it."
    return ""


def ask_where_needed(update: ProgressUpdate, *, by: User | None, on: date | None = None) -> SignOff | None:
    """Asks by itself where the plan needs it, or where `update` replaces one whose sign-off was asked for."""
    was_asked = SignOff.objects.filter(update=update.replaces_id, outcome=Outcome.DROPPED)
    wanted = update.action.plan.blue_needs_sign_off or (update.replaces_id and was_asked.exists())
    if not wanted or needs_no_request(update.action) or why_not_ask(update):
        return None
    return ask_sign_off(update, by=by, on=on)


def needs_no_request(action: Action) -> bool:
    """Whether the action is signed off, or its sign-off waits to be decided."""
    mine = SignOff.objects.filter(action=action)
    return (mine.in_force() | mine.waiting()).exists()


@transaction.atomic
def agree_sign_off(
    sign_off: SignOff, *, by: User, meeting: Meeting | None = None, on: date | None = None
) -> None:
    """Signs the action off. Raises ValidationError, also where it has been decided meanwhile."""
    sign_off = _to_decide(sign_off, by, meeting)
    settle(sign_off, Outcome.AGREED, by=by, on=_day_after_asking(sign_off, on, meeting), meeting=meeting)


@transaction.atomic
def refuse_sign_off(
    sign_off: SignOff,
    *,
    by: User,
    reason: str,
    rating: str,
    meeting: Meeting | None = None,
    on: date | None = None,
) -> ProgressUpdate:
    """Refuses; the rating that then stands is an update by who refuses. Raises ValidationError."""
    sign_off = _to_decide(sign_off, by, meeting)
    _check_unfinished(reason, rating, "Say why it is refused.")
    day = _day_after_asking(sign_off, on, meeting)
    settle(sign_off, Outcome.REFUSED, by=by, on=day, reason=reason, meeting=meeting)
    return _record(sign_off.action, f"{SIGN_OFF_REFUSED}: {reason.strip()}", rating, reason, by=by, on=day)


@transaction.atomic
def drop_sign_off(sign_off: SignOff, *, by: User, on: date | None = None) -> None:
    """Takes a request back. Raises ValidationError where it has been decided meanwhile."""
    sign_off = _still_waiting(sign_off)
    settle(sign_off, Outcome.DROPPED, by=by, on=_day_after_asking(sign_off, on))


@transaction.atomic
def reopen_action(
    action: Action, *, by: User, reason: str, rating: str, on: date | None = None
) -> ProgressUpdate:
    """Opens it again; the rating that then stands is an update by who opens it. Raises ValidationError."""
    lock_actions([action.pk])
    signed = SignOff.objects.in_force().select_related("update").filter(action=action).first()
    if signed is None:
        raise ValidationError("This action is not signed off now, so there is nothing to open again.")
    _check_unfinished(reason, rating, "Say why the action is opened again.")
    day = max(on or _today(action), signed.decided_on)
    signed.reopened_on, signed.reopened_by, signed.reopened_reason = day, by, reason.strip()
    signed.reopened_at = timezone.now()
    signed.full_clean()
    signed.save()
    return _record(action, f"{OPENED_AGAIN}: {reason.strip()}", rating, reason, by=by, on=day)


def why_not_decide(sign_off: SignOff, user: User) -> str:
    """Why this person cannot agree or refuse it, whatever their role, or ""."""
    if user.pk in {sign_off.by_id, sign_off.update.by_id}:
        return "You reported this action complete or asked for its sign-off, so somebody else decides."
    if Lead.objects.filter(action_leads__action=sign_off.action_id).held_by(user).exists():
        return "You hold a lead of this action, so somebody else decides."
    return ""


def _to_decide(sign_off: SignOff, by: User, meeting: Meeting | None) -> SignOff:
    sign_off = _still_waiting(sign_off)
    check_held(meeting, sign_off.action.plan.board_id)
    if problem := why_not_decide(sign_off, by):
        raise ValidationError(problem)
    return sign_off


def _still_waiting(sign_off: SignOff) -> SignOff:
    """The request as it stands once others who would decide it have finished."""
    lock_actions([sign_off.action_id])
    related = ("action__plan", "update", "decided_by")
    now = SignOff.objects.select_related(*related).get(pk=sign_off.pk)
    if not now.is_waiting:
        raise ValidationError(f"{decided_words(now)} Nothing more is needed.")
    if now.action.withdrawn_on:
        raise ValidationError("This action is withdrawn, so it takes no sign-off.")
    return now


def _check_unfinished(reason: str, rating: str, ask: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": ask})
    if not rating or rating == Meaning.COMPLETE:
        raise ValidationError({"rating": "Choose the rating that stands now, other than complete."})


def _record(action: Action, happened: str, rating: str, reason: str, *, by: User, on: date) -> ProgressUpdate:
    """As the latest update, whatever was reported since the day of the decision."""
    way_back, on = reason if rating in NEEDS_WAY_BACK else "", max(on, _latest(action).on)
    return record_update(action, by=by, rating=rating, happened=happened, way_back=way_back, on=on)


def _latest(action: Action) -> ProgressUpdate | None:
    return ProgressUpdate.objects.standing().filter(action=action).latest_first().first()


def _today(action: Action) -> date:
    """A plan that has ended is shown as at its end, where a later day would never be seen."""
    return action.plan.as_at(timezone.localdate())


def _day_after_asking(sign_off: SignOff, on: date | None, meeting: Meeting | None = None) -> date:
    """The day of the decision: `on`, else that of the meeting, else today; at most the plan's last day."""
    # The clock may have been put back since it was asked for.
    today = max(timezone.localdate(), sign_off.recorded_on)
    day = on or (meeting.on if meeting else today)
    if not sign_off.on <= day <= today:
        raise ValidationError("Give a day from when it was asked for to today.")
    return max(sign_off.action.plan.as_at(day), sign_off.on)
