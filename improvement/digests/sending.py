"""Sending the reminders: safe to run twice, at once, and again after a run that died."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.mail import get_connection
from django.db import transaction
from django.utils import timezone

from improvement.digests.content import Part, parts_of
from improvement.digests.due import boards_due
from improvement.digests.letter import compose
from plans.models import Nudge, User

# A run that died between claiming and sending leaves its claim behind: without an end to it that person
# would never be told. Better twice, where it died just after sending, than not at all.
CLAIM_LASTS = timedelta(hours=1)


@dataclass
class Outcome:
    sent: int = 0
    failed: list[tuple[User, Exception]] = field(default_factory=list)


def send_digests(today: date) -> Outcome:
    """Sends each person one email of what waits on their boards whose reminder is due.

    All go by one connection. What fails for one person is in the outcome, and the next run tries again.
    Raises OSError where the mail server can't be reached: then nobody more was claimed.
    """
    outcome, waiting = Outcome(), waiting_parts(today)
    connection = get_connection()
    try:
        for user, parts in waiting.items():
            connection.open()
            _send(connection, user, parts, outcome)
    finally:
        connection.close()
    return outcome


def waiting_parts(today: date) -> dict[User, list[Part]]:
    """What waits for each person, a part for each board."""
    waiting = defaultdict(list)
    for due in boards_due(today):
        for user, part in parts_of(due):
            waiting[user].append(part)
    return waiting


def _send(connection, user: User, parts: list[Part], outcome: Outcome) -> None:
    now = timezone.now()
    claimed = claim(user, parts, now=now)
    if not claimed:
        return
    mine = Nudge.objects.filter(pk__in=claimed, sent_at=None, claimed_at=now)
    try:
        connection.send_messages([compose(user, list(claimed.values()))])
    except (OSError, ValueError) as error:
        mine.delete()
        # Whether the server still listens after an error is unknown; the next person gets a new connection.
        connection.close()
        outcome.failed.append((user, error))
    else:
        mine.update(sent_at=timezone.now())
        outcome.sent += 1


@transaction.atomic
def claim(user: User, parts: list[Part], *, now) -> dict[int, Part]:
    """The parts that this run may send, by the id of the claim: all that no other run has."""
    claimed = {}
    for part in sorted(parts, key=lambda part: part.due.board.pk):
        nudge, is_new = Nudge.objects.get_or_create(
            user=user, board=part.due.board, period=part.due.period, defaults={"claimed_at": now}
        )
        stale = Nudge.objects.filter(pk=nudge.pk, sent_at=None, claimed_at__lt=now - CLAIM_LASTS)
        if is_new or stale.update(claimed_at=now):
            claimed[nudge.pk] = part
    return claimed
