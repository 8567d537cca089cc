"""What the page of one heading of a plan says: its counts, and the headings and actions inside it."""

from collections import Counter
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from improvement.signed_counts import SignedCount, signed_count
from plans.filters import UNRATED_CHOICE
from plans.history.then import PlanThen
from plans.models import Area
from plans.rating import Meaning
from plans.standing import AsAt, inside


class AreaPage:
    def __init__(self, area: Area, shown: AsAt):
        self.plan, self.shown = area.plan, shown
        self.then = PlanThen(self.plan, shown)
        self.area = self.then.areas_by_id.get(area.pk, area)
        self.key, self.areas = self.then.key, self.then.areas
        parents = {each.pk: each.parent_id for each in self.areas}
        self.inside = inside(parents, area.pk)
        rows = self._rated.order_by().values_list("pk", "area_id", "rating", "due")
        self.rows = [(self.then.area_of(pk, area_pk), *row) for pk, area_pk, *row in rows]

    @property
    def _rated(self):
        actions = self.plan.actions.shown(self.shown).with_rating(self.shown.day)
        return self.then.under(actions.with_target(self.shown.day), self.inside)

    @cached_property
    def actions(self):
        """The actions for its table, those of its sub-headings too."""
        found = self._rated.with_moves(self.shown.day).with_sign_off(self.shown.day)
        return found.select_related("area")

    @cached_property
    def signed(self) -> SignedCount | None:
        return signed_count(self.plan, self._rated, self.shown, self.key)

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
        return f"{reverse('plans:action_list', args=[self.plan.board.slug])}?{query}{self.shown.query}"

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
