"""Challenges: a member's question, the answers to it, and what came of it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from plans.models import (
    Action,
    Area,
    Board,
    Challenge,
    ChallengeAnswer,
    ChallengeOutcome,
    Lead,
    Meeting,
    User,
)
from plans.services.history import save

CLOSED = "This challenge is closed. Open it again first."


@transaction.atomic
def raise_challenge(
    board: Board,
    *,
    by: User | None,
    question: str,
    owner: Lead,
    due: date,
    action: Action | None = None,
    area: Area | None = None,
    meeting: Meeting | None = None,
    on: date | None = None,
) -> Challenge:
    """Asks `owner` a question, on a day up to today, to be answered by `due`.

    About an action or an area; with neither, a wing ties its own row to it in the same transaction.
    Without `meeting` it was raised at the board's meeting of that day, where there is one. ValidationError.
    """
    on = _past(on)
    _check_places(board, action=action, area=area, owner=owner, meeting=meeting)
    if due < on:
        raise ValidationError({"due": "Give a day on or after the day the question is asked."})
    challenge = Challenge(
        board=board,
        action=action,
        area=area,
        question=question.strip(),
        raised_by=by,
        raised_on=on,
        meeting=meeting or board.meetings.standing().filter(on=on).first(),
        owner=owner,
        due=due,
    )
    save(challenge, by=by)
    return challenge


def _check_places(
    board: Board, *, action: Action | None, area: Area | None, owner: Lead, meeting: Meeting | None
) -> None:
    if owner.board_id != board.pk:
        raise ValidationError({"owner": "Choose a lead of this board."})
    if meeting and meeting.board_id != board.pk:
        raise ValidationError("Choose a meeting of this board.")
    about = action or area
    if about and about.plan.board_id != board.pk:
        raise ValidationError("Challenge something of this board.")
    if about and about.withdrawn_on:
        raise ValidationError("This is withdrawn from the plan, so there is nothing to challenge.")


@transaction.atomic
def edit_challenge(challenge: Challenge, *, by: User, question: str, owner: Lead, due: date) -> None:
    """Changes what is asked, of whom or by when, while it is open; history keeps what stood."""
    _check_open(challenge)
    if owner.board_id != challenge.board_id:
        raise ValidationError({"owner": "Choose a lead of this board."})
    if due < challenge.raised_on:
        raise ValidationError({"due": "Give a day on or after the day the question was asked."})
    challenge.question, challenge.owner, challenge.due = question.strip(), owner, due
    save(challenge, by=by)


@transaction.atomic
def answer_challenge(
    challenge: Challenge, *, by: User | None, text: str, on: date | None = None
) -> ChallengeAnswer:
    """Adds an answer, as of a day up to today; earlier ones stay. Raises ValidationError."""
    _check_open(challenge)
    answer = ChallengeAnswer(challenge=challenge, text=text.strip(), by=by, on=_past(on, challenge))
    if not answer.text:
        raise ValidationError({"text": "Write the answer."})
    save(answer, by=by)
    return answer


@transaction.atomic
def close_challenge(
    challenge: Challenge, *, by: User | None, outcome: str, words: str, on: date | None = None
) -> None:
    """Closes it with what came of it (a ChallengeOutcome and words). Raises ValidationError."""
    _check_open(challenge)
    if not words.strip():
        raise ValidationError({"words": "Say what came of it."})
    if outcome == ChallengeOutcome.DROPPED and challenge.raised_by != by:
        raise ValidationError({"outcome": "Only who raised it can withdraw it. Choose another outcome."})
    if outcome == ChallengeOutcome.ANSWERED and not challenge.answers.exists():
        raise ValidationError({"outcome": "Nobody has answered yet. Choose another outcome, or wait."})
    challenge.outcome, challenge.outcome_words = outcome, words.strip()
    challenge.closed_on, challenge.closed_by = _past(on, challenge), by
    save(challenge, by=by)


@transaction.atomic
def reopen_challenge(challenge: Challenge, *, by: User, reason: str) -> None:
    """Asks it again; history keeps how it had been closed and the reason. Raises ValidationError."""
    locked = Challenge.objects.select_for_update().get(pk=challenge.pk)
    if locked.is_open:
        raise ValidationError("This challenge is open already.")
    if not reason.strip():
        raise ValidationError({"reason": "Say why it is opened again."})
    challenge.outcome = challenge.outcome_words = ""
    challenge.closed_on = challenge.closed_by = None
    save(challenge, by=by, reason=reason.strip())


def _check_open(challenge: Challenge) -> None:
    """Locks it, so that of two people who close it at once the second is told."""
    if not Challenge.objects.select_for_update().get(pk=challenge.pk).is_open:
        raise ValidationError(CLOSED)


def _past(on: date | None, challenge: Challenge | None = None) -> date:
    today = timezone.localdate()
    on = on or today
    if on > today:
        raise ValidationError("The day must not lie in the future.")
    if challenge and on < challenge.raised_on:
        raise ValidationError("The day must not lie before the day the question was asked.")
    return on
