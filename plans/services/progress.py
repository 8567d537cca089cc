"""Ratings, what has happened, target moves and steps done: the append-only part of a plan."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from plans.dates import Target, parse_target
from plans.models import Action, Import, Meeting, ProgressUpdate, RatingKey, Step, TargetMove, User
from plans.services.boards import refuse_closed
from plans.services.history import add, save
from plans.services.signed_off import check_rating_against_sign_off, drop_overtaken
from plans.services.updates import lock_actions

# The reason in the history of an action or step whose move has a row of its own.
MOVED = "Target moved"
# A clock that was put back by more had been wrong before, and its days are not to be followed.
PUT_BACK = timedelta(days=2)
STAYS_WITHDRAWN = "The action is withdrawn, so its date can’t move. Bring it back first."


@transaction.atomic
def record_update(
    action: Action,
    *,
    by: User | None,
    rating: str,
    happened: str = "",
    way_back: str = "",
    on: date | None = None,
    imported_by: Import | None = None,
    replaces: ProgressUpdate | None = None,
    reason: str = "",
) -> ProgressUpdate:
    """Adds an update; `rating` is a code of the plan's key or "" and `on` the day it counts from (today).

    With `replaces` it stands in place of a mistaken update, which stays in history. Raises ValidationError.
    """
    lock_actions([action.pk])
    _check_update(action, rating, replaces)
    update = ProgressUpdate(
        action=action,
        rating=rating,
        happened=happened.strip(),
        way_back=way_back.strip(),
        replaces=replaces,
        replacement_reason=reason.strip() if replaces else "",
        **_dated_last(action, by=by, on=on or (replaces.on if replaces else None), imported_by=imported_by),
    )
    add(update)
    drop_overtaken([update])
    return update


def _check_update(action: Action, rating: str, replaces: ProgressUpdate | None) -> None:
    if rating and not RatingKey.objects.filter(plan=action.plan_id, code=rating).exists():
        raise ValidationError({"rating": "Choose a rating from the plan's key."})
    if action.withdrawn_on:
        raise ValidationError("This action is withdrawn, so it takes no more updates.")
    if replaces is not None:
        _check_replaceable(replaces, action)
    check_rating_against_sign_off(action, rating, replaces)


def _check_replaceable(update: ProgressUpdate, action: Action) -> None:
    if update.action_id != action.pk:
        raise ValidationError("The update to replace belongs to another action.")
    if update.withdrawn_at or ProgressUpdate.objects.filter(replaces=update).exists():
        raise ValidationError("This update has already been replaced. Replace the newer one.")


def _dated_last(action: Action, *, on: date | None, **columns) -> dict:
    """What counts from today comes last: after updates of what was today before the clock was put back."""
    today = timezone.localdate()
    ahead = action.updates.filter(on__gt=today, on__lte=today + PUT_BACK).aggregate(last=Max("on"))["last"]
    return dated(on=None if on == today else on, today=ahead, **columns)


def dated(
    *,
    by: User | None,
    on: date | None = None,
    imported_by: Import | None = None,
    today: date | None = None,
) -> dict:
    """The columns of the two times: the day it counts from and when the server recorded it.

    `today` is a day that was today already, where the clock has been put back since.
    """
    now = timezone.now()
    today = max(timezone.localdate(now), today or date.min)
    return {
        "on": on or today,
        "recorded_on": today,
        "recorded_at": now,
        "by": by,
        "imported_by": imported_by,
    }


def action_of(obj: Action | Step) -> Action:
    """The action itself, or the one that the step is part of."""
    return obj if isinstance(obj, Action) else obj.action


def build_move(obj: Action | Step, target, **columns) -> TargetMove:
    """The unsaved move of an action's or step's target to `target` (a dates.Target)."""
    before = obj.target
    return TargetMove(
        action=action_of(obj),
        step=obj if isinstance(obj, Step) else None,
        from_text=before.text,
        from_kind=before.kind.value,
        from_due=before.due,
        from_assumed=before.assumed,
        to_text=target.text,
        to_kind=target.kind.value,
        to_due=target.due,
        to_assumed=target.assumed,
        **columns,
    )


@transaction.atomic
def move_target(
    obj: Action | Step,
    *,
    to: str | Target,
    by: User | None,
    reason: str,
    agreed_by: str = "",
    meeting: Meeting | None = None,
    on: date | None = None,
    imported_by: Import | None = None,
    decided_by: User | None = None,
) -> TargetMove:
    """Moves the target of an action or a step; the first target stays in the moves for ever.

    `meeting` is where it was agreed; where `by` only asked for it, `decided_by` changes the date. Raises
    ValidationError, also where the words say nothing new.
    """
    if action_of(obj).withdrawn_on:
        raise ValidationError(STAYS_WITHDRAWN)
    target = to if isinstance(to, Target) else parse_target(to, action_of(obj).plan.period)
    if target == obj.target:
        raise ValidationError({"to": "This is the date it already has. Write the new one."})
    move = build_move(
        obj,
        target,
        reason=reason.strip(),
        agreed_by=agreed_by.strip(),
        meeting=meeting,
        **dated(by=by, on=on, imported_by=imported_by),
    )
    add(move)
    obj.target = target
    save(obj, by=decided_by or by, reason=f"{MOVED}: {reason}" if reason else MOVED)
    return move


def correct_target(obj: Action | Step, *, to: str, by: User, reason: str) -> None:
    """Mends a mistyped or misread target: kept in history with its reason, and no move."""
    if not reason.strip():
        raise ValidationError({"reason": "Say what was wrong with the date."})
    obj.target = parse_target(to, action_of(obj).plan.period)
    save(obj, by=by, reason=f"Target corrected: {reason.strip()}")


def set_step_done(step: Step, done_on: date | None, *, by: User | None) -> None:
    """Ticks a step as done on a day up to today, or unticks it with None. Raises ValidationError."""
    if done_on and done_on > timezone.localdate():
        raise ValidationError({"done_on": "A step can't be done on a day still to come."})
    step.done_on = done_on
    save(step, by=by)


@transaction.atomic
def tick_steps(action: Action, *, done: set[str], undone: set[str], by: User) -> int:
    """Marks steps of the action, given by id as text, as done today or not done; returns how many changed.

    Raises ValidationError where the board was closed meanwhile.
    """
    lock_actions([action.pk])
    refuse_closed(action.plan.board)
    changed = 0
    for step in action.steps.all():
        if str(step.pk) in done and step.done_on is None:
            set_step_done(step, timezone.localdate(), by=by)
        elif str(step.pk) in undone and step.done_on is not None:
            set_step_done(step, None, by=by)
        else:
            continue
        changed += 1
    return changed
