"""Why a sheet is no plan, in words for the person who sent it."""

from datetime import date

from .book import Sheet
from .columns import MONTH
from .furniture import PLAN_WORDS
from .grid import Grid
from .profiles import REFERENCE
from .tables import Table
from .vocabulary import look_up


def reason_for_none(sheet: Sheet, grid: Grid, tables: list[Table], key_rows: int) -> str:
    """One plain sentence for the preview."""
    if not grid.rows:
        return "The sheet is empty"
    if key_rows and key_rows >= 0.6 * len(grid.rows):
        return "A rating key, read for the meaning of the colours"
    if _months(grid) >= 3:
        return "Figures by month or quarter, not actions"
    words = {
        word.field
        for table in tables
        for column in table.columns.values()
        if (word := look_up(column.header))
    }
    first = {word.field for cell in grid.rows[grid.numbers[0]] if (word := look_up(cell.text))}
    if {"progress", "what_it_means"} <= words | first:
        return "Narratives about what was done and what difference it made, not actions"
    widest = max(len(cells) for cells in grid.rows.values())
    if (
        widest <= 2
        and len(grid.rows) <= 8
        and any(PLAN_WORDS.search(c.text) for c in grid.rows[grid.numbers[0]])
    ):
        return "A cover sheet or a note, not actions"
    if widest <= 2 and _average(grid) < 40:
        return "A short list, such as the choices behind a drop-down, not actions"
    if {"leads"} & (words | first) or {"note"} & (words | first):
        return "A register or list: no column says what is to be done"
    if _first_column_is_headings(grid):
        return "The headings run down the side, not across the top. Turn the table round and import it again"
    return "No column of actions with a lead, target date or rating beside it was found"


def _months(grid: Grid) -> int:
    best = 0
    for row in grid.numbers[:12]:
        found = sum(
            isinstance(c.value, date) or bool(MONTH.fullmatch(c.text.strip())) for c in grid.rows[row]
        )
        best = max(best, found)
    return best


def _average(grid: Grid) -> float:
    lengths = [len(cell.text) for cells in grid.rows.values() for cell in cells]
    return sum(lengths) / len(lengths)


def _first_column_is_headings(grid: Grid) -> bool:
    firsts = [cells[0].text for cells in grid.rows.values()]
    known = [word.field for text in firsts if not REFERENCE.fullmatch(text) and (word := look_up(text))]
    return len(set(known)) >= 3
