"""What waits for a person on each of their boards."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, QuerySet, Subquery

from improvement.request_queue import to_decide
from plans.access import GRANTS, Permission
from plans.models import Action, Board, Challenge, Meeting, Membership, PlanStatus, User
from plans.standing import AsAt, Standing


@dataclass
class Waiting:
    """`mine` counts the person's own unfinished actions in plans that run.

    `to_do` are those of them that are not updated for this round, which `shown` tells.
    """

    board: Board
    role: str
    shown: AsAt
    mine: int = 0
    to_do: int = 0
    overdue: int = 0
    # Challenges without an answer that are asked of a lead that the person holds.
    challenged: int = 0
    # Requests of others that the person may agree or refuse.
    to_decide: int = 0
    # The board asks for a second step that this visit has not shown: nothing of it is told.
    needs_second_step: bool = False

    @property
    def is_told(self) -> bool:
        return not (self.needs_second_step or self.board.closed_on)

    @property
    def overdue_words(self) -> str:
        return f"{self.overdue} overdue"


def boards_waiting(user: User, today: date, has_second_step: Callable[[], bool]) -> list[Waiting]:
    """The person's boards in order of name; at most four queries however many they are.

    Nothing waits on a closed board. Without a second step nothing is counted of boards that ask for one;
    only these ask whether there is one.
    """
    memberships = _memberships(user, today)
    found = {
        each.board_id: Waiting(each.board, each.get_role_display(), AsAt(today, compared=each.met_on))
        for each in memberships
    }
    asking = [waiting for waiting in found.values() if waiting.board.requires_second_factor]
    is_shut = bool(asking) and not has_second_step()
    for waiting in asking:
        waiting.needs_second_step = is_shut
    if len(found) > 1:
        told = {pk: waiting for pk, waiting in found.items() if waiting.is_told}
        decides = [each.board_id for each in memberships if Permission.SIGN_OFF in GRANTS[each.role]]
        _count(user, told, today, [board for board in decides if board in told])
    return list(found.values())


def _memberships(user: User, today: date) -> QuerySet[Membership]:
    """The person's with their boards, and `met_on`, the day on which the board last met."""
    met = Meeting.objects.before(today).filter(board=OuterRef("board"))
    mine = Membership.objects.filter(user=user).annotate(met_on=Subquery(met.values("on")[:1]))
    return mine.select_related("board").order_by("board")


def _count(user: User, told: dict[int, Waiting], today: date, decides: list[int]) -> None:
    """Counts on these boards; `decides` are the ids of those on which the person decides requests."""
    _count_actions(user, told, today)
    for board, number in unanswered(user, told):
        told[board].challenged = number
    for board, number in to_decide(user, decides).items():
        told[board].to_decide = number


def unanswered(user: User, boards: Iterable[int]) -> Iterable[tuple[int, int]]:
    """(board id, number) of the open challenges that wait for this person's answer: one query."""
    mine = Challenge.objects.waiting_for(user).filter(board__in=list(boards)).order_by()
    return mine.values("board").annotate(number=Count("pk")).values_list("board", "number")


def _count_actions(user: User, found: dict[int, Waiting], today: date) -> None:
    mine = Action.objects.current().filter(plan__board__in=found, plan__status=PlanStatus.LIVE)
    mine = mine.exclude(plan__ends__lt=today).led_by(user).with_rating(today)
    columns = ("plan__board_id", "pk", "area_id", "target_due", "rating", "updated_on")
    for board, *row in mine.order_by().values_list(*columns):
        action, waiting = Standing(*row), found[board]
        waiting.mine += not action.is_complete
        waiting.to_do += action.is_quiet(waiting.shown)
        waiting.overdue += action.is_overdue(waiting.shown)
