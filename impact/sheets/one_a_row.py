"""Long tables: every row one measure's value of one month, with the measure, month and value in columns."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from impact.month_words import month_from
from plans.spreadsheets.book import Cell
from plans.spreadsheets.vocabulary import look_up

from .months_across import AREA, LONGEST_NAME, NAME, STEERING, UNIT, MonthTable, Rows, Series, is_figure
from .seen import Seen

FEWEST = 3
VALUE = re.compile(
    r"\b(?:value|figure|result|count|number|actual|performance|rate|percentage|per cent|outturn)s?\b|%|^n$",
    re.I,
)
PART = re.compile(r"\b(?:numerator|part)\b", re.I)
WHOLE = re.compile(r"\b(?:denominator|whole|cohort|out of|total)\b", re.I)


@dataclass(slots=True)
class _Columns:
    month: int
    name: int
    value: int | None
    area: int | None = None
    unit: int | None = None
    part: int | None = None
    whole: int | None = None

    def __iter__(self):
        return iter((self.month, self.name, self.value, self.area, self.unit, self.part, self.whole))


def find_long_table(rows: Rows, seen: Seen) -> MonthTable | None:
    """The table of a sheet whose rows are values, None where it has none; `rows` as in find_tables."""
    bodies: dict[int, list[int]] = defaultdict(list)
    for row, column in sorted(seen.months):
        bodies[column].append(row)
    for column in sorted(bodies, key=lambda each: len(bodies[each]), reverse=True):
        if len(bodies[column]) < FEWEST:
            break
        table = _read(rows, column, bodies[column])
        if table is not None:
            return table
    return None


def _read(rows: Rows, column: int, body: list[int]) -> MonthTable | None:
    above = [row for row in rows if row < body[0]]
    head = max(above) if above else None
    headers = {cell.column: cell.text for cell in rows[head]} if head is not None else {}
    columns = _columns(rows, column, body, headers)
    if columns is None or not _is_table(rows, columns, body):
        return None
    table = MonthTable()
    if head is not None:
        table.furniture.update({(head, each): "Heading of a column of figures" for each in headers})
    series: dict[tuple[str, ...], Series] = {}
    for row in body:
        _add(table, series, {cell.column: cell for cell in rows[row]}, columns)
    table.series = list(series.values())
    return table


def _columns(rows: Rows, month: int, body: list[int], headers: Mapping[int, str]) -> _Columns | None:
    if {word.field for text in headers.values() if (word := look_up(text))} & STEERING - {"rating"}:
        return None
    cells = [cell for row in body for cell in rows[row] if cell.column != month]
    all_of, figures = Counter(cell.column for cell in cells), Counter(c.column for c in cells if is_figure(c))
    numeric = [each for each in sorted(all_of) if figures[each] >= 0.6 * all_of[each]]
    texts = [each for each in sorted(all_of) if each not in numeric]
    part = _first(numeric, headers, PART)
    whole = _first([each for each in numeric if each != part], headers, WHOLE) if part else None
    values = [each for each in numeric if each not in (part, whole)]
    value = _first(values, headers, VALUE) or (values[0] if len(values) == 1 else None)
    unit = _first(texts, headers, UNIT)
    area = _first([each for each in texts if not NAME.search(headers.get(each, ""))], headers, AREA)
    names = [each for each in texts if each not in (unit, area)]
    name = _first(names, headers, NAME) or (names[0] if names else area)
    if name is None or (value is None and not (part and whole)):
        return None
    return _Columns(month, name, value, None if area == name else area, unit, part, whole)


def _first(columns: list[int], headers: Mapping[int, str], pattern: re.Pattern) -> int | None:
    return next((each for each in columns if pattern.search(headers.get(each, ""))), None)


def _is_table(rows: Rows, columns: _Columns, body: list[int]) -> bool:
    """Names are short and come again; a plan's titles and target dates are neither."""
    names = [cell.text for row in body for cell in rows[row] if cell.column == columns.name]
    short = all(len(name) <= LONGEST_NAME for name in names)
    return short and len(body) >= FEWEST and len({*names}) <= max(1, len(names) / 2)


def _add(table: MonthTable, series: dict, cells: Mapping[int, Cell], columns: _Columns) -> None:
    said = {each: cells[each].text for each in columns if each and each in cells}
    value = cells.get(columns.value) if columns.value else None
    name = " ".join(said.get(columns.name, "").split())
    if not name or (value is None and columns.part not in cells):
        table.others += cells.values()
        return
    area, unit = said.get(columns.area, ""), said.get(columns.unit, "")
    own = series.setdefault((name.casefold(), area.casefold()), Series((0, 0), name, area, unit=unit))
    own.place = own.place if own.place[0] else (cells[columns.name].row, columns.name)
    month = cells[columns.month]
    table.furniture[month.row, month.column] = "Month of a figure"
    labels = [cells[each] for each in (columns.name, columns.area, columns.unit) if each in cells]
    own.labels += labels
    own.cells.append((month_from(month.value, month.text), _joined(value, cells, columns)))
    used = {each for each in columns if each}
    parts = [cells[each] for each in (columns.value, columns.part, columns.whole) if each in cells]
    if len(parts) > 1:
        table.furniture.update({(cell.row, cell.column): "Part of a figure" for cell in parts})
    table.others += [cell for each, cell in cells.items() if each not in used]


def _joined(value: Cell | None, cells: Mapping[int, Cell], columns: _Columns) -> Cell:
    """The value's cell, or one that says both parts."""
    part, whole = cells.get(columns.part or 0), cells.get(columns.whole or 0)
    if part is None or whole is None:
        return value or part
    words = f"{part.text}/{whole.text}"
    return Cell(part.row, part.column, words, words)
