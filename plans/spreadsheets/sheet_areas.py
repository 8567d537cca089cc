"""Areas that stand above a table or on the tab of a sheet, and not between its rows."""

import re
from collections.abc import Sequence
from itertools import pairwise

from .book import Cell
from .drafts import Draft
from .furniture import NOT_A_TITLE, PLAN_WORDS, may_run_on_each_page
from .grid import Grid
from .headings import SENTENCE_START, name_and_number
from .results import Level
from .tables import Table
from .vocabulary import LEVEL_FIELDS, look_up

GENERIC = re.compile(
    r"(?:sheet|table|tab|page|appendix|annex|plan|data|copy|export|list|version|v)?[\s_-]*\d*|"
    r".*\b(?:plan|archive\w*|master|draft|tracker|actions?|log|summary|final|20\d\d)\b.*|"
    r"(?=\W*(?:\w+\W*){1,3}$).*\b(?:completed?|closed|open|live|current|all|old|new)\b.*",
    re.IGNORECASE,
)


def look_of(grid: Grid, cell: Cell) -> tuple:
    """What a heading row looks like: merged or not, bold or not, its fill and column."""
    return (grid.width(cell) > 1, cell.bold, cell.fill, cell.column)


def headings_above(
    grid: Grid, title_cells: Sequence[Cell], header_row: int, looks_below: set[tuple], bare: bool
) -> list[Cell]:
    """Lines right above the first header that are areas: they look like the headings further down, or say so.

    `bare` is True where the first row below the header is no heading itself.
    """
    found: list[Cell] = []
    expected = header_row
    for cell in reversed(title_cells):
        alone = len(grid.rows[cell.row]) == 1
        near = expected - cell.row <= 2
        alike = bare and look_of(grid, cell) in looks_below
        alike = alike and not may_run_on_each_page(cell.text)
        if not (alone and near and (alike or name_and_number(cell.text)[0])):
            break
        found.insert(0, cell)
        expected = cell.row
    if len(found) > 1 and found[0] is title_cells[0] and not name_and_number(found[0].text)[0]:
        found.pop(0)
    return found


def lone_titles_are_headings(grid: Grid, table: Table) -> bool:
    """Short lines alone in the action's column, from the first row on, never two running: areas."""
    title = table.column_of("title")
    rows = [row for s in table.segments for row in grid.between(s.first_row, s.last_row)]
    lone = [_is_short_line(grid.rows[row], title) for row in rows]
    if not rows or not lone[0] or lone[-1] or sum(lone) < 2 or sum(lone) > 0.5 * len(rows):
        return False
    return not any(first and second for first, second in pairwise(lone))


def _is_short_line(cells: Sequence[Cell], title: int) -> bool:
    if len(cells) > 1 or cells[0].column != title:
        return False
    return len(cells[0].text) <= 60 and not cells[0].text.endswith((".", ";"))


def area_of_sheet(title: str, texts: Sequence[str], elsewhere: set[str]) -> Level | None:
    """The area that a whole sheet is about, where each area has a sheet of its own."""
    own = [t for t in texts if t not in elsewhere and _could_be_area(t)]
    named = [text for text in own if name_and_number(text)[0]]
    plain = [text for text in own if not PLAN_WORDS.search(text)]
    tab = [] if GENERIC.fullmatch(title.strip()) else [title.strip()]
    for text in (*named[:1], *plain[:1], *tab, *own[:1]):
        name, number = name_and_number(text)
        return Level(name or "Improvement area", number, text)
    return None


def _could_be_area(text: str) -> bool:
    if NOT_A_TITLE.match(text) or len(text) >= 150:
        return False
    return bool(name_and_number(text)[0]) or not SENTENCE_START.match(text)


def is_labelled(cells: Sequence[Cell]) -> bool:
    """ "Strategic lead:" in one cell and the words for it in the next."""
    return len(cells) == 2 and cells[0].text.rstrip().endswith(":")


def labelled_area(cells: Sequence[Cell]) -> Level | None:
    """Above the table, "Theme:" in one cell and its name in the next."""
    if not is_labelled(cells):
        return None
    word = look_up(cells[0].text)
    name = cells[0].text.strip().rstrip(":").strip()
    return Level(name, "", cells[1].text) if word and word.field in LEVEL_FIELDS else None


def give_area(drafts: Sequence[Draft], level: Level) -> None:
    for draft in drafts:
        draft.area_of_sheet = level
