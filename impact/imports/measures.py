"""The sheet reader of measures: what it claims, what would change, apply and undo."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import transaction

from impact.imports.measures_undone import MeasuresUndone
from impact.imports.places import Places, areas_by_key, day_of, places_for
from impact.models import Measure, Observation
from impact.months import month_words
from impact.services.measures import create_measure, set_areas
from impact.services.observations import Entry, set_values
from impact.sheets.measures import read_measures
from impact.sheets.results import MeasureRow, MonthValue, Reading
from impact.units import Unit
from impact.values import check_value
from plans.imports.reader import PlanPreview
from plans.models import Board, Import, User
from plans.spreadsheets.book import Workbook, column_letter
from plans.spreadsheets.matching import fold
from plans.spreadsheets.results import NotUnderstood, Problem

CHANGED = (
    "Somebody has changed the measures while the import was being applied. Nothing was written: "
    "check the import again, then apply it."
)


@dataclass
class ValueChange:
    """A month whose value on the board is another one."""

    value: MonthValue
    before: Decimal


@dataclass
class MeasureComparison:
    """One measure of the workbook against the board's of the same name, None where it is new."""

    row: MeasureRow
    standing: Measure | None
    area: str = ""
    new: list[MonthValue] = field(default_factory=list)
    changed: list[ValueChange] = field(default_factory=list)
    unchanged: int = 0
    # The day from which the value counts that stands in a month: a new one must not count from earlier.
    days: dict[date, date] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"{self.row.sheet}!{self.row.row}"

    @property
    def unit(self) -> Unit:
        return Unit(self.standing.unit if self.standing else self.row.unit)

    @property
    def values(self) -> list[MonthValue]:
        return [*self.new, *(change.value for change in self.changed)]

    @property
    def status(self) -> str:
        if self.standing is None:
            return "new"
        return "changed" if self.values else "unchanged"


@dataclass
class MeasurePreview:
    """What a workbook's figures would do; nothing is written. `on` is the day from which they count."""

    reading: Reading
    comparisons: list[MeasureComparison]
    places: Places
    left_out: set[str]
    on: date
    problems: list[Problem]
    not_understood: list[NotUnderstood]

    @property
    def taken(self) -> list[MeasureComparison]:
        return [one for one in self.comparisons if one.key not in self.left_out]

    @property
    def counts(self) -> dict[str, int]:
        taken = self.taken
        return {
            "new": sum(one.standing is None for one in taken),
            "values_new": sum(len(one.new) for one in taken),
            "values_changed": sum(len(one.changed) for one in taken),
            "values_unchanged": sum(one.unchanged for one in taken),
            "left_out": len(self.comparisons) - len(taken),
        }

    @property
    def has_rows(self) -> bool:
        return bool(self.taken)

    @property
    def unresolved(self) -> list:
        """Rows about which somebody must decide: none, what can't be taken is only listed."""
        return []

    @cached_property
    def fingerprint(self) -> str:
        """Changes whenever what would be written does."""
        rows = [
            (one.key, one.row.name, one.status, one.area, one.new, [(c.value, c.before) for c in one.changed])
            for one in self.comparisons
        ]
        return hashlib.sha256(repr((self.on, rows)).encode()).hexdigest()[:16]

    def left_out_cells(self) -> list[NotUnderstood]:
        """The cells of measures that were left out, so that their figures are still with the import."""
        return [
            _cell(one, "This measure is left out")
            for each in self.comparisons
            if each.key in self.left_out
            for one in each.row.values
        ]


class MeasureReader:
    """Reads figures by month. `name` keys its part of an import's summary and undo."""

    name = "measures"

    def claims(self, workbook: Workbook, *, today: date) -> Reading:
        return read_measures(workbook, today)

    def preview(
        self, reading: Reading, board: Board, choices: Mapping, *, today: date, beside: Mapping
    ) -> MeasurePreview:
        """Compares figures with the board; `beside` holds the plan's own preview."""
        plan: PlanPreview = beside["plan"]
        places = places_for(board, plan, [row.area for row in reading.measures])
        on = day_of(choices, plan, places.plan, today)
        left_out = set(choices.get("measures_left_out") or ())
        comparisons, problems, lost = _compare(reading, board, places)
        return MeasurePreview(
            reading,
            comparisons,
            places,
            left_out,
            on,
            [*reading.problems, *problems],
            [*reading.not_understood, *lost],
        )

    @transaction.atomic
    def apply(self, preview: MeasurePreview, imported: Import, *, by: User | None) -> dict:
        """Writes what the preview shows; returns what undoing needs. Raises ValidationError."""
        fresh = _compare(preview.reading, imported.board, preview.places)[0]
        if replace(preview, comparisons=fresh).fingerprint != preview.fingerprint:
            raise ValidationError(CHANGED)
        undo: dict = {"measures": [], "values": []}
        areas = areas_by_key(imported.plan)
        measures = {one.key: _measure(one, imported, areas, undo, by=by) for one in preview.taken}
        undo["values"] = _write_values(preview, measures, imported, by=by)
        return undo

    @transaction.atomic
    def undo(self, imported: Import, undo: dict, *, by: User | None) -> list[dict]:
        """Takes the figures back; each measure's outcome as JSON."""
        return MeasuresUndone(imported, undo, by=by).run()


def _compare(
    reading: Reading, board: Board, places: Places
) -> tuple[list[MeasureComparison], list[Problem], list[NotUnderstood]]:
    if not reading.measures:
        return [], [], []
    standing = {fold(measure.name): measure for measure in Measure.objects.filter(board=board).current()}
    known: dict[int, dict[date, Observation]] = defaultdict(dict)
    rows = Observation.objects.standing().filter(measure__in=[each.pk for each in standing.values()])
    for row in rows.order_by("on", "id"):
        known[row.measure_id][row.month] = row
    problems, lost, comparisons = [], [], []
    for row in reading.measures:
        measure = standing.get(fold(row.name))
        values, faults = _fitting(row, measure)
        problems += [Problem(one.sheet, one.row, words) for one, words in faults]
        lost += [_lost(one, words) for one, words in faults]
        one = MeasureComparison(row, measure, places.find(row.area))
        _sort(one, values, known[measure.pk] if measure else {})
        comparisons.append(one)
    return comparisons, problems, lost


def _fitting(
    row: MeasureRow, measure: Measure | None
) -> tuple[list[MonthValue], list[tuple[MonthValue, str]]]:
    """The values in the unit of the board's measure, and those that can't be, with the reason."""
    if measure is None or measure.unit == row.unit:
        return row.values, []
    unit = Unit(measure.unit)
    shares = unit is Unit.PERCENT and any(one.value % 1 for one in row.values)
    times = 100 if shares and all(0 <= one.value <= 1 for one in row.values) else 1
    sound, faults = [], []
    for one in row.values:
        one = replace(one, value=one.value * times)
        words = [*check_value(unit, one.value)]
        if unit is Unit.COUNT and one.numerator is not None:
            words.append("The board's measure is a count, which has no parts.")
        if words:
            faults.append((one, f"{row.name}, {month_words(one.month)}: {' '.join(words)}"))
        else:
            sound.append(one)
    return sound, faults


def _sort(one: MeasureComparison, values: list[MonthValue], known: Mapping[date, Observation]) -> None:
    for value in values:
        there = known.get(value.month)
        if there is not None:
            one.days[value.month] = there.on
        if there is None or there.value is None:
            one.new.append(value)
        elif (there.value, there.numerator, there.denominator) == _parts(value):
            one.unchanged += 1
        else:
            one.changed.append(ValueChange(value, there.value))


def _parts(value: MonthValue) -> tuple:
    return value.value, value.numerator, value.denominator


def _cell(one: MonthValue, reason: str) -> NotUnderstood:
    return NotUnderstood(one.sheet, one.row, column_letter(one.column), one.text, reason, False)


def _lost(one: MonthValue, words: str) -> NotUnderstood:
    return _cell(one, words.rstrip("."))


def _measure(one: MeasureComparison, imported: Import, areas: Mapping, undo: dict, *, by) -> Measure:
    area = areas.get(one.area)
    entry = {"sheet": one.row.sheet, "row": one.row.row}
    if one.standing is not None:
        if area is not None and not one.standing.area_links.exists():
            set_areas(one.standing, [area], by=by)
        undo["measures"].append({"id": one.standing.pk, **entry})
        return one.standing
    measure = create_measure(
        imported.board,
        one.row.name,
        by=by,
        areas=[area] if area else [],
        unit=one.row.unit,
        decimals=one.row.decimals,
        is_stock=one.row.is_stock,
    )
    undo["measures"].append({"id": measure.pk, "created": True, **entry})
    return measure


def _write_values(preview: MeasurePreview, measures: Mapping[str, Measure], imported: Import, *, by) -> list:
    """Values count from the import's day, but never from before their month or before what stands there."""
    groups: dict[date, list[Entry]] = defaultdict(list)
    for one in preview.taken:
        for value in one.values:
            day = max(preview.on, value.month, one.days.get(value.month, value.month))
            groups[day].append(Entry(measures[one.key], value.month, *_parts(value)))
    written = []
    for day in sorted(groups):
        for row in set_values(groups[day], by=by, on=day, imported_by=imported):
            written.append({"id": row.pk, "measure": row.measure_id, "month": row.month.isoformat()})
    return written
