"""What the page of one heading of a plan says: its counts, and the headings and actions inside it."""

from collections import Counter
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from plans.filters import UNRATED_CHOICE
from plans.models import Area
from plans.rating import Meaning
from plans.standing import AsAt, inside


class AreaPage:
    def __init__(self, area: Area, shown: AsAt):
        self.area, self.plan, self.shown = area, area.plan, shown
        self.key = {rating.code: rating.entry for rating in self.plan.key.all()}
        self.areas = list(self.plan.areas.current())
        parents = {each.pk: each.parent_id for each in self.areas}
        self.inside = inside(parents, area.pk)
        rated = (
            self.plan.actions.shown(shown)
            .with_rating(shown.day)
            .with_target(shown.day)
            .filter(area__in=self.inside)
        )
        self.rows = list(rated.order_by().values_list("area_id", "rating", "due"))

    @cached_property
    def actions(self):
        """The actions for its table, those of its sub-headings too."""
        actions = self.plan.actions.shown(self.shown).with_rating(self.shown.day)
        actions = actions.with_target(self.shown.day).with_moves(self.shown.day)
        return actions.filter(area__in=self.inside).select_related("area")

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def overdue(self) -> int:
        return sum(
            bool(due and due < self.shown.day and rating != Meaning.COMPLETE) for _, rating, due in self.rows
        )

    def url(self, **chosen) -> str:
        query = urlencode({"plan": self.plan.pk, "area": self.area.pk} | chosen)
        return f"{reverse('plans:action_list', args=[self.plan.board.slug])}?{query}"

    @property
    def all_url(self) -> str:
        return self.url()

    @property
    def overdue_url(self) -> str:
        return self.url(due="overdue")

    @cached_property
    def counts(self):
        now = Counter(rating for _, rating, _ in self.rows)
        codes = [*self.key, *([""] if now[""] else [])]
        return [(self.key.get(code), now[code], self.url(rating=code or UNRATED_CHOICE)) for code in codes]

    @cached_property
    def children(self) -> list[tuple[Area, int]]:
        """The headings directly inside, with how many actions stand directly under each."""
        direct = Counter(area for area, _, _ in self.rows)
        return [(each, direct[each.pk]) for each in self.areas if each.parent_id == self.area.pk]
