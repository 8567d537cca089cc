"""Moves of a date where the plan asks for the chair's agreement: asked for, then agreed or refused."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from plans.dates import parse_target
from plans.models import Action, Meeting, Membership, MoveRequest, Outcome, Role, Step, TargetMove, User
from plans.services.history import add
from plans.services.meetings import check_held
from plans.services.progress import STAYS_WITHDRAWN, action_of, dated, move_target
from plans.services.updates import lock_actions
from plans.wording.phrases import plural

LONGEST_AGREED = 200
STANDS = {
    Outcome.AGREED: ("is agreed", "are agreed"),
    Outcome.REFUSED: ("is refused", "are refused"),
    Outcome.DROPPED: ("is no longer asked for", "are no longer asked for"),
    Outcome.WAITING: ("still waits", "still wait"),
}


@transaction.atomic
def ask_or_move(
    obj: Action | Step,
    *,
    to: str,
    by: User | None,
    reason: str,
    agreed_by: str = "",
    meeting: Meeting | None = None,
    on: date | None = None,
) -> TargetMove | MoveRequest:
    """Moves the date, or where its plan wants the chair's agreement asks for it and leaves the date alone.

    Counts from `on`, else from today or the plan's last day. A move overtakes what was asked for before
    the plan stopped asking. Raises ValidationError.
    """
    plan = action_of(obj).plan
    on = on or plan.as_at(timezone.localdate())
    if plan.moves_need_agreement:
        return ask_move(obj, to=to, by=by, reason=reason, on=on)
    drop_waiting([obj], by=by, reason="Overtaken by a move of the date.")
    return move_target(obj, to=to, by=by, reason=reason, agreed_by=agreed_by, meeting=meeting, on=on)


@transaction.atomic
def ask_move(
    obj: Action | Step, *, to: str, by: User | None, reason: str, on: date | None = None
) -> MoveRequest:
    """Asks for a move, which waits for the chair. Raises ValidationError."""
    action = action_of(obj)
    lock_actions([action.pk])
    target = parse_target(to, action.plan.period)
    if target == obj.target:
        raise ValidationError({"to": "This is the date it already has. Write the new one."})
    if action.withdrawn_on:
        raise ValidationError(STAYS_WITHDRAWN)
    request = build_request(obj, target, reason=reason.strip(), **dated(by=by, on=on))
    if waiting := waiting_of(obj):
        raise ValidationError({"to": f"{already_asked(waiting)} Wait for the answer, or drop that first."})
    add(request)
    return request


def build_request(obj: Action | Step, target, **columns) -> MoveRequest:
    """The unsaved request to move an action's or step's target to `target` (a dates.Target)."""
    return MoveRequest(
        action=action_of(obj),
        step=obj if isinstance(obj, Step) else None,
        to_text=target.text,
        to_kind=target.kind.value,
        to_due=target.due,
        to_assumed=target.assumed,
        **columns,
    )


def waiting_of(obj: Action | Step) -> MoveRequest | None:
    """What was asked for an action's own date or for a step's, and waits."""
    requests = obj.move_requests.waiting()
    return requests.filter(step__isnull=True).first() if isinstance(obj, Action) else requests.first()


def already_asked(request: MoveRequest) -> str:
    """That a request waits, for whoever would ask for another."""
    who = f" by {request.by}" if request.by else ""
    return f"A move to “{request.to_text}” was asked for{who} and waits for the chair."


@transaction.atomic
def agree_move(
    request: MoveRequest,
    *,
    by: User,
    reason: str = "",
    meeting: Meeting | None = None,
    on: date | None = None,
) -> TargetMove:
    """Moves the date as it was asked; the move is by who asked, the change of the date by who decides.

    Counts from `on`, else from the day of the meeting or today, at most the plan's last day. Raises
    ValidationError.
    """
    request = _lock(request)
    _check_decider(request, by, meeting)
    on = _day_of(request, meeting, on)
    obj = request.step or request.action
    if obj.target == request.after:
        raise ValidationError("It has this date already. Refuse the move, or let who asked drop it.")
    move = move_target(
        obj,
        to=request.after,
        by=request.by,
        reason=request.reason,
        agreed_by=_agreed_by(request, by),
        meeting=meeting,
        on=on,
        decided_by=by,
    )
    told = {"meeting": meeting, "move": move, "decision_reason": reason.strip()}
    _decide(request, Outcome.AGREED, by=by, on=on, **told)
    return move


@transaction.atomic
def refuse_move(
    request: MoveRequest,
    *,
    by: User,
    reason: str,
    meeting: Meeting | None = None,
    on: date | None = None,
) -> None:
    """The date stays as it is, with the reason why. Raises ValidationError."""
    request = _lock(request)
    _check_decider(request, by, meeting)
    if not reason.strip():
        raise ValidationError({"reason": "Say why the move is refused."})
    on = _day_of(request, meeting, on)
    _decide(request, Outcome.REFUSED, by=by, on=on, meeting=meeting, decision_reason=reason.strip())


@transaction.atomic
def decide_moves(
    requests: Sequence[MoveRequest],
    *,
    by: User,
    agree: bool,
    reason: str = "",
    meeting: Meeting | None = None,
) -> None:
    """One answer to several moves: all or none. Raises ValidationError, which says of which action."""
    wrong = []
    for request in requests:
        try:
            if agree:
                agree_move(request, by=by, reason=reason, meeting=meeting)
            else:
                refuse_move(request, by=by, reason=reason, meeting=meeting)
        except ValidationError as error:
            if hasattr(error, "error_dict"):
                raise
            wrong.append(f"{request.action}: {' '.join(error.messages)}")
    if wrong:
        raise ValidationError(wrong)


@transaction.atomic
def drop_move_request(request: MoveRequest, *, by: User) -> None:
    """Who asked no longer asks. Raises ValidationError."""
    request = _lock(request)
    if request.by_id != by.pk:
        raise ValidationError("Only who asked for the move can drop it. The chair can refuse it.")
    _decide(request, Outcome.DROPPED, by=by, on=_day_of(request, None, None))


@transaction.atomic
def drop_waiting(objs: Sequence[Action | Step], *, by: User | None, reason: str) -> None:
    """Drops what waits for these actions or steps, as overtaken."""
    steps = [obj for obj in objs if isinstance(obj, Step)]
    actions = [obj for obj in objs if isinstance(obj, Action)]
    lock_actions([action.pk for action in actions] + [step.action_id for step in steps])
    of_these = Q(step__in=steps) | Q(step__isnull=True, action__in=actions)
    waiting = MoveRequest.objects.waiting().filter(of_these).select_related("action__plan")
    for request in waiting:
        on = _day_of(request, None, None)
        _decide(request, Outcome.DROPPED, by=by, on=on, decision_reason=reason)


def _lock(request: MoveRequest) -> MoveRequest:
    """The request and its date as they stand now; of two who decide at once the second meets the answer."""
    lock_actions([request.action_id])
    related = ("action__plan__board", "step", "by", "decided_by")
    found = MoveRequest.objects.select_related(*related).get(pk=request.pk)
    if not found.is_waiting:
        raise ValidationError(f"{decided_words(found)} Nothing more is needed.")
    if found.step_id:
        found.step.action = found.action
    return found


def decided_words(request: MoveRequest) -> str:
    """Who settled it and how: "The move was agreed by A Chair already." """
    if request.withdrawn_at:
        return "The move is no longer asked for: the import that asked was taken back."
    words = "dropped" if request.outcome == Outcome.DROPPED else request.get_outcome_display().lower()
    who = f" by {request.decided_by}" if request.decided_by else ""
    return f"The move was {words}{who} already."


def standing_words(requests: Sequence[MoveRequest]) -> str:
    """How each of these stands: "Of these moves, 2 are agreed and 1 still waits." """
    if len(requests) == 1 and not requests[0].is_waiting:
        return decided_words(requests[0])
    states = Counter(Outcome.DROPPED if each.withdrawn_at else each.outcome for each in requests)
    told = [plural(states[outcome], *words) for outcome, words in STANDS.items() if states[outcome]]
    return f"Of these moves, {' and '.join(filter(None, (', '.join(told[:-1]), told[-1])))}."


def _check_decider(request: MoveRequest, by: User, meeting: Meeting | None) -> None:
    """Another than who asked; and whoever is not the chair says at which meeting the chair decided."""
    if request.by_id == by.pk:
        raise ValidationError("You asked for this move, so somebody else decides on it.")
    board = request.action.plan.board
    check_held(meeting, board.pk)
    if meeting is None and not is_chair(board, by):
        raise ValidationError({"meeting": "Choose the meeting at which the chair decided."})


def is_chair(board, user: User) -> bool:
    """By role: an administrator only records what the chair has said."""
    return Membership.objects.filter(board=board, user=user, role=Role.CHAIR).exists()


def _day_of(request: MoveRequest, meeting: Meeting | None, on: date | None) -> date:
    """The meeting's day, but today where it was held before the asking: until now the move did wait.

    At most the plan's last day: later it would never be seen.
    """
    today = timezone.localdate()
    held = meeting.on if meeting and meeting.on >= request.on else today
    return max(on or request.action.plan.as_at(held), request.on)


def _agreed_by(request: MoveRequest, by: User) -> str:
    if is_chair(request.action.plan.board, by):
        return by.name[:LONGEST_AGREED]
    return f"Chair, as recorded by {by.name}"[:LONGEST_AGREED]


def _decide(request: MoveRequest, outcome: Outcome, *, by: User | None, on: date, **columns) -> None:
    request.outcome, request.decided_by, request.decided_on = outcome, by, on
    request.decided_at = timezone.now()
    for name, value in columns.items():
        setattr(request, name, value)
    request.full_clean()
    request.save()
