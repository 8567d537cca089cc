"""Which words of a file the board had already and has changed by hand since: they are no news."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from plans.models import Action, ActionRecommendation, Area, Plan, Step
from plans.spreadsheets.preview import Comparison, FieldChange, fold
from plans.wording.numbering import numbered

TEXTS = (
    "reference",
    "title",
    "activity",
    "outcome",
    "objective",
    "success_criteria",
    "what_it_means",
    "links",
    "leads_text",
)
COLUMNS = (*TEXTS, "notes", "area_id")
BY_IMPORT = "import "
MOST_IDS = 500
# What a field was, one after the other, each with the reason given in the history.
Trail = Sequence[tuple[Any, str]]


def mark_edited(plan: Plan | None, comparisons: Iterable[Comparison]) -> None:
    """Says of each change whether it is news, in a number of queries that does not grow with the rows."""
    changed = [one for one in comparisons if one.changes and one.standing]
    if plan is None or not changed:
        return
    trails = Trails(plan, changed)
    for one in changed:
        news = {each.field: not trails.is_edited(one, each) for each in one.changes}
        if one.steps_follow:
            news["steps"] = news["activity"]
        one.changes = [replace(each, is_news=news[each.field]) for each in one.changes]


def was_edited(trail: Trail, wanted: Any) -> bool:
    """Whether the value was once `wanted`, and was changed last by somebody and not by an import."""
    turns = [(value, reason) for (before, _), (value, reason) in pairwise(trail) if value != before]
    if not turns or turns[-1][1].startswith(BY_IMPORT):
        return False
    earlier = [trail[0][0], *(value for value, _ in turns[:-1])]
    return wanted in earlier


class Trails:
    """What the fields of the changed actions were over time; of steps and answers only where one changes."""

    def __init__(self, plan: Plan, changed: Sequence[Comparison]):
        self.plan = plan
        self.ids = {one.standing.id for one in changed}
        fields = {each.field for one in changed for each in one.changes}
        self.actions = self._of_actions()
        self.lists = {
            "steps": self._of_lists(Step, ("number", "text", "target_text"), "steps" in fields),
            "recommendations": self._of_lists(
                ActionRecommendation,
                ("recommendation__reference", "recommendation__text"),
                "recommendations" in fields,
            ),
        }
        self.areas = Headings(plan) if "area" in fields else None

    def is_edited(self, one: Comparison, change: FieldChange) -> bool:
        rows = self.actions[one.standing.id]
        if change.field == "area":
            return self.areas.was_edited(_column(rows, "area_id"), one)
        if change.field in self.lists:
            trail = self.lists[change.field][one.standing.id]
            return was_edited([((), BY_IMPORT), *trail], _as_set(getattr(one.proposal, change.field)))
        if change.field == "notes":
            trail = [(_as_set(notes), reason) for notes, reason in _column(rows, "notes")]
            return was_edited(trail, _as_set(one.proposal.notes))
        name = "leads_text" if change.field == "leads" else change.field
        trail = [(fold_words(words), reason) for words, reason in _column(rows, name)]
        return was_edited(trail, fold_words(one.proposal.texts[name]))

    def _mine(self, rows, action: str, plan: str):
        few = len(self.ids) <= MOST_IDS
        return rows.filter(**({f"{action}__in": self.ids} if few else {plan: self.plan})).order_by(
            "history_id"
        )

    def _of_actions(self) -> Mapping[int, list[tuple]]:
        found: dict[int, list[tuple]] = defaultdict(list)
        rows = self._mine(Action.history.all(), "id", "plan")
        for pk, reason, *values in rows.values_list("id", "history_change_reason", *COLUMNS):
            found[pk].append((values, reason or ""))
        return found

    def _of_lists(self, model: type, columns: Sequence[str], wanted: bool) -> Mapping[int, list]:
        """After each row of the history, all that the action had of these then."""
        found: dict[int, list] = defaultdict(list)
        now: dict[int, dict[int, tuple]] = defaultdict(dict)
        rows = self._mine(model.history.all(), "action", "action__plan") if wanted else model.history.none()
        for action, pk, kind, reason, *values in rows.values_list(
            "action", "id", "history_type", "history_change_reason", *columns
        ):
            if kind == "-":
                now[action].pop(pk, None)
            else:
                now[action][pk] = values
            found[action].append((_as_set(now[action].values()), reason or ""))
        return found


class Headings:
    """The plan's headings with all the words that each has had."""

    def __init__(self, plan: Plan):
        self.parents = dict(Area.objects.filter(plan=plan).values_list("id", "parent"))
        self.names: dict[int, set[str]] = defaultdict(set)
        rows = Area.history.filter(plan=plan)
        for pk, reference, title in rows.values_list("id", "reference", "title"):
            self.names[pk].add(fold(numbered(reference, title)))

    def was_edited(self, trail: Trail, one: Comparison) -> bool:
        """Whether the action was moved away from the file's heading, or that heading was renamed."""
        areas = [area for area, _ in trail]
        if areas and self._is_called(areas[-1], one.proposal.path):
            return True
        before = [area for area in dict.fromkeys(areas[:-1]) if self._is_called(area, one.proposal.path)]
        return any(was_edited(trail, area) for area in before)

    def _is_called(self, area: int | None, path: Collection[str]) -> bool:
        for part in reversed(path):
            if area is None or fold(part) not in self.names[area]:
                return False
            area = self.parents.get(area)
        return area is None


def _column(rows: Iterable[tuple], name: str) -> list[tuple[Any, str]]:
    place = COLUMNS.index(name)
    return [(values[place], reason) for values, reason in rows]


def fold_words(words: str) -> str:
    return " ".join(words.split())


def _as_set(items: Iterable[Sequence[str]]) -> tuple:
    """Parts in an order of their own: history does not keep that of the page."""
    return tuple(sorted(tuple(fold_words(part) for part in item) for item in items))
