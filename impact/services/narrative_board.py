"""What a board reads of a plan's narratives: the latest of each area, and the areas that have none."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Max, OuterRef, Subquery

from impact.models import Narrative, NarrativeStatus
from impact.periods import is_old
from plans.models import Area, Plan, ProgressUpdate
from plans.standing import AsAt, top_of


@dataclass
class AreaStory:
    """A top heading with what was published of it, and of what is inside it, the newest first."""

    area: Area
    narratives: list[Narrative]
    last_update: date | None

    @property
    def latest(self) -> Narrative | None:
        """The newest that says what difference was made."""
        return next((each for each in self.narratives if each.so_what), None)

    @property
    def is_active(self) -> bool:
        return self.last_update is not None or any(each.done for each in self.narratives)

    @property
    def is_silent(self) -> bool:
        """Activity, but no word of what difference it made."""
        return self.is_active and self.latest is None

    def is_old(self, today: date) -> bool:
        return self.latest is not None and is_old(self.latest.starts, self.latest.ends, today)


class NarrativeBoard:
    """A plan's areas as at a day; a number of queries that does not grow."""

    def __init__(self, plan: Plan, shown: AsAt):
        self.plan, self.shown, self.day = plan, shown, shown.day

    @cached_property
    def stories(self) -> list[AreaStory]:
        areas = list(self.plan.areas.current())
        tops = top_of({area.pk: area.parent_id for area in areas})
        narratives: dict[int, list[Narrative]] = {}
        for narrative in self._published:
            narratives.setdefault(tops.get(narrative.area_id, 0), []).append(narrative)
        updated: dict[int, date] = {}
        for area, on in self._updated:
            top = tops.get(area, 0)
            updated[top] = max(on, updated.get(top, on))
        return [
            AreaStory(area, narratives.get(area.pk, []), updated.get(area.pk))
            for area in areas
            if area.parent_id is None
        ]

    @cached_property
    def _published(self) -> list[Narrative]:
        return list(
            with_support(Narrative.objects.published(self.shown.past_day).filter(area__plan=self.plan))
        )

    @property
    def _updated(self) -> Iterable[tuple[int, date]]:
        """By area the day of the last update of any action that stands directly under it."""
        updates = ProgressUpdate.objects.standing(self.day).filter(
            action__in=self.plan.actions.shown(self.shown)
        )
        return updates.order_by().values_list("action__area_id").annotate(Max("on"))

    @property
    def silent(self) -> list[AreaStory]:
        return [story for story in self.stories if story.is_silent]

    @property
    def old(self) -> list[AreaStory]:
        return [story for story in self.stories if story.is_old(self.day)]

    @property
    def told(self) -> list[AreaStory]:
        """Those that say what difference was made, the newest first."""
        told = [story for story in self.stories if story.latest]
        return sorted(told, key=lambda story: (story.latest.ends, story.latest.pk), reverse=True)

    @property
    def drafts(self):
        drafts = Narrative.objects.standing().filter(area__plan=self.plan, status=NarrativeStatus.DRAFT)
        return drafts.select_related("area", "by")


def latest_so_whats(plan: Plan, number: int, known: date | None = None) -> list[Narrative]:
    """The newest published "so what" of each heading, at most `number`, published by then: three queries."""
    told = Narrative.objects.published(known).filter(area__plan=plan).exclude(so_what="")
    newest = told.filter(area=OuterRef("area")).order_by("-ends", "-id").values("pk")[:1]
    return list(with_support(told.filter(pk=Subquery(newest)))[:number])


def with_support(narratives):
    """Narratives with their area and what supports them, the newest first: three queries."""
    narratives = narratives.select_related("area", "published_by", "imported_by")
    return narratives.prefetch_related("measures", "evidence").order_by("-ends", "-id")


def is_supported(narrative: Narrative) -> bool:
    """Whether a measure or a piece of evidence stands behind it."""
    return bool(narrative.measures.all() or narrative.evidence.all())
