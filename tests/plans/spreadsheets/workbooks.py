"""Builds workbooks for the tests, cell by cell, and understands them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from openpyxl import Workbook as Book
from openpyxl.comments import Comment
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from plans.spreadsheets.accounting import unaccounted_cells
from plans.spreadsheets.reading import read_workbook
from plans.spreadsheets.results import PlanReading
from plans.spreadsheets.structure import understand

HEADER = ["Ref", "Action", "Lead", "Target date", "RAG"]
FIRST = ["1", "Answer every call within an hour", "Team manager", "June 2024", "G"]
SECOND = ["2", "Test thresholds each month", "PSW", "July 2024", "A"]
RED, AMBER, GREEN, BLUE = "FFFF0000", "FFFFC000", "FF92D050", "FF0070C0"


@dataclass
class Page:
    """One sheet: `rows` are lists of values, None for blank; addresses as in "B7" or "A1:H1"."""

    title: str
    rows: Sequence[Sequence[object]]
    merges: Sequence[str] = ()
    bold: Sequence[str] = ()
    fills: Mapping[str, str | Color] = field(default_factory=dict)
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[str] = ()
    comments: Mapping[str, str] = field(default_factory=dict)
    first_row: int = 1
    first_column: int = 1
    hidden: bool = False


def build(*pages: Page) -> bytes:
    """The .xlsx file with these sheets."""
    book = Book()
    book.remove(book.active)
    for page in pages:
        _fill_in(book.create_sheet(page.title), page)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill_in(sheet: Worksheet, page: Page) -> None:
    for row, values in enumerate(page.rows, page.first_row):
        for column, value in enumerate(values, page.first_column):
            if value is not None:
                sheet.cell(row, column, value)
    for address in page.bold:
        for cell in _cells(sheet, address):
            cell.font = Font(bold=True)
    for address, colour in page.fills.items():
        for cell in _cells(sheet, address):
            cell.fill = PatternFill("solid", fgColor=colour)
    for address in page.merges:
        sheet.merge_cells(address)
    for row in page.hidden_rows:
        sheet.row_dimensions[row].hidden = True
    for letter in page.hidden_columns:
        sheet.column_dimensions[letter].hidden = True
    for address, words in page.comments.items():
        sheet[address].comment = Comment(words, "A")
    sheet.sheet_state = "hidden" if page.hidden else "visible"


def _cells(sheet: Worksheet, address: str) -> list:
    found = sheet[address]
    return [cell for row in found for cell in row] if isinstance(found, tuple) else [found]


def read(*pages: Page, **choices: object) -> PlanReading:
    """Understands the sheets, and fails the test where a cell was lost on the way."""
    workbook = read_workbook(build(*pages))
    reading = understand(workbook, **choices)
    assert unaccounted_cells(workbook, reading) == []
    return reading


def actions(reading: PlanReading, *names: str) -> list[tuple]:
    """The named values of each action, for comparing whole plans at a glance."""
    return [tuple(_value(action, name) for name in names) for action in reading.actions]


def _value(action: object, name: str) -> object:
    if name == "due":
        return action.target.due.isoformat() if action.target.due else None
    if name == "colour":
        return action.rating.colour
    if name == "code":
        return action.rating.code
    return getattr(action, name)


def fields(reading: PlanReading, sheet: int = 0) -> dict[str, str]:
    """What each column of a sheet was taken for, by its letter."""
    return {column.letter: column.field for column in reading.sheets[sheet].columns}


def reasons(reading: PlanReading, *, furniture: bool) -> dict[tuple[int, str], str]:
    """Why cells are in no action, by row and column."""
    return {(n.row, n.column): n.reason for n in reading.not_understood if n.furniture is furniture}
