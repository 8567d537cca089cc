"""The chain of one plan as at a day: its links gathered for the pure functions, and its breaks with names."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from impact.judging import judge_all
from impact.models import Measure, MeasureAction, Narrative
from impact.rows import CONCERN, IMPROVING, UNJUDGED, UNUSUAL, MeasureRow, panel_of
from impact.services.narrative_board import is_supported, with_support
from improvement.chain import ActionLink, Breaks, MeasureLink, SoWhatLink, find_breaks
from plans.history.then import PlanThen
from plans.models import Action, Area, Plan
from plans.rating import KeyEntry, Meaning
from plans.standing import AsAt


@dataclass(frozen=True)
class ActionBreak:
    action: Action
    entry: KeyEntry | None
    rows: list[MeasureRow]


class Chain:
    """A fixed number of queries, however many links there are."""

    def __init__(self, plan: Plan, shown: AsAt):
        self.plan, self.shown = plan, shown
        self.then = PlanThen(plan, shown)
        self.key = self.then.key

    @cached_property
    def areas(self) -> dict[int, Area]:
        return {area.pk: area for area in self.then.areas}

    @cached_property
    def actions(self) -> dict[int, Action]:
        actions = self.plan.actions.shown(self.shown).with_rating(self.shown.day)
        found = list(actions.order_by("area__position", "position", "id"))
        self.then.tell(found)
        return {action.pk: action for action in found}

    @cached_property
    def measures_of(self) -> dict[int, set[int]]:
        """By action the ids of the measures linked to it."""
        found: dict[int, set[int]] = defaultdict(set)
        links = MeasureAction.objects.filter(action__plan=self.plan)
        for action, measure in links.values_list("action_id", "measure_id"):
            found[action].add(measure)
        return found

    @cached_property
    def rows(self) -> dict[int, MeasureRow]:
        """By measure its judged row; of a stock that of its monthly change. Concern comes first."""
        here = Q(areas__plan=self.plan) | Q(actions__plan=self.plan)
        nowhere = Q(areas__isnull=True, actions__isnull=True)
        measures = (
            Measure.objects.filter(board=self.plan.board_id).current(self.shown.day).filter(here | nowhere)
        )
        panel = panel_of(judge_all(measures.distinct(), until=self.shown.day, known=self.shown.past_day))
        return {row.measure.pk: row for row in panel.rows}

    @cached_property
    def so_whats(self) -> list[Narrative]:
        """The newest published "so what" of each heading."""
        told = (
            Narrative.objects.published(self.shown.past_day).filter(area__plan=self.plan).exclude(so_what="")
        )
        latest: dict[int, Narrative] = {}
        for narrative in with_support(told):
            latest.setdefault(narrative.area_id, narrative)
        return list(latest.values())

    @cached_property
    def breaks(self) -> Breaks:
        return find_breaks(
            [
                ActionLink(
                    action.pk,
                    action.area_id,
                    action.rating == Meaning.COMPLETE,
                    frozenset(self.measures_of[action.pk]),
                )
                for action in self.actions.values()
            ],
            [MeasureLink(pk, row.group == CONCERN, has_moved(row)) for pk, row in self.rows.items()],
            [SoWhatLink(each.pk, each.area_id, is_supported(each)) for each in self.so_whats],
            {area.pk: area.parent_id for area in self.areas.values()},
        )

    @property
    def done_unmoved(self) -> list[ActionBreak]:
        return [self._action(pk) for pk in self.breaks.done_unmoved]

    @property
    def concern_without_action(self) -> list[MeasureRow]:
        return [self.rows[pk] for pk in self.breaks.concern_without_action]

    @property
    def unsupported(self) -> list[Narrative]:
        told = {each.pk: each for each in self.so_whats}
        return [told[pk] for pk in self.breaks.unsupported]

    @property
    def done_without_so_what(self) -> list[ActionBreak]:
        return [self._action(pk) for pk in self.breaks.done_without_so_what]

    def _action(self, pk: int) -> ActionBreak:
        action = self.actions[pk]
        rows = [self.rows[measure] for measure in self.measures_of[pk] if measure in self.rows]
        return ActionBreak(action, self.key.get(action.rating), sorted(rows, key=lambda row: row.rank))


def has_moved(row: MeasureRow) -> bool | None:
    """Whether it moved for the better, or at all where no way is better; None where nobody can tell yet."""
    return None if row.group == UNJUDGED else row.group in (IMPROVING, UNUSUAL)
