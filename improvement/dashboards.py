"""What a board's dashboard says of one plan as at a day: a fixed number of queries, counted in Python.

Addresses are relative to the dashboard's own: hundreds of them stand on a page that has to stay small.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property
from urllib.parse import urlencode

from improvement.action_rows import rows_compared
from improvement.changes import NOBODY
from improvement.dashboard_parts import AreaRow, AskedAbout, Count, Listed, standings
from improvement.findings import Findings
from improvement.signed_counts import SignedCount, count_signed
from plans.filters import UNRATED_CHOICE
from plans.history.leads import lead_then
from plans.history.then import PlanThen
from plans.models import Action, Area, Plan
from plans.rating import ORDER, UNRATED, KeyEntry
from plans.rating.key_words import worst_first
from plans.standing import AsAt, Standing, top_of
from plans.wording.phrases import came_and_left_words, change_words, days_overdue, plural, than_words

MOST_AREAS = 25
MOST_LISTED = 8
MOST_QUESTIONS = 8


class Dashboard:
    """`findings` is for the page to give, which knows what they rest on: measures and meetings."""

    findings: Findings | None = None

    def __init__(self, plan: Plan, shown: AsAt):
        self.plan, self.shown = plan, shown
        self.then = PlanThen(plan, shown)
        self.key = self.then.key
        self.compared = rows_compared(plan, shown)
        self.rows = [row for row in self.compared if row.stands]
        # How many had each rating on the day compared with, of the actions that counted on that day.
        self.before = Counter(row.before for row in self.compared if row.stood)
        self.actions = list(standings(self.rows, self.then))

    def url(self, **chosen) -> str:
        """The list's address as seen from the dashboard's."""
        return f"actions/?{urlencode({'plan': self.plan.pk} | chosen)}{self.shown.query}"

    def count(self, fits: Callable[[Standing], bool], **chosen) -> Count:
        return Count(sum(map(fits, self.actions)), self.url(**chosen))

    @cached_property
    def total(self) -> Count:
        return Count(len(self.actions), self.url())

    @cached_property
    def entries(self) -> list[KeyEntry]:
        return worst_first(self.key.values())

    @cached_property
    def shown_codes(self) -> list[str]:
        """The codes with a column of their own; "" for not rated, where there are such actions."""
        now = any(action.rating == UNRATED for action in self.actions)
        unrated = now or (self.has_past and self.before[UNRATED] > 0)
        return [entry.code for entry in self.entries] + [UNRATED] * unrated

    @cached_property
    def has_past(self) -> bool:
        """Whether any action was rated on the day compared with: a plan just come in has no past."""
        return any(self.before[code] for code in self.before if code != UNRATED)

    @cached_property
    def ratings(self) -> list[Count]:
        now = Counter(action.rating for action in self.actions)
        return [self._rating(code, now[code], self._change(code, now[code])) for code in self.shown_codes]

    def _change(self, code: str, now: int) -> str:
        """By how much today's number differs from that day's own; "" where there is nothing to compare."""
        return change_words(now, self.before[code]) if self.has_past else ""

    @cached_property
    def came_and_left(self) -> str:
        """What else changed the numbers: "2 actions were added to the plan and 1 left it"; "" for nothing."""
        if not self.has_past:
            return ""
        came = sum(not row.stood for row in self.rows)
        return came_and_left_words(came, sum(not row.stands for row in self.compared))

    def _rating(self, code: str, number: int, change: str = "", **chosen) -> Count:
        url = self.url(**chosen, rating=code or UNRATED_CHOICE)
        return Count(number, url, self.key.get(code), change)

    @cached_property
    def off_track(self) -> Count:
        now = sum(action.is_off_track for action in self.actions)
        compared = self.off_track_than and f"{self.off_track_than} {self.shown.compared_words}"
        return Count(now, self.url(rating=ORDER[0].value), change=compared)

    @property
    def off_track_than(self) -> str:
        """Such as "1 more than", for before the day compared with; "" where there is nothing to compare."""
        now = sum(action.is_off_track for action in self.actions)
        return than_words(now, self.before[ORDER[0]]) if self.has_past else ""

    @cached_property
    def note(self) -> str:
        """That some words are later than the day shown, where they are."""
        _ = self._details, self._all_areas
        return self.then.note

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

    @property
    def quiet_words(self) -> str:
        return f"not updated {self.shown.quiet_words}"

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
        """Every question, those about recommendations too: as many as the page of questions counts."""
        return Count(len(self.findings.open), f"questions/?plan={self.plan.pk}{self.shown.query}")

    @cached_property
    def signed(self) -> SignedCount | None:
        found = self.findings
        complete = [action.pk for action in self.actions if action.is_complete]
        told = [(pk in found.signed, pk in found.waiting) for pk in complete]
        return count_signed(self.plan, self.key, told)

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
        return self.then.areas

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
            f"areas/{area.pk}/{self.shown.start}",
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
    def question_list(self) -> list[AskedAbout]:
        """The actions with the gravest questions."""
        ratings = {action.pk: action.rating for action in self.actions}
        return [
            AskedAbout(
                self._details[pk],
                self.key.get(ratings.get(pk)),
                self.findings.of_action(pk),
                self.shown.start,
            )
            for pk in self.findings.asked[:MOST_QUESTIONS]
            if pk in self._details
        ]

    @cached_property
    def _overdue(self) -> list[Standing]:
        late = (action for action in self.actions if action.is_overdue(self.shown))
        return sorted(late, key=lambda action: action.due)[:MOST_LISTED]

    @cached_property
    def _due_soon(self) -> list[Standing]:
        soon = (action for action in self.actions if action.is_due_soon(self.shown))
        return sorted(soon, key=lambda action: action.due)[:MOST_LISTED]

    def _listed(self, actions: Iterable[Standing]) -> list[Listed]:
        leads = {row.pk: row.accountable for row in self.rows}
        return [
            Listed(
                self._details[action.pk],
                action.due,
                self.key.get(action.rating),
                days_overdue(action.due, self.shown.day) if action.is_overdue(self.shown) else "",
                lead_then(self._details[action.pk], leads[action.pk]) or NOBODY,
                self.shown.start,
            )
            for action in actions
        ]

    @cached_property
    def _details(self) -> dict[int, Action]:
        named = {action.pk for action in [*self._overdue, *self._due_soon]}
        named.update(self.findings.asked[:MOST_QUESTIONS] if self.findings else ())
        actions = Action.objects.only("reference", "title", "leads_text", "withdrawn_on", "withdrawn_reason")
        actions = list(actions.filter(pk__in=named))
        self.then.tell(actions)
        return {action.pk: action for action in actions}
