"""A board's meetings: their days, who came, and what they decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from plans.models import (
    Action,
    Attendance,
    Board,
    Challenge,
    Decision,
    Meeting,
    MeetingKind,
    Presence,
    TargetMove,
    User,
)
from plans.services.boards import hold_board
from plans.services.history import remove, save

CANCELLED = "This meeting is cancelled. Add another in its place."
NOT_HELD = "This meeting is still to come. Record its decisions on the day or later."
# Who cannot come says so before the day; whether the others came is known afterwards.
SAID_BEFOREHAND = frozenset({Presence.APOLOGIES, Presence.DEPUTY})


@dataclass(frozen=True)
class MeetingDay:
    """A day on which a meeting is to be, and its kind."""

    on: date
    kind: str = MeetingKind.INTERNAL


@transaction.atomic
def add_meeting(
    board: Board,
    *,
    by: User | None,
    on: date,
    kind: str = MeetingKind.INTERNAL,
    starts_at: time | None = None,
    place: str = "",
) -> Meeting:
    """A meeting on a day, past or to come. Raises ValidationError where the board has one on that day."""
    meeting = Meeting(board=board)
    _write(meeting, by=by, on=on, kind=kind, starts_at=starts_at, place=place)
    return meeting


@transaction.atomic
def edit_meeting(
    meeting: Meeting, *, by: User | None, on: date, kind: str, starts_at: time | None = None, place: str = ""
) -> None:
    """Changes when, where and with whom it is. Raises ValidationError."""
    _check_standing(meeting)
    if on > timezone.localdate() and (came := _what_was_settled_at(meeting)):
        raise ValidationError({"on": f"This meeting was held: {came}. Give a day up to today."})
    _write(meeting, by=by, on=on, kind=kind, starts_at=starts_at, place=place)


def _write(meeting: Meeting, *, by: User | None, on: date, kind: str, starts_at: time | None, place: str):
    others = Meeting.objects.standing().filter(board=meeting.board_id, on=on).exclude(pk=meeting.pk)
    if others.exists():
        raise ValidationError({"on": "The board already has a meeting on this day. Give another day."})
    meeting.on, meeting.kind, meeting.starts_at = on, kind, starts_at
    meeting.place = " ".join(place.split())
    save(meeting, by=by)


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: User | None, reason: str, on: date | None = None) -> None:
    """Cancels a meeting from which nothing came yet; it stays on the list with the reason.

    Raises ValidationError.
    """
    _check_standing(meeting)
    if not reason.strip():
        raise ValidationError({"reason": "Say why the meeting is cancelled."})
    if came := what_came_of(meeting):
        raise ValidationError(f"This meeting can’t be cancelled: {came}.")
    meeting.cancelled_on = on or timezone.localdate()
    meeting.cancelled_reason = reason.strip()
    save(meeting, by=by, reason=reason.strip())


def what_came_of(meeting: Meeting) -> str:
    """Why a meeting has to stay, in words that end a sentence; "" where nothing came of it."""
    return _what_was_settled_at(meeting) or ("its papers are closed" if meeting.packs.exists() else "")


def _what_was_settled_at(meeting: Meeting) -> str:
    if meeting.decisions.exists():
        return "it has decisions"
    agreed = (meeting.moves, meeting.signoffs, meeting.moverequests)
    return "something was agreed at it" if any(rows.exists() for rows in agreed) else ""


@transaction.atomic
def set_up_rhythm(
    board: Board,
    days: Iterable[MeetingDay],
    *,
    by: User | None,
    starts_at: time | None = None,
    place: str = "",
) -> list[Meeting]:
    """Adds a meeting on each of these days that has none yet; returns those added, the first first."""
    hold_board(board.pk)
    taken = set(board.meetings.standing().values_list("on", flat=True))
    wanted = {day.on: day for day in days if day.on not in taken}
    return [
        add_meeting(board, by=by, on=day.on, kind=day.kind, starts_at=starts_at, place=place)
        for day in sorted(wanted.values(), key=lambda day: day.on)
    ]


@transaction.atomic
def record_attendance(
    meeting: Meeting,
    *,
    by: User | None,
    people: Mapping[User, str],
    guests: Iterable[tuple[str, str]] = (),
) -> int:
    """Says who came: a Presence for each person and each guest (by name or role), "" where it is not known.

    Whoever is not mentioned stays as they are. Returns how many entries changed. Raises ValidationError.
    """
    _check_standing(meeting)
    rows = list(meeting.attendance.select_related("user"))
    standing = {row.user or row.guest: row for row in rows}
    named = ((" ".join(guest.split()), presence) for guest, presence in guests)
    told = [({"user": user}, presence) for user, presence in people.items()]
    told += [({"guest": guest}, presence) for guest, presence in named if guest]
    changed = 0
    for who, presence in told:
        [key] = who.values()
        row = standing.setdefault(key, Attendance(meeting=meeting, **who))
        changed += _record_presence(row, presence, by=by)
    return changed


def _record_presence(row: Attendance, presence: str, *, by: User | None) -> bool:
    if not presence:
        if row.pk:
            remove(row, by=by)
            return True
        return False
    if presence == row.presence and row.pk:
        return False
    if row.meeting.on > timezone.localdate() and presence not in SAID_BEFOREHAND:
        raise ValidationError("The meeting is still to come: until then note apologies and deputies only.")
    row.presence = presence
    return save(row, by=by)


@transaction.atomic
def record_decision(
    meeting: Meeting,
    *,
    by: User | None,
    text: str,
    action: Action | None = None,
    move: TargetMove | None = None,
    challenge: Challenge | None = None,
) -> Decision:
    """What a meeting that was held decided, and the action, move or challenge it is about.

    A decision on a move or on an action's challenge is about that action too. Raises ValidationError.
    """
    _check_standing(meeting)
    if meeting.on > timezone.localdate():
        raise ValidationError(NOT_HELD)
    decision = Decision(meeting=meeting, by=by)
    _write_decision(decision, by=by, text=text, action=action, move=move, challenge=challenge)
    return decision


@transaction.atomic
def edit_decision(
    decision: Decision,
    *,
    by: User | None,
    text: str,
    action: Action | None = None,
    move: TargetMove | None = None,
    challenge: Challenge | None = None,
) -> None:
    """Changes the words of a decision or what it is about; history keeps what stood. ValidationError."""
    _write_decision(decision, by=by, text=text, action=action, move=move, challenge=challenge)


def _write_decision(
    decision: Decision,
    *,
    by: User | None,
    text: str,
    action: Action | None,
    move: TargetMove | None,
    challenge: Challenge | None,
) -> None:
    if not text.strip():
        raise ValidationError({"text": "Write what was decided."})
    concerned = move.action if move else challenge.action if challenge and challenge.action_id else action
    if action and concerned != action:
        name = "move" if move else "challenge"
        raise ValidationError({name: f"This {name} is on another action. Choose that action, or none."})
    _check_board(decision.meeting, action=concerned, challenge=challenge)
    decision.text, decision.action = text.strip(), concerned
    decision.move, decision.challenge = move, challenge
    save(decision, by=by)


def _check_board(meeting: Meeting, *, action: Action | None, challenge: Challenge | None) -> None:
    if action and action.plan.board_id != meeting.board_id:
        raise ValidationError({"action": "Choose an action of this board."})
    if challenge and challenge.board_id != meeting.board_id:
        raise ValidationError({"challenge": "Choose a challenge of this board."})


def check_held(meeting: Meeting | None, board_id: int) -> None:
    """That something can have been decided at this meeting, where one is named. Raises ValidationError."""
    if meeting is None:
        return
    if meeting.board_id != board_id or meeting.cancelled_on:
        raise ValidationError({"meeting": "Choose a meeting of this board."})
    if meeting.on > timezone.localdate():
        raise ValidationError({"meeting": "This meeting is still to come. Choose one that was held."})


def _check_standing(meeting: Meeting) -> None:
    """Locks the meeting, so that nothing is recorded at one that is being cancelled."""
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if locked.cancelled_on:
        raise ValidationError(CANCELLED)
