"""One reading of a feed: who reads, which board, and the day that is asked for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice

from django.conf import settings
from django.urls import reverse

from plans.access import Access, Permission
from plans.history.answers import AnswersThen, answers_on
from plans.history.leads import LeadNames
from plans.history.then import PlanThen
from plans.models import Action, Meeting, Plan
from plans.models.querysets import ActionQuerySet
from plans.rating import KeyEntry
from plans.standing import AsAt, shown_day


@dataclass(frozen=True)
class PlanRead:
    """A plan as on its page: the day that is shown, its words and key of then, and what answered what."""

    plan: Plan
    shown: AsAt
    then: PlanThen
    answers: AnswersThen | None

    @property
    def key(self) -> dict[str, KeyEntry]:
        return self.then.key

    @property
    def actions(self) -> ActionQuerySet:
        """The actions that the plan's page counts."""
        return self.plan.actions.shown(self.shown)

    @property
    def in_order(self) -> ActionQuerySet:
        return self.actions.order_by("area__position", "position", "id")


class Reading:
    """`chosen` is the day asked for; None for now."""

    def __init__(self, access: Access, today: date, chosen: date | None = None):
        self.access, self.board, self.today, self.chosen = access, access.board, today, chosen

    @property
    def day(self) -> date:
        return self.chosen or self.today

    @property
    def past_day(self) -> date | None:
        """The day where it is a past one, after which nothing is told."""
        return self.chosen if self.chosen and self.chosen < self.today else None

    @property
    def may_write(self) -> bool:
        return self.access.may(Permission.UPDATE)

    @cached_property
    def meetings(self) -> list[Meeting]:
        return list(self.board.meetings.standing())

    def plans(self) -> Iterator[PlanRead]:
        """Those that had begun by the day, in the order of the board's pages."""
        plans = self.board.plans.newest_first()
        for plan in plans.begun_by(self.past_day) if self.past_day else plans:
            plan.board = self.board
            shown = self.shown(plan)
            then = PlanThen(plan, shown, self.names if shown.is_past else None)
            yield PlanRead(plan, shown, then, self.answers if shown.is_past else None)

    @cached_property
    def names(self) -> LeadNames:
        """What the board's leads were called, for each of its plans."""
        return LeadNames(self.board, self.past_day)

    @cached_property
    def answers(self) -> AnswersThen | None:
        """The board's answered recommendations, for each of its plans."""
        return answers_on(self.board, self.past_day)

    def shown(self, plan: Plan) -> AsAt:
        """As on the plan's pages, which show a plan that has ended as at its end."""
        asked = self.chosen if self.chosen and self.chosen <= plan.as_at(self.today) else None
        return shown_day(plan, self.today, chosen=asked, meetings=self.meetings)

    @cached_property
    def _address(self) -> str:
        return settings.SITE_URL + reverse("dashboard", args=[self.board.slug])

    def address(self, action: Action) -> str:
        """Of the action's page, without asking the address book for each of thousands."""
        return f"{self._address}actions/{action.pk}/"


def batches(rows: Iterable, size: int) -> Iterator[list]:
    """The rows, so many at a time."""
    left = iter(rows)
    while some := list(islice(left, size)):
        yield some
