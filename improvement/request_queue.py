"""What waits for a chair or an administrator to decide, kind by kind, and what was decided lately."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from improvement.move_queue import move_requests, moves_to_decide
from improvement.request_kinds import DECIDED_KINDS, MOST_DECIDED, Decided, Kind
from plans.access import Access
from plans.models import Action, Board, Outcome, RatingKey, SignOff, User
from plans.rating import KeyEntry, Meaning
from plans.wording.phrases import days_until, plural


@dataclass(frozen=True)
class WaitingSignOff:
    sign_off: SignOff
    entry: KeyEntry | None
    since: str
    # Whether the reader may decide it: not one's own, and not an action that one leads.
    mine: bool


def sign_offs(access: Access, today: date) -> Kind:
    """The sign-offs of a board, in a number of queries that does not grow with them."""
    waiting = list(
        waiting_sign_offs(access.board).prefetch_related("update__evidence", "action__action_leads")
    )
    plans = {each.action.plan_id for each in waiting}
    complete = RatingKey.objects.filter(plan__in=plans, code=Meaning.COMPLETE)
    entries = {row.plan_id: row.entry for row in complete}
    rows = [
        WaitingSignOff(
            each, entries.get(each.action.plan_id), days_until(each.on, today), _is_own(each, access)
        )
        for each in waiting
    ]
    heading, count = "Sign-offs", plural(len(rows), "sign-off")
    part = "improvement/parts/sign_off_row.html"
    return Kind("sign-offs", heading, count, part, rows, decided_sign_offs(access.board))


def waiting_sign_offs(board: Board) -> QuerySet[SignOff]:
    """What waits on the board to be signed off, the oldest first."""
    mine = SignOff.objects.decidable().filter(action__plan__board=board)
    return mine.select_related("action__plan", "update__by", "by").order_by("on", "id")


def _is_own(sign_off: SignOff, access: Access) -> bool:
    by = {sign_off.by_id, sign_off.update.by_id}
    leads = {link.lead_id for link in sign_off.action.action_leads.all()}
    return access.user.pk in by or bool(leads & access.held_leads)


def decided_sign_offs(board: Board) -> list[Decided]:
    """The last few, the newest first; one opened again has a line for that, too."""
    done = SignOff.objects.standing().exclude(outcome=Outcome.WAITING).filter(action__plan__board=board)
    related = ("action", "decided_by", "reopened_by", "meeting")
    return [
        decided
        for each in done.select_related(*related).order_by("-decided_on", "-id")[:MOST_DECIDED]
        for decided in _decided(each, board)
    ]


def _decided(sign_off: SignOff, board: Board) -> list[Decided]:
    what, url = str(sign_off.action), reverse("action", args=[board.slug, sign_off.action_id])
    outcome = Outcome(sign_off.outcome)
    words = "Signed off" if outcome == Outcome.AGREED else outcome.label
    decided = Decided(
        sign_off.decided_on,
        what,
        url,
        words,
        DECIDED_KINDS[outcome],
        str(sign_off.decided_by or "Not recorded who"),
        sign_off.decision_reason,
    )
    if not sign_off.reopened_on:
        return [decided]
    by, why = str(sign_off.reopened_by), sign_off.reopened_reason
    return [Decided(sign_off.reopened_on, what, url, "Opened again", "ask", by, why), decided]


def sign_offs_to_decide(user: User, boards: Collection[int]) -> QuerySet[SignOff]:
    """The sign-offs on these boards (ids) that the person may agree or refuse, given the role for it."""
    waiting = SignOff.objects.decidable().filter(action__plan__board__in=boards)
    others = waiting.exclude(by=user).exclude(update__by=user)
    return others.exclude(action__in=Action.objects.filter(leads__holdings__user=user))


def to_decide(user: User, boards: Collection[int]) -> Counter[int]:
    """On each of these boards how many requests the person may decide, given the role for it: one query."""
    if not boards:
        return Counter()
    asked = (sign_offs_to_decide(user, boards), moves_to_decide(user, boards))
    first, second = (each.order_by().values_list("action__plan__board", flat=True) for each in asked)
    return Counter(first.union(second, all=True))


# Each gives its Kind for a person on a board, as at a day.
KINDS: tuple[Callable[[Access, date], Kind], ...] = (sign_offs, move_requests)


class Queue:
    """What waits on a board and what was decided lately, for one person."""

    def __init__(self, access: Access, today: date):
        self.kinds = [kind(access, today) for kind in KINDS]

    @property
    def waiting(self) -> list[Kind]:
        return [kind for kind in self.kinds if kind.waiting]

    @property
    def words(self) -> str:
        """Such as "2 sign-offs and 1 move of a date wait for a decision"; "" where nothing does."""
        told = " and ".join(kind.count_words for kind in self.waiting)
        one = sum(len(kind.waiting) for kind in self.waiting) == 1
        return f"{told} {'waits' if one else 'wait'} for a decision" if told else ""

    @property
    def decided(self) -> list[Decided]:
        """The newest first, whatever kind."""
        found = [decided for kind in self.kinds for decided in kind.decided]
        return sorted(found, key=lambda decided: decided.on, reverse=True)[:MOST_DECIDED]
