"""A plan's words as they were at the end of a past day: from history, as far as that goes back.

What counts from a day of its own (ratings, targets, steps done) goes by that day, not by history.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from plans.history.leads import LeadNames
from plans.history.steps import StepsThen
from plans.history.versions import Version, note_of, versions
from plans.leads import split_leads
from plans.models import Action, ActionLead, Area, Plan, ProgressUpdate, RatingKey, Step
from plans.rating import KeyEntry
from plans.standing import AsAt
from plans.wording.phrases import TAKEN_BACK, undo_behind

TEXTS = (
    "reference",
    "title",
    "activity",
    "outcome",
    "objective",
    "success_criteria",
    "what_it_means",
    "leads_text",
    "links",
    "notes",
)
WITHDRAWAL = ("withdrawn_on", "withdrawn_reason", "merged_into_id")
# Databases take only so many values in one question.
MOST_BY_ID = 500


def tell_plans(plans: Collection[Plan], shown: AsAt) -> str:
    """Gives plans their titles, statuses and dates of the day shown; the note on them. Never save them."""
    if not shown.is_past:
        return ""
    found = versions(Plan, Q(id__in=[plan.pk for plan in plans]), shown.day)
    for plan in plans:
        for name in ("title", "status", "starts", "ends") if plan.pk in found else ():
            setattr(plan, name, getattr(found[plan.pk].row, name))
    return note_of({version.first for version in found.values() if version.is_early})


class PlanThen:
    """A plan's headings, key and words on the day shown: those of now, unless a past day is asked for.

    `plan` itself is given the title and names of then; never save it. Many plans of a board share `names`.
    """

    def __init__(self, plan: Plan, shown: AsAt, names: LeadNames | None = None):
        self.plan, self.shown = plan, shown
        self.names = names or LeadNames(plan.board_id, shown.past_day)
        self.began: date | None = None
        self._early: set[date] = set()
        if shown.is_past:
            self._tell_plan()

    def _tell_plan(self) -> None:
        if found := self._look_up(Plan, Q(id=self.plan.pk)).get(self.plan.pk):
            self.began = found.first
            for name in ("title", "level_names", "columns"):
                setattr(self.plan, name, getattr(found.row, name))

    def _look_up(self, model: type, condition: Q) -> dict[int, Version]:
        found = versions(model, condition, self.shown.day)
        self._early |= {version.first for version in found.values() if version.is_early}
        return found

    def _from_the_beginning(self, found: Mapping[int, Version]) -> dict[int, Version]:
        """Without what was added after the day: later than the plan itself, whose history may begin late."""
        return {
            pk: version
            for pk, version in found.items()
            if not version.is_early or self.began is None or version.first <= self.began
        }

    @property
    def note(self) -> str:
        """Says that words are later than the day shown; "" where they are not."""
        return note_of(self._early)

    @cached_property
    def key(self) -> dict[str, KeyEntry]:
        """The plan's key by code."""
        now = {rating.code: rating.entry for rating in self.plan.key.all()}
        if not self.shown.is_past:
            return now
        found = self._from_the_beginning(self._look_up(RatingKey, Q(plan_id=self.plan.pk)))
        rows = sorted((version.row for version in found.values()), key=lambda row: (row.position, row.pk))
        then = {row.code: row.entry for row in rows}
        later = [code for code in now if code not in then]
        return then | {code: now[code] for code in later and self._given(later)}

    def _given(self, codes: list[str]) -> list[str]:
        """Those of the ratings, all added to the key later, that updates give which count from before."""
        updates = ProgressUpdate.objects.standing(self.shown.day).filter(action__plan=self.plan)
        return list(updates.filter(rating__in=codes).order_by().values_list("rating", flat=True).distinct())

    @cached_property
    def areas(self) -> list[Area]:
        """The plan's headings, depth first."""
        past = self.shown.is_past
        areas = self._areas_then(self.areas_now) if past else list(self.plan.areas.current())
        for area in areas:
            area.plan = self.plan
        return areas

    @cached_property
    def areas_now(self) -> list[Area]:
        """Every heading as it now is, withdrawn ones too."""
        return list(self.plan.areas.all())

    def _areas_then(self, now: list[Area]) -> list[Area]:
        """In the order of now, which history does not keep."""
        places = {area.pk: area.position for area in now}
        found = self._look_up(Area, Q(plan_id=self.plan.pk))
        standing = self._from_the_beginning(found)
        later = found.keys() - standing.keys()
        standing |= {pk: found[pk] for pk in self._held(later)} if later else {}
        areas = [version.row for version in standing.values() if version.row.withdrawn_on is None]
        by_id = {area.pk: area for area in areas}
        for area in areas:
            area.position = places.get(area.pk, area.position)
            area.parent = by_id.get(area.parent_id)
        return sorted(areas, key=lambda area: (area.position, area.pk))

    def _held(self, areas: Iterable[int]) -> set[int]:
        """Those of the headings that hold an action on the day."""
        elsewhere = list(self.changed)
        actions = self.plan.actions.standing_on(self.shown.day).order_by()
        then = {
            self.changed[pk].row.area_id
            for pk in actions.filter(pk__in=elsewhere).values_list("pk", flat=True)
        }
        here = actions.filter(area__in=list(areas)).exclude(pk__in=elsewhere)
        return {*here.values_list("area", flat=True).distinct(), *(then & set(areas))}

    @cached_property
    def areas_by_id(self) -> dict[int, Area]:
        return {area.pk: area for area in self.areas}

    @cached_property
    def changed(self) -> dict[int, Version]:
        """As on the day, the actions whose heading or leads were changed or lost to an undone import."""
        if not self.shown.is_past:
            return {}
        rows = Action.history.filter(plan_id=self.plan.pk).order_by().values("id")
        counted = rows.annotate(
            areas=Count("area_id", distinct=True), leads=Count("leads_text", distinct=True)
        )
        changed = counted.filter(Q(areas__gt=1) | Q(leads__gt=1)).values("id")
        undone = self.plan.actions.filter(withdrawn_reason__regex=TAKEN_BACK).values("id")
        return versions(Action, Q(id__in=changed) | Q(id__in=undone), self.shown.day)

    def area_of(self, action: int, area: int) -> int:
        """The id of the heading that the action stood under, given the one of now."""
        version = self.changed.get(action)
        return version.row.area_id if version and version.row.area_id in self.areas_by_id else area

    def in_order(self, actions: Iterable[Action]) -> list[Action]:
        """Actions that were told, in the order of the day's headings."""
        places = {area.pk: place for place, area in enumerate(self.areas)}
        return sorted(actions, key=lambda action: (places.get(action.area_id, len(places)), action.position))

    def under(self, actions: QuerySet, areas: Iterable[int]) -> QuerySet:
        """Those of the actions that stood under one of the headings."""
        areas = set(areas)
        then = {pk: self.area_of(pk, version.row.area_id) for pk, version in self.changed.items()}
        came = [pk for pk, area in then.items() if area in areas]
        went = then.keys() - set(came)
        return actions.filter(Q(area__in=areas) & ~Q(pk__in=went) | Q(pk__in=came))

    def is_led(self, action: int, now: bool) -> bool:
        version = self.changed.get(action)
        return bool(split_leads(version.row.leads_text)) if version else now

    def without_lead(self, actions: QuerySet) -> QuerySet:
        """Those of the actions that nobody led."""
        unled = [pk for pk in self.changed if not self.is_led(pk, now=False)]
        led_now = Exists(ActionLead.objects.filter(action=OuterRef("pk")))
        return actions.filter(~led_now & ~Q(pk__in=list(self.changed)) | Q(pk__in=unled))

    def tell(self, actions: Iterable[Action]) -> None:
        """Gives each action the words of the day; where its leads were others, `leads_then` names them, and
        `names_then` knows what those of now were called.
        """
        actions = list(actions)
        if not self.shown.is_past or not actions:
            return
        few = len(actions) <= MOST_BY_ID
        these = Q(id__in=[action.pk for action in actions]) if few else Q(plan_id=self.plan.pk)
        found = self._look_up(Action, these)
        for action in actions:
            if version := found.get(action.pk):
                self._tell_action(action, version.row)

    def _tell_action(self, action: Action, then: Action) -> None:
        action.names_then = self.names
        if action.leads_text != then.leads_text or undo_behind(action.withdrawn_reason):
            action.leads_then = [self.names.written(name) for name in split_leads(then.leads_text)]
        for name in TEXTS:
            setattr(action, name, getattr(then, name))
        if action.withdrawn_on is None or action.withdrawn_on > self.shown.day:
            for name in WITHDRAWAL:
                setattr(action, name, getattr(then, name))
        if heading := self.areas_by_id.get(then.area_id):
            action.area = heading

    def steps(self, actions: Iterable[Action]) -> dict[int, list[Step]]:
        """By action its steps with their dates as on the day; `done_on` is None for those done later.

        Of now they must have been prefetched.
        """
        now = {action.pk: list(action.steps.all()) for action in actions}
        if not self.shown.is_past or not now:
            return now
        return StepsThen(now, self.shown.day).by_action
