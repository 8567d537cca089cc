"""A plan as the document it came from: its headings inside each other, its actions in their own words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, QuerySet

from plans.history.answers import answered_by, answers_on, tell_answers
from plans.history.leads import leads_then
from plans.history.then import PlanThen
from plans.models import Action, ActionLead, Area, Plan, Step, TargetMove
from plans.rating import KeyEntry
from plans.standing import AsAt, inside, sign_off_flag, top_of
from plans.steps import split_steps
from plans.wording.phrases import moved_words

# A plan with more actions is shown one top heading at a time, and a heading with more on pages.
MOST_AT_ONCE = 120
DEFAULT_LABELS = {
    "title": "Action",
    "activity": "Activity",
    "outcome": "Outcome",
    "objective": "Objective",
    "success_criteria": "Success criteria",
    "what_it_means": "What this means for children",
    "leads": "Lead",
    "target": "Target date",
    "rating": "Rating",
    "links": "Links",
    "recommendation": "Recommendations",
}


TEXTS = ("outcome", "objective", "success_criteria", "what_it_means", "links")


@dataclass
class Entry:
    """An action in the document, with its rating's key entry."""

    action: Action
    rating: KeyEntry | None
    labels: Mapping[str, str]
    steps_then: list[Step] | None = None

    @property
    def steps(self) -> list[Step]:
        return list(self.action.steps.all()) if self.steps_then is None else self.steps_then

    @property
    def leads(self) -> list[tuple[str, bool]]:
        """(name, whether accountable) of each lead, the accountable one first."""
        return leads_then(self.action)

    @property
    def first_move(self) -> TargetMove | None:
        return next(iter(self.action.standing_moves), None)

    @property
    def moved(self) -> str:
        moves = self.action.standing_moves
        return moved_words(len(moves), sum(move.days or 0 for move in moves))

    @property
    def activity(self) -> str:
        return activity_of(self.action, self.steps)

    @property
    def sign_off(self) -> tuple[str, str] | None:
        action = self.action
        return sign_off_flag(
            rating=action.rating,
            needed=action.plan.blue_needs_sign_off,
            signed_off_on=action.signed_off_on,
            waiting=action.sign_off_waiting,
        )

    @property
    def texts(self) -> list[tuple[str, str]]:
        """What the action says beside its activity, each under the council's own heading."""
        action = self.action
        recommendations = "\n".join(map(str, answered_by(action)))
        named = [(self.labels[name], getattr(action, name)) for name in TEXTS]
        rest = [(self.labels["recommendation"], recommendations), *map(tuple, action.notes)]
        return [(label, words) for label, words in [*named, *rest] if words]


@dataclass
class Part:
    """A heading with what stands under it; `heading` is its rank in the page, from 2."""

    area: Area
    heading: int
    parts: list["Part"] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    @property
    def level_name(self) -> str:
        """The heading's kind, unless its own words begin with it."""
        name = self.area.level_name
        return "" if str(self.area).casefold().startswith(name.casefold()) else name

    @property
    def below(self) -> int:
        """The rank of the actions' headings."""
        return min(self.heading + 1, 6)


@dataclass(frozen=True)
class Contents:
    """A line of the table of contents."""

    area: Area
    actions: int
    current: bool


class Document:
    """The whole plan, or of a large one the part under one top heading (`chosen`, else the first)."""

    def __init__(self, plan: Plan, shown: AsAt, chosen: str = "", page: str = "1"):
        self.plan, self.shown = plan, shown
        self.then = PlanThen(plan, shown)
        self.key, self.areas = self.then.key, self.then.areas
        self.parents: Mapping[int, int | None] = {area.pk: area.parent_id for area in self.areas}
        self.counts = self._counts()
        self.total = sum(self.counts.values())
        self.in_parts = self.total > MOST_AT_ONCE
        self.tops = [area for area in self.areas if area.parent_id is None]
        self.current = self._current(chosen) if self.in_parts else None
        self.page = self._page(page)
        self.parts = self._parts()

    def _counts(self) -> dict[int, int]:
        tops = top_of(self.parents)
        found: dict[int, int] = {}
        actions = self.plan.actions.shown(self.shown).order_by()
        for area, number in actions.values_list("area").annotate(n=Count("id")):
            top = tops.get(area, area)
            found[top] = found.get(top, 0) + number
        for area, pk in actions.filter(pk__in=list(self.then.changed)).values_list("area", "pk"):
            for top, number in ((tops.get(area, area), -1), (tops.get(self.then.area_of(pk, area)), 1)):
                found[top] = found.get(top, 0) + number
        return found

    def _current(self, chosen: str) -> Area | None:
        first = next(iter(self.tops), None)
        return next((area for area in self.tops if str(area.pk) == chosen), first)

    @property
    def contents(self) -> list[Contents]:
        return [Contents(area, self.counts.get(area.pk, 0), area == self.current) for area in self.tops]

    def _page(self, number: str) -> Page:
        within = inside(self.parents, self.current.pk) if self.current else set(self.parents)
        actions = actions_of_document(self.plan, self.shown, within, self.then)
        page = Paginator(actions, MOST_AT_ONCE).get_page(number)
        page.object_list = list(page.object_list)
        return page

    def _parts(self) -> list[Part]:
        """The headings with something under them, or all of them where everything is shown."""
        by_area: dict[int, list[Entry]] = {}
        actions = self.page.object_list
        steps = self.then.steps(actions)
        self.then.tell(actions)
        tell_answers(actions, answers_on(self.plan.board, self.shown.past_day))
        for action in actions:
            entry = Entry(action, self.key.get(action.rating), self.labels, steps.get(action.pk, []))
            by_area.setdefault(action.area_id, []).append(entry)
        shown = self._with_parents(by_area) if self.in_parts else set(self.parents)
        parts: dict[int, Part] = {}
        roots = []
        for area in (area for area in self.areas if area.pk in shown):
            parent = parts.get(area.parent_id)
            rank = min(parent.heading + 1, 6) if parent else 2
            parts[area.pk] = Part(area, rank, entries=by_area.get(area.pk, []))
            (parent.parts if parent else roots).append(parts[area.pk])
        return roots

    def _with_parents(self, areas: Iterable[int]) -> set[int]:
        found: set[int] = set()
        for area in areas:
            pk: int | None = area
            while pk is not None and pk not in found:
                found.add(pk)
                pk = self.parents.get(pk)
        return found

    @cached_property
    def withdrawn(self) -> list[Action]:
        """Withdrawn by the day shown."""
        withdrawn = list(self.plan.actions.gone(self.shown).select_related("merged_into"))
        self.then.tell(withdrawn)
        return withdrawn

    @cached_property
    def labels(self) -> dict[str, str]:
        return labels_of(self.plan)


def activity_of(action: Action, steps: Iterable[Step]) -> str:
    """The activity without the steps that it numbers, which are listed with their state.

    Some may have been edited, put in another order or added since; one that was removed shows in the text.
    """
    introduction, numbered = split_steps(action.activity) if steps else (action.activity, ())
    texts, numbers = {step.text for step in steps}, {step.number for step in steps}
    alike = [step for step in numbered if step.text in texts]
    listed = len(alike) * 2 >= len(numbered) and all(
        step.text in texts or step.number in numbers for step in numbered
    )
    return introduction if numbered and listed else action.activity


def labels_of(plan: Plan) -> dict[str, str]:
    """The council's own heading for each field of an action, where its workbook had one."""
    own = {column["field"]: column["header"] for column in reversed(plan.columns) if column.get("header")}
    return DEFAULT_LABELS | {name: own[name] for name in DEFAULT_LABELS if name in own}


def actions_of_document(
    plan: Plan, shown: AsAt, areas: Iterable[int], then: PlanThen | None = None
) -> QuerySet:
    """The actions under these headings with all that the document says of them, in the plan's order."""
    moves = TargetMove.objects.standing(shown.day).filter(step__isnull=True)
    then = then or PlanThen(plan, shown)
    actions = plan.actions.shown(shown).with_rating(shown.day).with_target(shown.day)
    actions = actions.with_sign_off(shown.day)
    actions = then.under(actions, areas)
    return actions.prefetch_related(
        "steps",
        "recommendations",
        Prefetch("action_leads", ActionLead.objects.select_related("lead")),
        Prefetch("moves", moves, to_attr="standing_moves"),
    )
