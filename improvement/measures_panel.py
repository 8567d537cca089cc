"""The board's measures on its dashboard: a row each, concern first, and its counts at one time as a trend."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from impact.charts.frames import Chart
from impact.charts.plotly import build_trend
from impact.charts.trends import Line, draw_trend
from impact.judging import judge_all
from impact.models import Measure
from impact.rows import GROUP_PHRASES, MeasureRow, Panel, panel_of
from impact.tables import MeasureTable
from plans.models import Board, Plan
from plans.standing import AsAt

MOST_ROWS = 10
MOST_STOCKS = 3


@dataclass(frozen=True)
class TrendRow:
    month: date
    values: list[str]


class MeasuresPanel:
    """Four queries, however many measures and months there are. Addresses are relative to the dashboard's.

    Where `plan` has ended, the months shown end with it.
    """

    def __init__(self, board: Board, shown: AsAt, plan: Plan | None = None):
        measures = Measure.objects.filter(board=board).current(shown.day)
        self.board, self.shown, self.plan = board, shown, plan
        judged = judge_all(measures, until=shown.last_day, known=shown.past_day)
        # Measures that began after the day say nothing.
        self.panel: Panel = panel_of(one for one in judged if one.verdict.month or shown.last_day is None)

    def url(self, **chosen) -> str:
        """The list's address as seen from the dashboard's."""
        plan = {"plan": self.plan.pk} if self.plan and self.shown.ended else {}
        day = {"as_at": self.shown.day} if self.shown.is_past else {}
        query = urlencode(chosen | plan | day)
        return f"measures/?{query}" if query else "measures/"

    @property
    def start(self) -> str:
        """What keeps the day in a measure's address, which knows of no plan's end."""
        day = self.shown.last_day
        return f"?as_at={day}" if day else ""

    @property
    def total(self) -> int:
        return len(self.panel.rows)

    @cached_property
    def table(self) -> MeasureTable:
        rows = self.panel.rows[:MOST_ROWS]
        return MeasureTable(rows, board=self.board, panel=self.panel, start=self.start, orderable=False)

    @property
    def all_words(self) -> str:
        return f"All {self.total}" if self.total > MOST_ROWS else "All measures"

    @property
    def facts(self) -> list[tuple[int, str, str]]:
        """(number, address, words) of each group of verdicts that any measure has."""
        found = [(number, self.url(shows=group), GROUP_PHRASES[group]) for group, number in self.panel.counts]
        return [fact for fact in found if fact[0] or fact is found[0]]

    @cached_property
    def stocks(self) -> list[MeasureRow]:
        """Those with a value in the months shown."""
        if self.panel.spark_span is None:
            return []
        first, _ = self.panel.spark_span
        return [row for row in self.panel.stocks if row.month and row.month >= first][:MOST_STOCKS]

    @property
    def heading(self) -> str:
        first, *others = [row.name for row in self.stocks]
        names = [first, *(inside_a_sentence(name) for name in others)]
        return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))

    @cached_property
    def trend(self) -> Chart | None:
        return draw_trend(self._lines, *self.panel.spark_span) if self.stocks else None

    @cached_property
    def figure(self) -> dict:
        return build_trend(self._lines, *self.panel.spark_span)

    @property
    def _lines(self) -> list[Line]:
        return [Line(row.name, row.verdict) for row in self.stocks]

    @property
    def said(self) -> list[tuple[MeasureRow, MeasureRow | None]]:
        """Each stock with its monthly change."""
        return [(row, self.panel.change_of(row)) for row in self.stocks]

    @property
    def trend_rows(self) -> list[TrendRow]:
        """The trend's months as a table, the latest first."""
        first, last = self.panel.spark_span
        values = [
            {mark.month: row.scale.number(mark.value) for mark in row.verdict.marks if mark.value is not None}
            for row in self.stocks
        ]
        months = sorted({month for each in values for month in each if first <= month <= last}, reverse=True)
        return [TrendRow(month, [each.get(month, "") for each in values]) for month in months]


def inside_a_sentence(name: str) -> str:
    """A name without its capital, unless that is one of an abbreviation."""
    return name[0].lower() + name[1:] if name[1:2].islower() else name
