"""What a bundle is about: one plan, area or recommendation on a day, and the actions within."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Prefetch, Q, QuerySet

from plans.coverage import answering_on
from plans.document import labels_of
from plans.history.answers import answers_on, links_on, tell_answers
from plans.history.leads import LeadNames
from plans.history.then import PlanThen
from plans.models import Action, ActionLead, Area, Board, Plan, Recommendation, Step, TargetMove
from plans.standing import AsAt, inside, shown_day


@dataclass
class Scope:
    """`about` is the plan, area or recommendation; `day` the day asked for, `today` that of asking."""

    board: Board
    about: Plan | Area | Recommendation
    day: date
    today: date

    @property
    def plan(self) -> Plan | None:
        """The plan that it lies within; a recommendation may be answered in several."""
        if isinstance(self.about, Recommendation):
            return None
        return self.about.plan if isinstance(self.about, Area) else self.about

    @property
    def is_whole_plan(self) -> bool:
        return isinstance(self.about, Plan)

    @property
    def kind(self) -> str:
        """Such as "Area": what the title begins with."""
        return self.about._meta.verbose_name.capitalize()

    @cached_property
    def shown(self) -> AsAt:
        return self._shown(self.plan)

    def _shown(self, plan: Plan | None) -> AsAt:
        return shown_day(plan, self.today, chosen=self.day if self.day < self.today else None)

    @property
    def past_day(self) -> date | None:
        return self.shown.past_day

    @cached_property
    def names(self) -> LeadNames:
        return LeadNames(self.board, self.past_day)

    @cached_property
    def thens(self) -> dict[int, PlanThen]:
        """By plan its words as on the day."""
        plans = {self.plan.pk: self.plan} if self.plan else {one.plan_id: one.plan for one in self._found}
        return {pk: PlanThen(plan, self._shown(plan), self.names) for pk, plan in plans.items()}

    @cached_property
    def areas(self) -> list[Area]:
        """The headings within, depth first; none of a recommendation."""
        if self.plan is None:
            return []
        areas = self.thens[self.plan.pk].areas
        if self.is_whole_plan:
            return areas
        within = inside({area.pk: area.parent_id for area in areas}, self.about.pk)
        return [area for area in areas if area.pk in within]

    @cached_property
    def _found(self) -> list[Action]:
        """In the order of the plan."""
        moves = TargetMove.objects.standing(self.day).filter(step__isnull=True)
        actions = self._chosen().with_rating(self.day).with_target(self.day).with_sign_off(self.day)
        return list(
            actions.select_related("plan", "area")
            .order_by("plan", "area__position", "position", "pk")
            .prefetch_related(
                "steps",
                "recommendations",
                Prefetch("action_leads", ActionLead.objects.select_related("lead")),
                Prefetch("moves", moves, to_attr="standing_moves"),
            )
        )

    def _chosen(self) -> QuerySet[Action]:
        if self.plan is None:
            return answering_on(self.board, self.day).filter(self._answers())
        actions = self.plan.actions.standing_on(self.day)
        if self.is_whole_plan:
            return actions
        return self.thens[self.plan.pk].under(actions, [area.pk for area in self.areas])

    def _answers(self) -> Q:
        if self.past_day is None:
            return Q(action_recommendations__recommendation=self.about)
        named = links_on(Q(recommendation_id=self.about.pk), self.day)
        return Q(pk__in=[action for _, action in named])

    @cached_property
    def actions(self) -> list[Action]:
        """With their words of the day."""
        for plan, then in self.thens.items():
            then.tell(action for action in self._found if action.plan_id == plan)
        tell_answers(self._found, answers_on(self.board, self.past_day))
        return self._found

    @cached_property
    def ids(self) -> list[int]:
        return [action.pk for action in self._found]

    @cached_property
    def steps(self) -> dict[int, list[Step]]:
        found: dict[int, list[Step]] = {}
        for plan, then in self.thens.items():
            found |= then.steps([action for action in self.actions if action.plan_id == plan])
        return found

    @cached_property
    def labels(self) -> dict[int, dict[str, str]]:
        return {pk: labels_of(then.plan) for pk, then in self.thens.items()}

    def of_areas(self, name: str = "area") -> Q:
        return Q(**{f"{name}__in": [area.pk for area in self.areas]})

    def of_actions(self, name: str = "action") -> Q:
        return Q(**{f"{name}__in": self.ids})

    def rating(self, action: Action, code: str | None = None) -> str:
        """The word of the action's rating, or of another code of its plan's key."""
        entry = self.thens[action.plan_id].key.get(action.rating if code is None else code)
        return entry.word if entry else "Not rated"

    def words_of(self, rows: Iterable[Action]) -> dict[int, str]:
        return {action.pk: name_of(action) for action in rows}


def name_of(action: Action) -> str:
    return " ".join(f"{action.reference} {action.title}".split())
