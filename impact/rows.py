"""A measure as a row of a list: a stock as itself, and apart from it its monthly change with a verdict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from impact.charts.sparks import draw_spark, spark_months
from impact.judging import Judged
from impact.models import Direction, Measure
from impact.spc import Variation
from impact.units import DEFAULT_PLACES, Scale, Unit, exact
from impact.verdict_parts import Verdict
from plans.drawing.shapes import Drawing
from plans.wording.alphabet import alphabetical

CONCERN, IMPROVING, UNUSUAL, USUAL, UNJUDGED = "concern", "improving", "unusual", "usual", "unjudged"
GROUPS = {
    Variation.CONCERN_HIGH: CONCERN,
    Variation.CONCERN_LOW: CONCERN,
    Variation.IMPROVEMENT_HIGH: IMPROVING,
    Variation.IMPROVEMENT_LOW: IMPROVING,
    Variation.NEUTRAL_HIGH: UNUSUAL,
    Variation.NEUTRAL_LOW: UNUSUAL,
    Variation.COMMON: USUAL,
}
GROUP_WORDS = {
    CONCERN: "In concern",
    IMPROVING: "Improving",
    UNUSUAL: "Unusual",
    USUAL: "No significant change",
    UNJUDGED: "Not judged",
}

GROUP_PHRASES = {
    CONCERN: "in concern",
    IMPROVING: "improving",
    UNUSUAL: "unusual",
    USUAL: "with no significant change",
    UNJUDGED: "without a verdict yet",
}


@dataclass
class MeasureRow:
    """`is_change` says that the row is about the month-to-month change of a stock."""

    measure: Measure
    verdict: Verdict
    scale: Scale
    is_change: bool = False

    @property
    def name(self) -> str:
        return f"{self.measure.name}, monthly change" if self.is_change else self.measure.name

    @property
    def listed(self) -> str:
        return alphabetical(self.name)

    @property
    def anchor(self) -> str:
        return "#change" if self.is_change else ""

    @property
    def remark(self) -> str:
        """Which way is better; of a stock, where its verdict is."""
        if self.measure.is_stock and not self.is_change:
            return "A count at one time: see its monthly change"
        return self.measure.get_direction_display()

    @property
    def latest(self) -> str:
        return "" if self.verdict.value is None else self.scale.number(self.verdict.value)

    @property
    def month(self) -> date | None:
        return self.verdict.month

    @property
    def no_data(self) -> str:
        return self.verdict.no_data

    @property
    def variation(self):
        return self.verdict.variation

    @property
    def assurance(self):
        return self.verdict.assurance

    @property
    def expected(self) -> str:
        return self.verdict.expected

    @property
    def target(self) -> str:
        return (
            "" if self.verdict.target is None else exact(Unit(self.measure.unit)).number(self.verdict.target)
        )

    @property
    def group(self) -> str:
        return GROUPS.get(self.verdict.variation.key, UNJUDGED)

    @property
    def rank(self) -> int:
        return self.verdict.rank

    @property
    def low_is_good(self) -> bool:
        return self.measure.direction == Direction.LOWER

    @cached_property
    def unit(self) -> Unit:
        return self.scale.unit


@dataclass
class Panel:
    """A board's measures as rows: all that can be judged, concern first, and apart from them its stocks."""

    rows: list[MeasureRow]
    stocks: list[MeasureRow]

    def in_group(self, group: str) -> list[MeasureRow]:
        return [row for row in self.rows if row.group == group]

    def change_of(self, stock: MeasureRow) -> MeasureRow | None:
        return next((row for row in self.rows if row.measure == stock.measure), None)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many rows each group has, in the order of attention."""
        return [(group, len(self.in_group(group))) for group in GROUP_WORDS]

    @property
    def summary(self) -> str:
        """Such as "2 in concern, 1 improving, 3 with no significant change"."""
        said = [f"{number} {GROUP_PHRASES[group]}" for group, number in self.counts if number]
        return ", ".join(said)

    @cached_property
    def spark_span(self) -> tuple[date, date] | None:
        return spark_months([row.verdict for row in [*self.rows, *self.stocks]])

    def spark(self, row: MeasureRow) -> Drawing | None:
        return draw_spark(row.verdict, row.unit, *self.spark_span) if self.spark_span else None


def panel_of(judged: Iterable[Judged]) -> Panel:
    judged = list(judged)
    rows = [row for one in judged for row in _judged_rows(one)]
    stocks = [MeasureRow(one.measure, one.verdict, one.scale) for one in judged if one.measure.is_stock]
    return Panel(sorted(rows, key=lambda row: row.rank), stocks)


def _judged_rows(one: Judged) -> Sequence[MeasureRow]:
    if not one.measure.is_stock:
        return [MeasureRow(one.measure, one.verdict, one.scale)]
    if one.verdict.net_change is None:
        return []
    return [
        MeasureRow(one.measure, one.verdict.net_change, Scale(Unit.CHANGE, DEFAULT_PLACES), is_change=True)
    ]
