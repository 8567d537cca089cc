"""What a board's dashboard says of one plan as at a day: a fixed number of queries, counted in Python.

Addresses are relative to the dashboard's own: hundreds of them stand on a page that has to stay small.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Prefetch

from plans.filters import UNRATED_CHOICE
from plans.models import Action, ActionLead, Area, Plan, TargetMove
from plans.rating import ORDER, UNRATED, KeyEntry
from plans.standing import AsAt, Moves, Standing, moves_by_action, top_of
from plans.templatetags.components import long_date
from plans.wording.phrases import change_words, days_overdue, moved_words, plural

MOST_AREAS = 25
MOST_LISTED = 8
MOST_QUESTIONS = 8


@dataclass(frozen=True)
class Count:
    """A number and the address of the very list that it counts."""

    number: int
    url: str
    entry: KeyEntry | None = None
    change: str = ""


@dataclass(frozen=True)
class AreaRow:
    area: Area
    url: str
    ratings: list[Count]
    overdue: Count
    moved: Count
    total: Count

    @property
    def bar(self):
        return [(count.entry, count.number) for count in self.ratings]


@dataclass(frozen=True)
class Listed:
    """An action named on the dashboard, with what a rating hides."""

    action: Action
    entry: KeyEntry | None
    late: str
    flags: list[tuple[str, str]]

    @property
    def url(self) -> str:
        return f"actions/{self.action.pk}/"

    @property
    def accountable(self) -> str:
        return next((link.lead.name for link in self.action.action_leads.all()), "Nobody yet")


class Dashboard:
    def __init__(self, plan: Plan, shown: AsAt):
        self.plan, self.shown = plan, shown
        self.key = {rating.code: rating.entry for rating in plan.key.all()}
        self.actions = list(standings(plan, shown))

    def url(self, **chosen) -> str:
        """The list's address as seen from the dashboard's."""
        return f"actions/?{urlencode({'plan': self.plan.pk} | chosen)}"

    def count(self, fits: Callable[[Standing], bool], **chosen) -> Count:
        return Count(sum(map(fits, self.actions)), self.url(**chosen))

    @cached_property
    def total(self) -> Count:
        return Count(len(self.actions), self.url())

    @cached_property
    def entries(self) -> list[KeyEntry]:
        """The plan's key from worst to best, its own further ratings last."""
        return sorted(
            self.key.values(),
            key=lambda entry: ORDER.index(entry.code) if entry.code in ORDER else len(ORDER),
        )

    @cached_property
    def shown_codes(self) -> list[str]:
        """The codes with a column of their own; "" for not rated, where there are such actions."""
        now = any(action.rating == UNRATED for action in self.actions)
        unrated = now or (self.has_past and any(action.before == UNRATED for action in self.actions))
        return [entry.code for entry in self.entries] + [UNRATED] * unrated

    @cached_property
    def has_past(self) -> bool:
        """Whether any action was rated a month ago: a plan that has just come in is compared with nothing."""
        return any(action.before for action in self.actions)

    @cached_property
    def ratings(self) -> list[Count]:
        now = Counter(action.rating for action in self.actions)
        before = Counter(action.before for action in self.actions)
        return [
            self._rating(code, now[code], change_words(now[code], before[code]) if self.has_past else "")
            for code in self.shown_codes
        ]

    def _rating(self, code: str, number: int, change: str = "", **chosen) -> Count:
        url = self.url(**chosen, rating=code or UNRATED_CHOICE)
        return Count(number, url, self.key.get(code), change)

    @cached_property
    def off_track(self) -> Count:
        now = sum(action.is_off_track for action in self.actions)
        before = sum(action.before == ORDER[0] for action in self.actions)
        change = change_words(now, before)
        said = "the same as" if change == "no change" else f"{change} than"
        compared = f"{said} a month ago" if self.has_past else ""
        return Count(now, self.url(rating=ORDER[0].value), change=compared)

    @cached_property
    def worse(self) -> Count:
        return self.count(lambda action: action.change == "down", changed="down")

    @cached_property
    def better(self) -> Count:
        return self.count(lambda action: action.change == "up", changed="up")

    @cached_property
    def first_rated(self) -> Count:
        return self.count(lambda action: action.change == "first", changed="first")

    @cached_property
    def overdue(self) -> Count:
        return self.count(lambda action: action.is_overdue(self.shown), due="overdue")

    @cached_property
    def overdue_on_track(self) -> Count:
        fits = lambda action: action.is_overdue_on_track(self.shown)  # noqa: E731
        count = self.count(fits, due="overdue", rating=ORDER[2].value)
        return Count(count.number, count.url, self.key.get(ORDER[2]))

    @cached_property
    def moved(self) -> Count:
        return self.count(lambda action: action.moves.lately > 0, moved="month")

    @cached_property
    def moved_days(self) -> str:
        days = sum(action.moves.days_lately for action in self.actions)
        return f"{plural(abs(days), 'day')} {'later' if days > 0 else 'earlier'} in all" if days else ""

    @cached_property
    def quiet(self) -> Count:
        return self.count(lambda action: action.is_quiet(self.shown), quiet=1)

    @cached_property
    def undated(self) -> Count:
        return self.count(lambda action: action.due is None, due="none")

    @cached_property
    def leaderless(self) -> Count:
        return self.count(lambda action: not action.led, nolead=1)

    @cached_property
    def due_soon(self) -> Count:
        return self.count(lambda action: action.is_due_soon(self.shown), due=30)

    @cached_property
    def questions(self) -> Count:
        return self.count(lambda action: action.questions(self.shown) > 0, ask=1)

    @cached_property
    def areas(self) -> list[AreaRow]:
        """The top headings in the plan's order; of more than 25, those with most off track and overdue."""
        inside: dict[int | None, list[Standing]] = {area.pk: [] for area in self._tops}
        tops = top_of({area.pk: area.parent_id for area in self._all_areas})
        for action in self.actions:
            inside.setdefault(tops.get(action.area), []).append(action)
        rows = [self._area(area, inside[area.pk]) for area in self._tops]
        if len(rows) <= MOST_AREAS:
            return rows
        worst = sorted(rows, key=lambda row: (row.ratings[0].number, row.overdue.number), reverse=True)
        return sorted(worst[:MOST_AREAS], key=lambda row: row.area.position)

    @cached_property
    def _all_areas(self) -> list[Area]:
        columns = ("id", "plan_id", "parent_id", "reference", "title", "position")
        return list(self.plan.areas.current().only(*columns))

    @cached_property
    def _tops(self) -> list[Area]:
        return [area for area in self._all_areas if area.parent_id is None]

    @property
    def all_areas_shown(self) -> bool:
        return len(self.areas) == len(self._tops)

    def _area(self, area: Area, actions: list[Standing]) -> AreaRow:
        now = Counter(action.rating for action in actions)
        chosen = {"area": area.pk}
        overdue = sum(action.is_overdue(self.shown) for action in actions)
        return AreaRow(
            area,
            f"areas/{area.pk}/",
            [self._rating(code, now[code], **chosen) for code in self.shown_codes],
            Count(overdue, self.url(**chosen, due="overdue")),
            Count(sum(action.moves.lately > 0 for action in actions), self.url(**chosen, moved="month")),
            Count(len(actions), self.url(**chosen)),
        )

    @property
    def most_in_area(self) -> int:
        return max((row.total.number for row in self.areas), default=1)

    @property
    def is_short_at_the_left(self) -> bool:
        """Whether areas and overdue actions leave room beside the questions, whose items take three lines."""
        return 2 * (len(self.areas) + len(self.overdue_list)) < 3 * len(self.question_list)

    @cached_property
    def overdue_list(self) -> list[Listed]:
        return self._listed(self._overdue)

    @cached_property
    def due_soon_list(self) -> list[Listed]:
        return self._listed(self._due_soon)

    @cached_property
    def question_list(self) -> list[Listed]:
        return self._listed(self._questions)

    @cached_property
    def _overdue(self) -> list[Standing]:
        late = (action for action in self.actions if action.is_overdue(self.shown))
        return sorted(late, key=lambda action: action.due)[:MOST_LISTED]

    @cached_property
    def _due_soon(self) -> list[Standing]:
        soon = (action for action in self.actions if action.is_due_soon(self.shown))
        return sorted(soon, key=lambda action: action.due)[:MOST_LISTED]

    @cached_property
    def _questions(self) -> list[Standing]:
        asked = ((action.questions(self.shown), action) for action in self.actions)
        weighed = [(weight, action) for weight, action in asked if weight]
        weighed.sort(key=lambda pair: (-pair[0], pair[1].due or self.shown.day, pair[1].pk))
        return [action for _, action in weighed[:MOST_QUESTIONS]]

    def _listed(self, actions: Iterable[Standing]) -> list[Listed]:
        return [
            Listed(
                self._details[action.pk],
                self.key.get(action.rating),
                days_overdue(action.due, self.shown.day) if action.is_overdue(self.shown) else "",
                flags_of(action, self.shown),
            )
            for action in actions
        ]

    @cached_property
    def _details(self) -> dict[int, Action]:
        named = {action.pk for action in [*self._overdue, *self._due_soon, *self._questions]}
        leads = ActionLead.objects.filter(accountable=True).select_related("lead")
        actions = Action.objects.only("reference", "title", "target_due").filter(pk__in=named)
        return {
            action.pk: action for action in actions.prefetch_related(Prefetch("action_leads", queryset=leads))
        }


def standings(plan: Plan, shown: AsAt) -> Iterable[Standing]:
    """Every action that counts, as it stands on the day shown: two queries however many there are."""
    moves = TargetMove.objects.standing(shown.day).filter(action__plan=plan, step__isnull=True).order_by()
    moved = moves_by_action(moves.values_list("action_id", "on", "from_due", "to_due"), shown)
    led = Exists(ActionLead.objects.filter(action=OuterRef("pk")))
    rows = plan.actions.shown(shown).order_by("area__position", "position", "id")
    rows = (
        rows.with_rating(shown.day).with_target(shown.day).with_rating_before(shown.before).annotate(led=led)
    )
    columns = ("pk", "area_id", "due", "rating", "updated_on", "rating_before", "led")
    for row in rows.values_list(*columns):
        yield Standing(*row, moved.get(row[0]) or Moves())


def flags_of(action: Standing, shown: AsAt) -> list[tuple[str, str]]:
    """What to ask about an action, as (words, kind of flag)."""
    flags = []
    if action.is_overdue(shown):
        flags.append((days_overdue(action.due, shown.day), "late"))
    if action.moves.times >= 2:
        flags.append((moved_words(action.moves.times, action.moves.days).capitalize(), "ask"))
    if action.is_quiet(shown):
        since = f"No update since {long_date(action.updated_on)}" if action.updated_on else "Never updated"
        flags.append((since, "ask"))
    return flags
