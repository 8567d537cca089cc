"""Finds the rows that head a table: anywhere on the sheet, repeated, in two rows, spelt differently."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from plans.dates import Kind, parse_target
from plans.rating import read_rating

from .book import Cell
from .columns import MONTH
from .grid import Grid
from .vocabulary import fold, look_up, may_be_known

LONGEST = 90
NOTHING_CHOSEN: Mapping[str, str] = {}
LONGEST_LOWER = 25
DEEPEST = 3
FURTHEST = 500
LONGEST_HEADER = 300
DATA = re.compile(r"\(?\d+(?:\.\d+)*[.)]?(?: ?[a-z][.)]?)?|(?![qQ]\d)[A-Za-z]{1,3}[. -]?\d+(?:\.\d+)*")
ACTION_LIKE = frozenset({"title", "activity"})
OF_AN_ACTION = ACTION_LIKE | {"reference"}
STEERING = frozenset({"leads", "target", "rating"})
HELPFUL = frozenset({"leads", "target", "rating", "success_criteria", "progress", "outcome", "objective"})


@dataclass
class Header:
    """One occurrence of a header: its rows, and for each column the words over it."""

    first_row: int
    last_row: int
    texts: dict[int, str]
    cells: list[Cell] = field(default_factory=list)

    def fields(self) -> dict[int, str]:
        return {column: word.field for column, text in self.texts.items() if (word := look_up(text))}


def find_headers(grid: Grid, chosen: Mapping[str, str] = NOTHING_CHOSEN) -> list[Header]:
    """Every header on the sheet from the top, each in several rows as one; `chosen` adds words to know."""
    found: list[Header] = []
    known: set[str] = set()
    for position, row in enumerate(grid.numbers):
        if found and row <= found[-1].last_row:
            continue
        if not found and position > FURTHEST:
            break
        if known and not _may_repeat(grid.rows[row], known):
            if _is_foreign(grid, row):
                found.append(_stacked(grid, [row]))
            continue
        header = _header_at(grid, position, chosen)
        if header is None and found and _is_foreign(grid, row):
            header = _stacked(grid, [row])
        if header is not None and found and _explains(header, found[-1]):
            found[-1].last_row = header.last_row
            found[-1].cells += header.cells
        elif header is not None:
            found.append(header)
            known.update(_plain(cell.text) for cell in header.cells)
    return found


def _explains(header: Header, above: Header) -> bool:
    """Right below a header, over the same columns and with fewer known words: how to fill them in."""
    if header.first_row != above.last_row + 1 or not header.texts.keys() <= above.texts.keys():
        return False
    return len(header.texts) >= 3 and len(header.fields()) < len(above.fields())


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


def looks_like_header(cells: list[Cell], chosen: Mapping[str, str] = NOTHING_CHOSEN) -> bool:
    """At least three different known words, or an action and one more, and nothing that is data."""
    if any(len(cell.text) > LONGEST_HEADER for cell in cells):
        return False
    if not chosen and sum(may_be_known(cell.text) for cell in cells) < 2:
        return False
    words = [field for cell in cells if (field := _field_of(cell.text, chosen))]
    fields = set(words)
    marks = sum(_is_mark(cell.text) for cell in cells)
    months = sum(MONTH.fullmatch(cell.text) is not None for cell in cells)
    known = len(words) + (marks if marks >= 2 else 0)
    if known < 0.5 * (len(cells) - months) or len(fields) < 2:
        return False
    done = any((word := look_up(cell.text)) and word.sense == "done" for cell in cells)
    if (marks == 1 and not done) or 0 < months + _dates(cells) < 3 or any(_is_data(cell) for cell in cells):
        return len(fields) >= 4 and bool(fields & ACTION_LIKE)
    return len(fields) >= 3 or bool(fields & ACTION_LIKE) or len(fields & STEERING) >= 2


def _dates(cells: list[Cell]) -> int:
    """How many cells say a date and nothing that is a heading."""
    texts = [cell.text for cell in cells if len(cell.text) <= 40 and not MONTH.fullmatch(cell.text)]
    return sum(look_up(text) is None and parse_target(text).kind == Kind.DAY for text in texts)


def _is_mark(text: str) -> bool:
    return len(text) <= 20 and look_up(text) is None and bool(read_rating(text).code)


def _field_of(text: str, chosen: Mapping[str, str]) -> str:
    word = look_up(text)
    field = chosen.get(fold(text), "") if chosen else ""
    return field or (word.field if word else "")


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


def _header_at(grid: Grid, position: int, chosen: Mapping[str, str]) -> Header | None:
    row = grid.numbers[position]
    cells = grid.rows[row]
    below = grid.numbers[position + 1] if position + 1 < len(grid.numbers) else 0
    deep = _rows_reached(grid, row)
    if len(deep) > 1 and looks_like_header([cell for number in deep for cell in grid.rows[number]], chosen):
        return _stacked(grid, deep)
    if looks_like_header(cells, chosen):
        if below and below <= row + 2 and _is_second_row(grid, cells, grid.rows[below]):
            return _stacked(grid, [row, below])
        if below == row + 1 and _is_wrapped(grid, cells, grid.rows[below]):
            return _stacked(grid, [row, below], " ")
        return _stacked(grid, [row])
    if (
        below == row + 1
        and _is_group_row(grid, cells, grid.rows[below])
        and looks_like_header(grid.rows[below], chosen)
    ):
        return _stacked(grid, [row, below])
    return None


def _rows_reached(grid: Grid, row: int) -> list[int]:
    """The rows that cells merged downwards from here stand beside, where all of them hold headings."""
    merges = [merge for cell in grid.rows[row] if (merge := grid.merge(row, cell.column))]
    reach = max((merge.last_row for merge in merges), default=row)
    rows = grid.between(row, min(reach, row + DEEPEST - 1))
    lower = [cell for number in rows[1:] for cell in grid.rows[number]]
    if reach > row + DEEPEST or any(_cannot_head(cell) for cell in lower):
        return [row]
    return rows


def _cannot_head(cell: Cell) -> bool:
    """Data or a long text; a month may stand below a merged heading."""
    month = len(cell.text) <= 15 and MONTH.fullmatch(cell.text) is not None
    return len(cell.text) > 50 or (_is_data(cell) and not month)


def _is_second_row(grid: Grid, top: list[Cell], lower: list[Cell]) -> bool:
    """Sub-headings: all under blank or merged top cells, short, and not data."""
    if any(_cannot_head(cell) for cell in lower):
        return False
    own = {cell.column for cell in top if grid.width(cell) == 1}
    spread = {
        c for cell in top if grid.width(cell) > 1 for c in range(cell.column, cell.column + grid.width(cell))
    }
    if any(cell.column in own for cell in lower):
        return bool(spread) and spread <= {cell.column for cell in lower} and _may_be_lower(top, lower)
    if spread and all(cell.column in spread for cell in lower):
        return len(lower) >= 2 or look_up(lower[0].text) is not None
    last_own = max(own) if own else 0
    return len(lower) >= 2 and all(
        cell.column <= last_own + 6 and _is_heading_word(cell.text) for cell in lower
    )


def _may_be_lower(top: list[Cell], lower: list[Cell]) -> bool:
    """Short words and no dates, one of them a known heading, and none where an action would have its own."""
    actions = {cell.column for cell in top if (word := look_up(cell.text)) and word.field in OF_AN_ACTION}
    if any(cell.column in actions or len(cell.text) > LONGEST_LOWER for cell in lower) or _dates(lower):
        return False
    return any(look_up(cell.text) for cell in lower)


def _is_wrapped(grid: Grid, top: list[Cell], lower: list[Cell]) -> bool:
    """ "Target" over "date": the lower words are headings too, and say the same field with those above."""
    above = {cell.column: cell.text for cell in top if grid.width(cell) == 1}
    return _may_be_lower(top, lower) and all(
        look_up(cell.text) and _same_field(above.get(cell.column, ""), cell.text) for cell in lower
    )


def _same_field(upper: str, lower: str) -> bool:
    outer, whole = look_up(upper), look_up(f"{upper} {lower}")
    return outer is not None and whole is not None and outer.field == whole.field


def _is_heading_word(text: str) -> bool:
    return look_up(text) is not None or bool(len(text) <= 20 and read_rating(text).code)


def _is_group_row(grid: Grid, cells: list[Cell], lower: list[Cell]) -> bool:
    """A row of headings each merged over some, but not all, of the columns below."""
    if not any(grid.width(cell) > 1 for cell in cells):
        return False
    partial = len(cells) >= 2 or cells[0].column > lower[0].column
    return partial and all(len(c.text) <= LONGEST and isinstance(c.value, str) for c in cells)


def _stacked(grid: Grid, rows: list[int], between: str = ": ") -> Header:
    """One header out of one, two or three rows; over each column its words from the top down."""
    texts: dict[int, list[str]] = {}
    cells = [cell for row in rows for cell in grid.rows[row]]
    for cell in cells:
        for column in range(cell.column, cell.column + grid.width(cell)):
            texts.setdefault(column, []).append(cell.text)
    joined = {column: between.join(words) for column, words in sorted(texts.items())}
    return Header(rows[0], _bottom(grid, rows), joined, cells)


def _bottom(grid: Grid, rows: list[int]) -> int:
    """The last row that the header's merged cells reach, unless a row with text comes first."""
    merges = [merge for row in rows for c in grid.rows[row] if (merge := grid.merge(row, c.column))]
    reach = max((merge.last_row for merge in merges), default=rows[-1])
    following = grid.between(rows[-1] + 1, reach)
    return max(rows[-1], following[0] - 1 if following else reach)
