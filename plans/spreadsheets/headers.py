"""Finds the rows that head a table: anywhere on the sheet, repeated, in two rows, spelt differently."""

import re
from dataclasses import dataclass, field
from datetime import date

from plans.rating import read_rating

from .book import Cell
from .grid import Grid
from .vocabulary import look_up

LONGEST = 90
MONTH = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ \-./']*(?:\d{2}|\d{4})?"
    r"|q[1-4][ \-/]*[\d/\-]*|\d{4}[/-]\d{2,4}",
    re.IGNORECASE,
)
DATA = re.compile(r"\(?\d+(?:\.\d+)*[.)]?(?: ?[a-z][.)]?)?|(?![qQ]\d)[A-Za-z]{1,3}[. -]?\d+(?:\.\d+)*")
ACTION_LIKE = frozenset({"title", "activity"})
HELPFUL = frozenset({"leads", "target", "rating", "success_criteria", "progress", "outcome", "objective"})


@dataclass
class Header:
    """One occurrence of a header: its rows, and for each column the words over it."""

    first_row: int
    last_row: int
    texts: dict[int, str]
    cells: list[Cell] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)

    def fields(self) -> dict[int, str]:
        return {column: word.field for column, text in self.texts.items() if (word := look_up(text))}


def find_headers(grid: Grid) -> list[Header]:
    """Every header on the sheet from the top, each two-row header as one."""
    found: list[Header] = []
    known: set[str] = set()
    for position, row in enumerate(grid.numbers):
        if found and row <= found[-1].last_row:
            continue
        if known and not _may_repeat(grid.rows[row], known):
            if _is_foreign(grid, row):
                found.append(_single(grid, row))
            continue
        header = _header_at(grid, position)
        if header is None and found and _is_foreign(grid, row):
            header = _single(grid, row)
        if header is not None:
            found.append(header)
            known.update(_plain(cell.text) for cell in header.cells)
    return found


def _may_repeat(cells: list[Cell], known: set[str]) -> bool:
    """A quick look before the full one: it shares words with the first header, or is all short."""
    short = [cell.text for cell in cells if len(cell.text) <= LONGEST]
    if len(short) < 2 or len(short) < len(cells) * 0.8:
        return False
    hits = 0
    for text in short:
        if _plain(text) in known:
            hits += 1
            if hits == 2:
                return True
    return (
        len(short) >= 3
        and sum(len(text) for text in short) <= 25 * len(short)
        and not any(_is_data(c) for c in cells)
    )


def _plain(text: str) -> str:
    return text.casefold().strip(" .:?*")


def looks_like_header(cells: list[Cell]) -> bool:
    """At least three different known words, or an action and one more, and nothing that is data."""
    if any(len(cell.text) > 140 for cell in cells):
        return False
    words = [word for cell in cells if len(cell.text) <= LONGEST and (word := look_up(cell.text))]
    fields = {word.field for word in words}
    marks = sum(len(cell.text) <= 20 and bool(read_rating(cell.text).code) for cell in cells)
    known = len(words) + (marks if marks >= 2 else 0)
    if known < 0.5 * len(cells) or len(fields) < 2:
        return False
    if any(_is_data(cell) for cell in cells):
        return len(fields) >= 4 and bool(fields & ACTION_LIKE)
    return len(fields) >= 3 or bool(fields & ACTION_LIKE) or len(fields & HELPFUL) >= 2


def _is_data(cell: Cell) -> bool:
    if not isinstance(cell.value, str):
        return True
    return len(cell.text) <= 12 and DATA.fullmatch(cell.text) is not None


def _is_foreign(grid: Grid, row: int) -> bool:
    """The head of another sort of table, below a gap: months, or short bold words above plain rows."""
    cells = grid.rows[row]
    if row - 1 in grid.rows or len(cells) < 3 or any(len(cell.text) > 40 for cell in cells):
        return False
    months = sum(isinstance(cell.value, date) or MONTH.fullmatch(cell.text) is not None for cell in cells)
    if months >= 3 and months >= 0.6 * len(cells):
        return True
    below = grid.rows.get(row + 1, [])
    return all(cell.bold for cell in cells) and bool(below) and not any(cell.bold for cell in below)


def _header_at(grid: Grid, position: int) -> Header | None:
    row = grid.numbers[position]
    cells = grid.rows[row]
    below = grid.numbers[position + 1] if position + 1 < len(grid.numbers) else 0
    if looks_like_header(cells):
        if below and below <= row + 2 and _is_second_row(grid, cells, grid.rows[below]):
            return _two_rows(grid, row, below)
        return _single(grid, row)
    if below == row + 1 and _is_group_row(grid, cells) and looks_like_header(grid.rows[below]):
        return _two_rows(grid, row, below)
    if below == row + 1 and _reaches_down(grid, cells) and _is_split_header(grid, row, below):
        return _two_rows(grid, row, below)
    return None


def _is_second_row(grid: Grid, top: list[Cell], lower: list[Cell]) -> bool:
    """Sub-headings: all under blank or merged top cells, short, and not data."""
    if any(_is_data(cell) or len(cell.text) > 50 for cell in lower):
        return False
    own = {cell.column for cell in top if grid.width(cell) == 1}
    spread = {
        c for cell in top if grid.width(cell) > 1 for c in range(cell.column, cell.column + grid.width(cell))
    }
    if any(cell.column in own for cell in lower):
        return False
    if spread and all(cell.column in spread for cell in lower):
        return len(lower) >= 2 or look_up(lower[0].text) is not None
    last_own = max(own) if own else 0
    return len(lower) >= 2 and all(
        cell.column <= last_own + 6 and _is_heading_word(cell.text) for cell in lower
    )


def _is_heading_word(text: str) -> bool:
    return look_up(text) is not None or bool(len(text) <= 20 and read_rating(text).code)


def _is_group_row(grid: Grid, cells: list[Cell]) -> bool:
    """A row of headings each merged over some, but not all, of the columns below."""
    spread = [cell for cell in cells if grid.width(cell) > 1]
    return (
        bool(spread)
        and len(cells) >= 2
        and all(len(c.text) <= LONGEST and isinstance(c.value, str) for c in cells)
    )


def _reaches_down(grid: Grid, cells: list[Cell]) -> bool:
    return any((m := grid.merge(c.row, c.column)) and m.last_row == c.row + 1 for c in cells)


def _is_split_header(grid: Grid, row: int, below: int) -> bool:
    columns = {cell.column for cell in grid.rows[row] if grid.width(cell) == 1}
    lower = grid.rows[below]
    return all(c.column not in columns for c in lower) and looks_like_header(grid.rows[row] + lower)


def _single(grid: Grid, row: int) -> Header:
    texts: dict[int, str] = {}
    for cell in grid.rows[row]:
        for column in range(cell.column, cell.column + grid.width(cell)):
            texts[column] = cell.text
    cells = grid.rows[row]
    return Header(row, _bottom(grid, row), texts, cells, [cell.column for cell in cells])


def _bottom(grid: Grid, row: int) -> int:
    """The last row that the header's merged cells reach, unless a row with text comes first."""
    reach = max((m.last_row for c in grid.rows[row] if (m := grid.merge(row, c.column))), default=row)
    while reach > row and any(number in grid.rows for number in range(row + 1, reach + 1)):
        reach -= 1
    return reach


def _two_rows(grid: Grid, row: int, below: int) -> Header:
    top: dict[int, str] = {}
    for cell in grid.rows[row]:
        for column in range(cell.column, cell.column + grid.width(cell)):
            top[column] = cell.text
    lower = {}
    for cell in grid.rows[below]:
        for column in range(cell.column, cell.column + grid.width(cell)):
            lower[column] = cell.text
    texts = {column: _joined(top.get(column, ""), lower.get(column, "")) for column in sorted({*top, *lower})}
    cells = grid.rows[row] + grid.rows[below]
    return Header(row, below, texts, cells, sorted({cell.column for cell in cells}))


def _joined(top: str, lower: str) -> str:
    if not top or not lower:
        return top or lower
    return f"{top}: {lower}"
