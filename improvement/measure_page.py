"""What the page of one measure says: its verdict and chart, and the actions and narratives about it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from impact.charts.control import Event, draw_chart
from impact.charts.frames import Chart
from impact.charts.plotly import build_figure
from impact.judging import Judged, board_month, judge
from impact.models import Direction, Measure, Narrative, Note
from impact.months import month_words
from impact.months_table import MonthRow, month_rows
from impact.units import Unit, exact
from impact.verdict_parts import Verdict
from plans.history.leads import LeadNames
from plans.models import Action, ProgressUpdate
from plans.rating import KeyEntry, Meaning
from plans.standing import AsAt
from plans.wording.phrases import days_overdue, moved_words

MONTHS_SHOWN = 12


@dataclass(frozen=True)
class Doing:
    """An action that is meant to move the measure, its rating and what the rating hides."""

    action: Action
    entry: KeyEntry | None
    flags: list[tuple[str, str]]


@dataclass(frozen=True)
class Drawn:
    """A verdict with its chart and the figure that takes its place where scripts run."""

    verdict: Verdict
    chart: Chart | None
    figure: dict | None
    key: str

    @property
    def data_id(self) -> str:
        return f"{self.key}-data"


class MeasurePage:
    def __init__(self, measure: Measure, shown: AsAt, *, all_months: bool = False):
        self.measure, self.shown, self.all_months = measure, shown, all_months
        self.today, self.known = shown.day, shown.past_day
        LeadNames(measure.board_id, shown.past_day).tell([measure.owner])
        self.judged: Judged = judge(measure, through=board_month(measure.board, self.known), known=self.known)
        self.verdict = self.judged.verdict
        self.low_is_good = measure.direction == Direction.LOWER

    @property
    def is_closed(self) -> bool:
        """No longer reported on the day shown."""
        closed = self.measure.closed_on
        return closed is not None and (self.known is None or closed <= self.known)

    @cached_property
    def notes(self) -> list[Note]:
        return list(self.measure.notes.standing(self.known).select_related("by"))

    @cached_property
    def areas(self):
        return list(self.measure.areas.current().select_related("plan"))

    @cached_property
    def months(self) -> list[MonthRow]:
        notes = {month: list(rows) for month, rows in groupby(self.notes, key=lambda note: note.month)}
        return list(month_rows(self.judged, notes))

    @property
    def shown_months(self) -> list[MonthRow]:
        return self.months if self.all_months else self.months[:MONTHS_SHOWN]

    @property
    def span(self) -> str:
        return f"{month_words(self.verdict.marks[0].month)} to {month_words(self.verdict.marks[-1].month)}"

    @cached_property
    def main(self) -> Drawn:
        return self._drawn(self.verdict, self.judged.scale.unit, "value")

    @cached_property
    def change(self) -> Drawn | None:
        """The monthly change of a stock, which has the verdict."""
        net = self.verdict.net_change
        return self._drawn(net, Unit.CHANGE, "change") if net else None

    def _drawn(self, verdict: Verdict, unit: Unit, key: str) -> Drawn:
        name = self.measure.name if key == "value" else f"{self.measure.name}, monthly change"
        chart = draw_chart(verdict, unit, name=name, events=self.events)
        figure = build_figure(verdict, unit, name=name, events=self.events) if chart else None
        return Drawn(verdict, chart, figure, key)

    @cached_property
    def events(self) -> list[Event]:
        """Remarks, and the actions that were completed, on the time axis."""
        remarks = [Event(note.month, note.text, is_remark=True) for note in self.notes]
        done = [Event(on, _done_words(action)) for action, on in self._completed]
        return remarks + done

    @property
    def _completed(self) -> list[tuple[Action, date]]:
        actions = {each.action.pk: each.action for each in self.doing}
        updates = ProgressUpdate.objects.standing(self.today).filter(action__in=actions).order_by("on", "id")
        since: dict[int, date | None] = {}
        for pk, on, rating in updates.values_list("action_id", "on", "rating"):
            if rating == Meaning.COMPLETE:
                since[pk] = since.get(pk) or on
            elif rating:
                since[pk] = None
        return [(actions[pk], on) for pk, on in since.items() if on]

    @cached_property
    def doing(self) -> list[Doing]:
        linked = self.measure.actions.shown(self.shown).with_rating(self.today).with_moves(self.today)
        linked = linked.with_target(self.today)
        linked = linked.select_related("plan").prefetch_related("plan__key").order_by("plan_id", "position")
        return [self._doing(action) for action in linked]

    def _doing(self, action: Action) -> Doing:
        entry = next((each.entry for each in action.plan.key.all() if each.code == action.rating), None)
        day, flags = action.plan.as_at(self.today), []
        if action.due and action.due < day and action.rating != Meaning.COMPLETE:
            flags.append((days_overdue(action.due, day), "late"))
        if action.moves_count:
            known = action.due and action.first_due
            days = (action.due - action.first_due).days if known else None
            flags.append((moved_words(action.moves_count, days).capitalize(), "ask"))
        return Doing(action, entry, flags)

    @cached_property
    def narratives(self) -> list[Narrative]:
        """The latest published "so what" of each area that rests on this measure."""
        told = Narrative.objects.published(self.today).filter(measures=self.measure).exclude(so_what="")
        latest: dict[int, Narrative] = {}
        for narrative in told.select_related("area__plan").order_by("-ends", "-id"):
            latest.setdefault(narrative.area_id, narrative)
        return list(latest.values())

    @cached_property
    def targets(self) -> list[tuple]:
        """(target in words, the row), the newest month first; of one month, the last given counts."""
        rows = {row.month: row for row in self.measure.targets.standing(self.known).order_by("on", "id")}
        scale = exact(Unit(self.measure.unit))
        said = [(scale.say(float(row.value)) if row.value is not None else "", row) for row in rows.values()]
        return sorted(said, key=lambda pair: pair[1].month, reverse=True)

    @cached_property
    def step_changes(self) -> list:
        return list(self.measure.step_changes.standing(self.known).order_by("-month"))

    @property
    def about(self) -> list[tuple[str, str]]:
        measure = self.measure
        rows = [
            ("Counts", measure.definition or "Not described yet"),
            ("Unit", measure.get_unit_display()),
            ("Good is", measure.get_direction_display()),
            ("Owner", str(measure.owner or "Nobody yet")),
            ("Source", measure.source or "Not said yet"),
            ("How often", measure.get_frequency_display()),
        ]
        return rows


def _done_words(action: Action) -> str:
    return f"Action {action.reference} done" if action.reference else f"Done: {action.title}"
