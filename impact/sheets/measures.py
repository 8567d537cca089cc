"""Reads a workbook's figures by month, whatever the sheets are called and however the tables lie."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from impact.figures import Figure, figure_of
from impact.measure_words import is_stock, unit_in
from impact.month_words import read_years
from impact.months import month_words
from impact.units import Unit
from impact.values import check_month, check_value, value_from_parts
from plans.spreadsheets.book import Cell, Sheet, Workbook, column_letter
from plans.spreadsheets.matching import fold
from plans.spreadsheets.results import NotUnderstood, Problem

from .months_across import MonthTable, Rows, Series, find_heads, find_tables, is_target_head
from .one_a_row import find_long_table
from .results import MeasureRow, MonthValue, Reading
from .seen import Place, Seen, by_row, look_over

Cells = dict[Place, Cell]

NO_VALUE = "No value for the month"
ASIDE = "Not the figure of a month. Targets are not read: set them on the measure's page"
TWICE = "Two values for {month} of this measure. Keep one of them in the workbook"
PART_PLACES = 1
MOST_PLACES = 4


@dataclass(slots=True)
class _Found:
    """One measure, from every table that has a part of it."""

    name: str
    area: str
    unit: str
    sheet: str
    row: int
    cells: list[tuple[str, date, Cell]] = field(default_factory=list)


def read_measures(workbook: Workbook, today: date) -> Reading:
    """Every monthly series, and each cell of their tables that is none of its values."""
    reading = Reading()
    tables = [(sheet.title, table) for sheet in workbook.sheets for table in _tables(sheet)]
    for title, table in tables:
        _list_furniture(reading, title, table, workbook)
    for found in _gather(tables):
        measure = _finish(found, reading, today)
        reading.measures.append(measure)
    for title in reading.claimed:
        series = [one for each, table in tables if each == title for one in table.series]
        months = {month for one in series for month, _ in one.cells}
        reading.reasons[title] = _words(len({fold(one.name) for one in series}), len(months))
    return reading


def _words(measures: int, months: int) -> str:
    return f"{measures} measure{'s' * (measures != 1)} over {months} month{'s' * (months != 1)}"


def _tables(sheet: Sheet) -> list[MonthTable]:
    """The tables of a sheet: months across first, then a value a row, then months down."""
    left = {place: cell for place, cell in sheet.cells.items() if cell.text}
    tables: list[MonthTable] = []
    seen = look_over(left)
    rows = _rows(left) if seen else {}
    for find in (_across, _one_a_row, _down):
        if not seen:
            break
        found = find(rows, sheet.title, seen)
        if found:
            tables += found
            left = _without(left, found)
            seen, rows = look_over(left), _rows(left)
    return tables


def _across(rows: Rows, title: str, seen: Seen) -> list[MonthTable]:
    return list(find_tables(rows, title, seen))


def _one_a_row(rows: Rows, title: str, seen: Seen) -> list[MonthTable]:
    table = find_long_table(rows, seen)
    return [] if table is None else [table]


def _down(rows: Rows, title: str, seen: Seen) -> list[MonthTable]:
    turned = seen.turned()
    if not _may_go_down(rows, title, turned):
        return []
    return [_turned_back(table) for table in find_tables(_turn(rows), title, turned, is_turned=True)]


def _may_go_down(rows: Rows, title: str, turned: Seen) -> bool:
    """A quick look before the whole sheet is turned: mostly its only months are a plan's target dates."""
    if any(len(named) > 2 for named in by_row(turned.bare).values()):
        return True
    columns = {column for column, _ in turned.months}
    dated = _turn({row: [cell for cell in cells if cell.column in columns] for row, cells in rows.items()})
    heads = find_heads(dated, title, turned)
    return not all(is_target_head(dated[column], months) for column, months in heads.items())


def _rows(cells: Cells) -> Rows:
    rows: dict[int, list[Cell]] = defaultdict(list)
    for place in sorted(cells):
        rows[place[0]].append(cells[place])
    return rows


def _turn(rows: Rows) -> Rows:
    """Rows and columns change places."""
    turned: dict[int, list[Cell]] = defaultdict(list)
    for row in sorted(rows):
        for cell in rows[row]:
            turned[cell.column].append(_turned(cell))
    return turned


def _turned(cell: Cell) -> Cell:
    return Cell(cell.column, cell.row, cell.value, cell.text, cell.fill, cell.bold)


def _turned_back(table: MonthTable) -> MonthTable:
    for series in table.series:
        series.place = series.place[::-1]
        series.cells = [(month, _turned(cell)) for month, cell in series.cells]
        series.labels = [_turned(cell) for cell in series.labels]
    furniture = {(column, row): reason for (row, column), reason in table.furniture.items()}
    return MonthTable(table.series, furniture, [_turned(cell) for cell in table.others])


def _without(cells: Cells, tables: Iterable[MonthTable]) -> Cells:
    taken = {place for table in tables for place in _places(table)}
    return {place: cell for place, cell in cells.items() if place not in taken}


def _places(table: MonthTable) -> Iterator[tuple[int, int]]:
    yield from table.furniture
    yield from ((cell.row, cell.column) for cell in table.others)
    for series in table.series:
        yield from ((cell.row, cell.column) for _, cell in series.cells)
        yield from ((cell.row, cell.column) for cell in series.labels)


def _list_furniture(reading: Reading, title: str, table: MonthTable, workbook: Workbook) -> None:
    reading.claimed.setdefault(title, set()).update(_places(table))
    cells = next(sheet.cells for sheet in workbook.sheets if sheet.title == title)
    for place, reason in sorted(table.furniture.items()):
        if place in cells:
            reading.not_understood.append(_unused(title, cells[place], reason, True))
    for cell in table.others:
        reading.not_understood.append(_unused(title, cell, ASIDE, False))


def _unused(sheet: str, cell: Cell, reason: str, furniture: bool) -> NotUnderstood:
    return NotUnderstood(sheet, cell.row, column_letter(cell.column), cell.text, reason, furniture)


def _gather(tables: list[tuple[str, MonthTable]]) -> list[_Found]:
    """The series of one name are one measure, unless they belong to different areas or headings."""
    all_series = [(title, series) for title, table in tables for series in table.series]
    contexts = defaultdict(set)
    for _, series in all_series:
        contexts[fold(series.name)].add(fold(_context(series)))
    found: dict[tuple[str, str], _Found] = {}
    for title, series in all_series:
        context = _context(series)
        several = len(contexts[fold(series.name)]) > 1
        name = f"{series.name}: {' '.join(context.split())}" if several and context else series.name
        key = (fold(series.name), fold(context))
        row = series.place[0] if series.place[0] else series.cells[0][1].row
        one = found.setdefault(key, _Found(name[:200], context, series.unit, title, row))
        one.cells += [(title, month, cell) for month, cell in series.cells]
    return list(found.values())


def _context(series: Series) -> str:
    """The area, or the heading above it that is not only a year."""
    section = (
        "" if fold(series.section) == fold(series.name) or read_years(series.section) else series.section
    )
    return series.area or section


def _finish(found: _Found, reading: Reading, today: date) -> MeasureRow:
    figures = [(*each, figure) for each in found.cells if (figure := _figure(found, *each, reading))]
    unit = _unit(found, [figure for *_, figure in figures])
    times = 100 if unit is Unit.PERCENT and _are_fractions([figure for *_, figure in figures]) else 1
    measure = MeasureRow(found.sheet, found.row, found.name, unit.value, area=found.area)
    measure.decimals = min(MOST_PLACES, max([_places_of(figure, times) for *_, figure in figures], default=0))
    measure.is_stock = is_stock(found.name, unit)
    values = [_value(sheet, month, cell, figure, unit, times) for sheet, month, cell, figure in figures]
    sound = [one for one in values if not _faulty(found, one, unit, reading, today)]
    measure.values = sorted(_once(found, sound, reading), key=lambda one: one.month)
    return measure


def _figure(found: _Found, sheet: str, month: date, cell: Cell, reading: Reading) -> Figure | None:
    try:
        figure = figure_of(cell.value, cell.text)
    except ValueError as error:
        _refuse(found, sheet, month, cell, f"{error}.", reading)
        return None
    if figure is None:
        reading.not_understood.append(_unused(sheet, cell, NO_VALUE, True))
    elif figure.denominator is not None and (figure.denominator <= 0 or figure.numerator < 0):
        words = f"“{cell.text}” has no whole above 0. Mend it in the workbook."
        _refuse(found, sheet, month, cell, words, reading)
        return None
    return figure


def _refuse(found: _Found, sheet: str, month: date, cell: Cell, words: str, reading: Reading) -> None:
    reading.not_understood.append(_unused(sheet, cell, words.rstrip("."), False))
    reading.problems.append(Problem(sheet, cell.row, f"{found.name}, {month_words(month)}: {words}"))


def _unit(found: _Found, figures: list[Figure]) -> Unit:
    told = unit_in(found.unit) or (Unit.COUNT if fold(found.unit) in ("count", "number", "n", "no") else None)
    shares = sum(figure.is_percent or figure.numerator is not None for figure in figures)
    if told is None and figures and shares * 2 > len(figures):
        named = unit_in(found.name)
        parts = any(figure.numerator is not None for figure in figures)
        return named if parts and named else Unit.PERCENT
    return told or unit_in(found.name) or Unit.COUNT


def _are_fractions(figures: list[Figure]) -> bool:
    """Shares written as 0.52 with no sign of per cent."""
    values = [figure.value for figure in figures if figure.value is not None]
    if not values or any(figure.is_percent for figure in figures):
        return False
    return all(0 <= value <= 1 for value in values) and any(0 < value < 1 for value in values)


def _places_of(figure: Figure, times: int) -> int:
    if figure.numerator is not None:
        return PART_PLACES
    return max(0, figure.places - (2 if times == 100 else 0))


def _value(sheet: str, month: date, cell: Cell, figure: Figure, unit: Unit, times: int) -> MonthValue:
    value, parts = figure.value, (figure.numerator, figure.denominator)
    if value is None:
        parted = unit if unit is not Unit.COUNT else Unit.PERCENT
        value = value_from_parts(parted, *parts)
    return MonthValue(month, value * times, *parts, sheet, cell.row, cell.column, cell.text)


def _faulty(found: _Found, one: MonthValue, unit: Unit, reading: Reading, today: date) -> bool:
    faults = [*check_month(one.month, today), *check_value(unit, one.value)]
    if unit is Unit.COUNT and one.numerator is not None:
        faults.append(f"“{one.text}” has two parts, and the other months are counts. Write the count.")
    if faults:
        _refuse(found, one.sheet, one.month, _cell_of(one), " ".join(faults), reading)
    return bool(faults)


def _once(found: _Found, values: list[MonthValue], reading: Reading) -> list[MonthValue]:
    """The same value twice is one; two different ones are neither, whichever comes first."""
    by_month: dict[date, list[MonthValue]] = defaultdict(list)
    for one in values:
        by_month[one.month].append(one)
    kept = []
    for month, ones in by_month.items():
        if len({(one.value, one.numerator, one.denominator) for one in ones}) == 1:
            kept.append(ones[0])
            for one in ones[1:]:
                reading.not_understood.append(_unused(one.sheet, _cell_of(one), "The same value again", True))
            continue
        for one in ones:
            reading.not_understood.append(
                _unused(one.sheet, _cell_of(one), TWICE.format(month=month_words(month)), False)
            )
        given = " and ".join(dict.fromkeys(f"“{one.text}”" for one in ones))
        words = f"{found.name}, {month_words(month)}: two values, {given}. Keep one of them in the workbook."
        reading.problems.append(Problem(ones[0].sheet, ones[0].row, words))
    return kept


def _cell_of(one: MonthValue) -> Cell:
    return Cell(one.row, one.column, one.text, one.text)


def as_number(value: Decimal) -> int | float:
    """A value as JSON writes it: whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)
