"""Tables with a row of months above rows of figures; turned on their side, months down the page."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from impact.figures import figure_of
from impact.month_words import in_years, month_from, read_years
from plans.spreadsheets.book import Cell
from plans.spreadsheets.vocabulary import look_up

from .seen import Place, Seen, by_row

Rows = Mapping[int, list[Cell]]

LONGEST_NAME = 200
LONGEST_FIGURE = 100
AREA = re.compile(r"\b(?:area|theme|priority|service|team|workstream|locality|domain)s?\b", re.I)
NAME = re.compile(r"\b(?:measure|indicator|kpi|metric|performance|description|name|pi|data item)s?\b", re.I)
UNIT = re.compile(r"\b(?:unit|units|format|counted in|type)\b", re.I)
NOT_A_NAME = re.compile(
    r"\b(?:ref|no|num|number|id|code|target|goal|rag|lead|owner|source|trend|total|ytd|"
    r"year to date|average|comment|commentary|notes?|direction|polarity|baseline)\b",
    re.I,
)
FIRST_OF_FIGURE = re.compile(r"\s*[-−–+.\d]")
STEERING = frozenset({"title", "activity", "leads", "rating"})


@dataclass(slots=True)
class Series:
    """One measure's cells as they stand in a table, with the words that name it."""

    place: Place
    name: str
    area: str = ""
    section: str = ""
    unit: str = ""
    cells: list[tuple[date, Cell]] = field(default_factory=list)
    # Further cells that say what the series is: taken for its name, area or unit.
    labels: list[Cell] = field(default_factory=list)


@dataclass(slots=True)
class MonthTable:
    """One table: its series, its furniture by place with the reason, and cells that are nothing of these."""

    series: list[Series] = field(default_factory=list)
    furniture: dict[Place, str] = field(default_factory=dict)
    others: list[Cell] = field(default_factory=list)


def find_tables(rows: Rows, title: str, seen: Seen, *, is_turned: bool = False) -> Iterator[MonthTable]:
    """Tables with months across; `rows` are a sheet's filled cells by row, `title` its own name.

    With `is_turned` rows and columns have changed places: then a column of dates in a plan is no table.
    """
    heads = find_heads(rows, title, seen)
    numbers, ordered = sorted(rows), sorted(heads)
    for n, row in enumerate(ordered):
        end = ordered[n + 1] if n + 1 < len(ordered) else numbers[-1] + 1
        below = numbers[bisect_right(numbers, row) : bisect_left(numbers, end)]
        table = _read(rows, row, heads[row], below, title, is_turned)
        if table is not None:
            yield table


def find_heads(rows: Rows, title: str, seen: Seen) -> dict[int, dict[int, date]]:
    """The rows that head figures, each with the months at the head of columns."""
    dated, bare = by_row(seen.months), by_row(seen.bare)
    heads = {}
    for row in sorted({*dated, *bare} & rows.keys()):
        months = dated.get(row) or _in_years_above(rows, row, bare[row], title)
        if months and _is_head(rows[row], months):
            heads[row] = months
    return heads


def _is_head(cells: list[Cell], months: Mapping[int, date]) -> bool:
    number = len(set(months.values()))
    if number < 0.6 * len(months):
        return False
    return number >= 2 or any(NAME.match(cell.text) for cell in cells)


def _in_years_above(rows: Rows, row: int, bare: Mapping[int, int], title: str) -> dict[int, date]:
    """Names of months whose year stands in the row above, in a line above or in the sheet's name."""
    if len(bare) < 3:
        return {}
    above = [each for each in sorted(rows) if each < row][-4:]
    years: dict[int, tuple[int, int]] = {}
    for each in reversed(above):
        found = {cell.column: known for cell in rows[each] if (known := read_years(cell.text))}
        if found:
            years = found
            break
    fallback = read_years(title)
    return {
        column: in_years(month, known)
        for column, month in bare.items()
        if (known := _nearest_before(years, column) or fallback)
    }


def _nearest_before(years: Mapping[int, tuple[int, int]], column: int) -> tuple[int, int] | None:
    before = [each for each in years if each <= column]
    if before:
        return years[max(before)]
    return years[min(years)] if len(years) == 1 else None


def _read(
    rows: Rows, head: int, months: dict[int, date], below: list[int], title: str, is_turned: bool
) -> MonthTable | None:
    body = _body(rows, head, months, below)
    if is_turned and _is_plan(rows, head, months, body):
        return None
    filled = [cell for row in body for cell in rows[row] if cell.column in months]
    figures = sum(is_figure(cell) for cell in filled)
    if not figures or figures * 2 < len(filled):
        return None
    columns = _columns(rows, head, months, body, is_turned)
    table = MonthTable(furniture={(head, column): "Month at the head of figures" for column in months})
    section = ""
    for row in body:
        cells = {cell.column: cell for cell in rows[row]}
        if not any(column in months for column in cells):
            words = [cell for cell in rows[row] if not is_figure(cell)]
            section = words[0].text if len(words) == 1 and len(rows[row]) == 1 else section
            table.furniture.update({(row, cell.column): "Heading above figures" for cell in words})
            table.others += [cell for cell in rows[row] if is_figure(cell)]
        else:
            _add(table, row, cells, months, columns, section, _title_above(rows, head, title))
    _claim_head(table, rows[head], months, columns)
    return table


def _body(rows: Rows, head: int, months: Mapping[int, date], below: list[int]) -> list[int]:
    """The rows of figures: up to a gap of two rows, and no words that stand below the last figures."""
    body, last = [], head
    for row in below:
        if row - last > 2:
            break
        body.append(row)
        last = row
    while body and not any(cell.column in months for cell in rows[body[-1]]):
        body.pop()
    return body


def _may_be_figure(words: str) -> bool:
    return len(words) <= LONGEST_FIGURE and FIRST_OF_FIGURE.match(words) is not None


def is_figure(cell: Cell) -> bool:
    if isinstance(cell.value, str) and not _may_be_figure(cell.text):
        return False
    try:
        return month_from(cell.value, cell.text) is None and figure_of(cell.value, cell.text) is not None
    except ValueError:
        return False


def _is_plan(rows: Rows, head: int, months: Mapping[int, date], body: list[int]) -> bool:
    """Turned on its side, a plan's column of target dates looks like months, its references like figures."""
    if is_target_head(rows[head], months):
        return True
    first = min(months)
    headers = [cell.text for row in (head, *body) for cell in rows[row] if cell.column < first]
    fields = {word.field for text in headers if (word := look_up(text))}
    return len(fields & STEERING) >= 2


def is_target_head(cells: list[Cell], months: Mapping[int, date]) -> bool:
    """Whether the months are a plan's target dates, by the words just before them."""
    first = min(months)
    own = next((cell.text for cell in reversed(cells) if cell.column < first), "")
    known = look_up(own) if own else None
    return known is not None and known.field == "target"


@dataclass(slots=True)
class _Columns:
    name: int | None
    area: int | None = None
    unit: int | None = None


def _columns(rows: Rows, head: int, months: Mapping[int, date], body: list[int], is_turned: bool) -> _Columns:
    """Which of the columns beside the months names the measures, which their area and unit."""
    headers = {cell.column: cell.text for cell in rows[head] if cell.column not in months}
    words: dict[int, list[str]] = {}
    for row in body:
        if any(cell.column in months for cell in rows[row]):
            for cell in rows[row]:
                if cell.column not in months and not is_figure(cell) and len(cell.text) <= LONGEST_NAME:
                    words.setdefault(cell.column, []).append(cell.text)
    found = _Columns(None)
    for column in sorted(words):
        header = headers.get(column, "")
        if UNIT.search(header) and found.unit is None:
            found.unit = column
        elif AREA.search(header) and not NAME.search(header) and found.area is None and len(words) > 1:
            found.area = column
    left = [column for column in sorted(words) if column not in (found.area, found.unit)]
    named = [column for column in left if NAME.search(headers.get(column, ""))]
    likely = [column for column in left if not NOT_A_NAME.search(headers.get(column, ""))] or left
    near = (lambda column: column) if is_turned else (lambda column: -column)
    pick = named or likely
    if pick:
        found.name = max(pick, key=lambda column: (len(set(words[column])), near(column)))
    elif found.area is not None:
        found.name, found.area = found.area, None
    return found


def _title_above(rows: Rows, head: int, title: str) -> str:
    above = [row for row in rows if row < head]
    cells = rows[max(above)] if above else []
    return cells[0].text if len(cells) == 1 and len(cells[0].text) <= LONGEST_NAME else title


def _add(
    table: MonthTable,
    row: int,
    cells: dict[int, Cell],
    months: Mapping[int, date],
    columns: _Columns,
    section: str,
    title: str,
) -> None:
    series = Series((row, min(cells)), "", section=section)
    for column, cell in cells.items():
        if column in months:
            series.cells.append((months[column], cell))
        elif column in (columns.name, columns.area, columns.unit):
            series.labels.append(cell)
        else:
            table.others.append(cell)
    said = {cell.column: cell.text for cell in series.labels}
    series.name = said.get(columns.name, "") if columns.name else ""
    series.area = said.get(columns.area, "") if columns.area else ""
    series.unit = said.get(columns.unit, "") if columns.unit else ""
    series.name = " ".join((series.name or section or title).split())[:LONGEST_NAME]
    table.series.append(series)


def _claim_head(table: MonthTable, cells: list[Cell], months: Mapping[int, date], columns: _Columns) -> None:
    for cell in cells:
        if cell.column in months:
            continue
        own = cell.column in (columns.name, columns.area, columns.unit)
        table.furniture[cell.row, cell.column] = (
            "Heading of a column beside months" if own else "Heading of figures"
        )
