"""The moves of dates that wait for the chair, and those that were decided lately."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from improvement.request_kinds import DECIDED_KINDS, MOST_DECIDED, Decided, Kind
from plans.access import Access
from plans.dates import describe_move
from plans.ledger import days_words
from plans.models import Board, MoveRequest, Outcome, User
from plans.wording.phrases import date_words, days_until, plural

WORDS = {
    Outcome.AGREED: "Date moved to {}",
    Outcome.REFUSED: "Move to {} refused",
    Outcome.DROPPED: "Move to {} no longer asked for",
}


@dataclass(frozen=True)
class WaitingMove:
    """`later` is by how much, such as "45 days later"; `mine` whether the reader asked for it."""

    asked: MoveRequest
    since: str
    later: str
    mine: bool

    @property
    def now(self) -> str:
        """The date that it has, such as "30 April 2026", “ongoing” or "no date"."""
        dated = self.asked.step or self.asked.action
        return date_words(dated.target_due, dated.target_text)


def move_requests(access: Access, today: date) -> Kind:
    """The moves that wait on a board, in a number of queries that does not grow with them."""
    waiting = MoveRequest.objects.decidable().filter(action__plan__board=access.board)
    related = ("action__plan", "step", "by")
    rows = [_row(each, access, today) for each in waiting.select_related(*related).order_by("on", "id")]
    count = plural(len(rows), "move of a date", "moves of dates")
    part = "improvement/parts/move_request_row.html"
    return Kind("moves", "Moves of dates", count, part, rows, decided_moves(access.board))


def _row(asked: MoveRequest, access: Access, today: date) -> WaitingMove:
    dated = asked.step or asked.action
    later = days_words(describe_move(dated.target, asked.after) or 0)
    return WaitingMove(asked, days_until(asked.on, today), later, asked.by_id == access.user.pk)


def decided_moves(board: Board) -> list[Decided]:
    """The last few, the newest first."""
    done = MoveRequest.objects.standing().exclude(outcome=Outcome.WAITING).filter(action__plan__board=board)
    done = done.select_related("action", "step", "decided_by").order_by("-decided_on", "-id")
    return [
        Decided(
            each.decided_on,
            f"{each.action}{f', step {each.step.number}' if each.step else ''}",
            reverse("action", args=[board.slug, each.action_id]),
            WORDS[Outcome(each.outcome)].format(each.to),
            DECIDED_KINDS[Outcome(each.outcome)],
            str(each.decided_by or "Not recorded who"),
            each.decision_reason,
        )
        for each in done[:MOST_DECIDED]
    ]


def moves_to_decide(user: User, boards: Collection[int]) -> QuerySet[MoveRequest]:
    """The moves on these boards (ids) that the person may agree or refuse, given the role for it."""
    return MoveRequest.objects.decidable().filter(action__plan__board__in=boards).exclude(by=user)
