"""Tables of a sheet: which headers belong together, which rows they cover, what their columns hold."""

from dataclasses import dataclass, field

from .book import Cell
from .columns import Guess
from .grid import Grid
from .headers import ACTION_LIKE, HELPFUL, Header
from .vocabulary import fold, look_up

UNKNOWN = Guess("note", "", False)


@dataclass
class Column:
    """One column of a table; `mark` is the rating that a tick in it stands for."""

    index: int
    headers: list[str]
    samples: list[Cell] = field(default_factory=list)
    guess: Guess = UNKNOWN
    field: str = "note"
    why: str = ""
    sure: bool = False
    mark: str = ""
    level: bool = False
    carries: bool = False
    merged: bool = False
    level_name: str = ""
    furniture: bool = False
    chosen: bool = False

    @property
    def header(self) -> str:
        return self.headers[0] if self.headers else ""

    def take_for(self, field: str, why: str, sure: bool) -> None:
        self.field, self.why, self.sure = field, why, sure


@dataclass
class Segment:
    """The rows below one occurrence of a header; `band` tells tables side by side apart."""

    table: "Table"
    header: Header
    first_row: int
    last_row: int
    band: int


@dataclass
class Table:
    """Columns that keep their order over one or more segments."""

    columns: dict[int, Column]
    first_column: int
    last_column: int
    band: int
    segments: list[Segment] = field(default_factory=list)
    roles: dict[str, Column] = field(default_factory=dict)
    fallbacks: dict[str, list[Column]] = field(default_factory=dict)
    marks: list[Column] = field(default_factory=list)
    is_plan: bool = False
    colour_column: int = 0
    areas_in_header: bool = False
    pale: bool = False
    others: set[int] = field(default_factory=set)
    header_widths: dict[int, set[int]] = field(default_factory=dict)

    def column_of(self, role: str) -> int:
        column = self.roles.get(role)
        return column.index if column else 0


def find_tables(grid: Grid, headers: list[Header]) -> list[Table]:
    """Tables from headers: a repeated header continues its table, a different one starts another."""
    tables: list[Table] = []
    parts = [(header, group) for header in headers for group in enumerate(_side_by_side(header))]
    last_row = grid.numbers[-1] if grid.numbers else 0
    for position, (header, (band, columns)) in enumerate(parts):
        following = [h.first_row for h, (b, _) in parts[position + 1 :] if h is not header]
        end = following[0] - 1 if following else last_row
        table = _same_table(tables, header, columns, band) or _new_table(tables, header, columns, band)
        table.segments.append(Segment(table, header, header.last_row + 1, end, band))
    for table in tables:
        _collect(grid, table)
    return tables


def _side_by_side(header: Header) -> list[list[int]]:
    """Column groups: split at a gap where both sides hold an action and something to steer it by."""
    columns = sorted(header.texts)
    groups: list[list[int]] = [[]]
    for column in columns:
        if groups[-1] and column > groups[-1][-1] + 1:
            groups.append([])
        groups[-1].append(column)
    if len(groups) == 1:
        return groups
    whole = [group for group in groups if _stands_alone(header, group)]
    if len(whole) < 2 or len(_fields(header, whole[0]) & _fields(header, whole[1])) < 2:
        return [columns]
    merged: list[list[int]] = []
    for group in groups:
        if group in whole or not merged:
            merged.append(list(group))
        else:
            merged[-1].extend(group)
    return merged


def _stands_alone(header: Header, group: list[int]) -> bool:
    fields = _fields(header, group)
    return bool(fields & ACTION_LIKE) and bool(fields & HELPFUL)


def _fields(header: Header, group: list[int]) -> set[str]:
    return {word.field for column in group if (word := look_up(header.texts[column]))}


def _signature(header: Header, columns: list[int]) -> dict[int, str]:
    return {c: (word.field if (word := look_up(header.texts[c])) else fold(header.texts[c])) for c in columns}


def _same_table(tables: list[Table], header: Header, columns: list[int], band: int) -> Table | None:
    mine = _signature(header, columns)
    for table in reversed(tables):
        if table.band != band:
            continue
        theirs = _signature(
            table.segments[0].header, [c for c in table.columns if c in table.segments[0].header.texts]
        )
        same = sum(theirs.get(column) == name for column, name in mine.items())
        if same >= 0.7 * max(len(mine), len(theirs)):
            _add_spellings(table, header, columns)
            return table
    return None


def _add_spellings(table: Table, header: Header, columns: list[int]) -> None:
    for index in columns:
        column = table.columns.setdefault(index, Column(index, []))
        if header.texts[index] not in column.headers:
            column.headers.append(header.texts[index])
    table.last_column = max(table.last_column, *columns)


def _new_table(tables: list[Table], header: Header, columns: list[int], band: int) -> Table:
    table = Table({c: Column(c, [header.texts[c]]) for c in columns}, min(columns), max(columns), band)
    tables.append(table)
    return table


def _collect(grid: Grid, table: Table) -> None:
    """Gives each column its cells; a column with cells and no heading joins the table."""
    table.others = {c for s in table.segments for c in s.header.texts if c not in table.columns}
    for cell in (cell for segment in table.segments for cell in segment.header.cells):
        table.header_widths.setdefault(cell.column, set()).add(grid.width(cell))
    for segment in table.segments:
        for row in grid.between(segment.first_row, segment.last_row):
            _collect_row(grid, table, row)
    for (row, index), cell in grid.sheet.cells.items():
        column = table.columns.get(index)
        if (
            column
            and cell.fill
            and not cell.text
            and any(s.first_row <= row <= s.last_row for s in table.segments)
        ):
            column.samples.append(cell)
    for merge in grid.sheet.merges:
        column = table.columns.get(merge.first_column)
        if (
            column
            and merge.last_row > merge.first_row
            and (merge.first_row, merge.first_column) in grid.sheet.cells
        ):
            column.merged = True


def _collect_row(grid: Grid, table: Table, row: int) -> None:
    cells = grid.rows[row]
    if len(cells) < 2:
        return
    for cell in cells:
        column = table.columns.get(cell.column)
        if column is None:
            if (
                cell.column in table.others
                or not table.first_column - 2 <= cell.column <= table.last_column + 3
            ):
                continue
            column = table.columns[cell.column] = Column(cell.column, [])
        column.samples.append(cell)
