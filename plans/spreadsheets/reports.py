"""Says of each sheet what it is, and of each cell outside the actions why it is there."""

from collections.abc import Iterator

from plans.dates import no_such_day

from .book import Cell, column_letter
from .kinds import reason_for_none
from .pages import Page
from .results import ColumnReading, NotUnderstood, PlanReading, Problem, SheetReading
from .shape import STEERING
from .tables import Column, Table
from .vocabulary import FIELDS

SAMPLES = 3
NO_SUCH_DAY = (
    "The calendar has no such day (the day is read before the month). "
    "The words are kept with the action, without that date."
)


def report_page(page: Page, reading: PlanReading) -> None:
    """Adds a sheet's columns, problems and the cells that stand in no action."""
    taken = set().union(*(walk.taken for walk in page.walks)) if page.walks else set()
    furniture, lost = dict(page.furniture), {}
    for walk in page.walks:
        furniture.update(walk.furniture)
        lost.update(walk.lost)
        reading.problems += [Problem(page.sheet.title, row, message) for row, message in walk.problems]
    for table in page.plans:
        furniture.update(_headers(table))
        lost.update({place: NO_SUCH_DAY for place in _impossible_days(page, table) if place in taken})
    kind, reason = _kind(page)
    tables = page.plans or [table for table in page.tables if _is_nearly_a_plan(table)]
    columns = [_column(page, column) for table in tables for _, column in sorted(table.columns.items())]
    reading.sheets.append(SheetReading(page.sheet.title, kind, reason, columns))
    _list_cells(page, reading, taken, furniture, lost, reason)


def _kind(page: Page) -> tuple[str, str]:
    n = sum(len(walk.drafts) for walk in page.walks)
    if page.plans and n:
        return "plan", f"{n} action{'s' if n != 1 else ''} in a table with a column of actions"
    if page.plans:
        return "none", "Has the headings of a plan, but no actions below them"
    return "none", reason_for_none(page.sheet, page.grid, page.tables, page.key_rows)


def _is_nearly_a_plan(table: Table) -> bool:
    """Only the column of actions was not recognised: its columns are shown, so that it can be chosen."""
    return sum(role in table.roles for role in STEERING) >= 2


def _headers(table: Table) -> dict[tuple[int, int], str]:
    found = {}
    for segment in table.segments:
        for cell in segment.header.cells:
            column = table.columns.get(cell.column)
            label = FIELDS.get(column.field, "a note") if column else "a note"
            found[cell.row, cell.column] = f"Heading of the column taken for {label}"
    return found


def _impossible_days(page: Page, table: Table) -> Iterator[tuple[int, int]]:
    """The cells in its columns of dates whose words name a day that no calendar has."""
    dated = {column.index for column in table.columns.values() if _holds_dates(table, column)}
    for segment in table.segments:
        for row in page.grid.between(segment.first_row, segment.last_row):
            for cell in page.grid.rows[row]:
                if cell.column in dated and no_such_day(cell.text):
                    yield cell.row, cell.column


def _holds_dates(table: Table, column: Column) -> bool:
    who_and_when = column.guess.sense == "when" and "target" not in table.roles
    return column.field in ("target", "step_targets") or (column.field == "leads" and who_and_when)


def _column(page: Page, column: Column) -> ColumnReading:
    samples: dict[str, None] = {}
    for cell in column.samples:
        if cell.text and len(samples) < SAMPLES:
            samples[" ".join(cell.text.split())[:120]] = None
    hidden = column.index in page.sheet.hidden_columns
    why = f"{column.why}. The column is hidden in the workbook" if hidden else column.why
    return ColumnReading(
        column_letter(column.index),
        column.index,
        tuple(column.headers) or ("",),
        column.field,
        why,
        column.sure,
        list(samples),
        hidden,
    )


def _list_cells(
    page: Page, reading: PlanReading, taken: set, furniture: dict, lost: dict, reason: str
) -> None:
    title = page.sheet.title
    for row in page.grid.numbers:
        for cell in page.grid.rows[row]:
            place = (cell.row, cell.column)
            if place in furniture:
                reading.not_understood.append(_unused(title, cell, furniture[place], True))
            elif place in lost or place not in taken:
                why = lost.get(place) or (_outside(page, row) if page.plans else reason)
                reading.not_understood.append(_unused(title, cell, why, False))
    for extra in page.sheet.extras:
        reading.not_understood.append(
            NotUnderstood(title, extra.row, column_letter(extra.column), extra.text, extra.reason, False)
        )


def _outside(page: Page, row: int) -> str:
    """Why a cell of a sheet with a plan is in none of its actions."""
    others = [segment for table in page.tables if not table.is_plan for segment in table.segments]
    if any(segment.header.first_row <= row <= segment.last_row for segment in others):
        return "Belongs to another table on the sheet, which is no plan"
    return "Stands outside the columns and rows of the plan's table"


def _unused(sheet: str, cell: Cell, reason: str, furniture: bool) -> NotUnderstood:
    return NotUnderstood(sheet, cell.row, column_letter(cell.column), cell.text, reason, furniture)
