"""The board's measures by month as they may be published: small counts hidden."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from impact.models import Measure
from impact.months import month_words, months_after
from impact.services.observations import standing_values
from impact.units import DEFAULT_PLACES, Scale, Unit
from plans.models import Board
from plans.small_numbers import Entry, Shown, protect
from plans.spreadsheets.layout import Table

OUT_OF_SCOPE = (
    "Each document is protected by itself. Whether two documents together give a small number away is not "
    "checked: look at what is published already."
)


@dataclass(frozen=True)
class Published:
    """A row a measure: its name, what it counts in and each month's value as shown."""

    below: int
    months: Sequence[date]
    measures: Sequence[Measure]
    cells: Sequence[Sequence[Shown]]
    values: Sequence[Sequence[Decimal | None]]

    @property
    def rules(self) -> list[str]:
        """What was done to the figures, in sentences that go with them."""
        if self.below < 2:
            return ["No count is hidden: the board has set no threshold.", OUT_OF_SCOPE]
        return [
            f"Counts from 1 to {self.below - 1} are shown as “fewer than {self.below}”; 0 is shown.",
            "A percentage, rate or average of a number that is hidden is shown as “hidden”, and so is the "
            "next smallest cell where a total would give a small one away.",
            OUT_OF_SCOPE,
        ]

    @property
    def rows(self) -> list[tuple[Measure, list[tuple[date, Shown]]]]:
        """For a page: each measure with its months."""
        return [
            (measure, list(zip(self.months, cells, strict=True)))
            for measure, cells in zip(self.measures, self.cells, strict=True)
        ]

    def sheet(self) -> Table:
        """For a download: numbers as numbers where they are shown; the rules stand below."""
        headers = ["Measure", "Counts in", *(month_words(month) for month in self.months)]
        rows = [
            [
                measure.name,
                measure.get_unit_display(),
                *(
                    cell.text if cell.hidden else _number(value)
                    for cell, value in zip(cells, values, strict=True)
                ),
            ]
            for measure, cells, values in zip(self.measures, self.cells, self.values, strict=True)
        ]
        return Table("Measures", headers, [*rows, [], *([rule] for rule in self.rules)])


def publish(board: Board, *, most: int | None = None) -> Published:
    """The measures that the board still reports, over every month of theirs or the latest `most`."""
    measures = list(Measure.objects.filter(board=board).current())
    known = standing_values([measure.pk for measure in measures])
    months = _months([month for (_, month), (value, *_) in known.items() if value is not None])
    months = months[-most:] if most else months
    rows = [[known.get((measure.pk, month), (None,) * 3) for month in months] for measure in measures]
    entries = [
        [_entry(measure, *parts) for parts in row] for measure, row in zip(measures, rows, strict=True)
    ]
    below = board.small_numbers_below
    values = [[value for value, *_ in row] for row in rows]
    return Published(below, months, measures, protect(entries, below), values)


def _months(known: Sequence[date]) -> list[date]:
    if not known:
        return []
    first, last = min(known), max(known)
    number = (last.year - first.year) * 12 + last.month - first.month
    return [months_after(first, n) for n in range(number + 1)]


def _entry(measure: Measure, value: Decimal | None, part: Decimal | None, whole: Decimal | None) -> Entry:
    if value is None:
        return Entry("")
    unit = Unit(measure.unit)
    text = Scale(unit, max(measure.decimals, DEFAULT_PLACES)).number(float(value))
    if unit is Unit.COUNT:
        return Entry(text, value)
    return Entry(text, parts=() if part is None or whole is None else (part, whole))


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
