"""A pack as a workbook that everybody can read, by the government's guidance on accessible spreadsheets.

A cover, notes, then one table a sheet under its title: a real table with one header row, nothing merged, no
empty row, column or cell, words where a page has colours, and no formula.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from improvement.packs.html import short_digest, title_of
from improvement.packs.removed import removals_told
from improvement.packs.sheet_parts import Sheet
from improvement.packs.sheets import sheets_of
from plans.spreadsheets.book import column_letter
from plans.spreadsheets.layout import escaped_text, excel_length, shortened, storable
from plans.spreadsheets.writing import MAX_CHARS, STARTS_FORMULA
from plans.templatetags.components import long_date

LANGUAGE = "en-GB"
NARROWEST, WIDEST = 12, 70
HEAD = 3
REMARK = " [cut here: too long for a cell. The whole text is in the web page and the PDF beside this.]"
TITLE, BOLD, PLAIN, LINK = "title", "bold", "plain", "link"
FONTS = {
    TITLE: Font(name="Arial", size=16, bold=True),
    BOLD: Font(name="Arial", size=12, bold=True),
    PLAIN: Font(name="Arial", size=12),
    LINK: Font(name="Arial", size=12, color="155A9C", underline="single"),
}


def workbook_of(content: Mapping, digest: str) -> bytes:
    """The workbook as .xlsx."""
    about = content["about"]
    title, lines = title_of(content), _cover_lines(about, digest)
    return book_of(title, about["council"], f"Digest {digest}", lines, sheets_of(content))


def book_of(title: str, creator: str, about: str, lines: Iterable[str], sheets: Sequence[Sheet]) -> bytes:
    """A workbook of a cover, with these lines and a link to each sheet, and the sheets."""
    book = Workbook()
    properties = book.properties
    properties.title, properties.language = title, LANGUAGE
    properties.creator, properties.description = creator, about
    writer = _Writer()
    writer.cover(book.active, title, lines, sheets)
    for number, sheet in enumerate(sheets, 1):
        writer.table(book.create_sheet(sheet.name), sheet, number)
    book.active = 0
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


class _Writer:
    def __init__(self) -> None:
        # openpyxl's own styles are costly to build for each cell.
        self.looks: dict[tuple, object] = {}

    def cover(self, page: Worksheet, title: str, said: Iterable[str], sheets: Iterable[Sheet]) -> None:
        page.title = "Cover"
        lines = [(title, TITLE), *((line, PLAIN) for line in said)]
        for row, (line, look) in enumerate(lines, 1):
            self.write(page.cell(row, 1), line, look)
        first = len(lines) + 1
        self.write(page.cell(first, 1), "Contents", BOLD)
        for row, sheet in enumerate(sheets, first + 1):
            cell = page.cell(row, 1)
            self.write(cell, f"{sheet.name}: {sheet.title}", LINK)
            cell.hyperlink = f"#'{sheet.name}'!A1"
            self.dress(cell, LINK, "General", quoted=False)
        page.column_dimensions["A"].width = 90
        self.finish(page)

    def table(self, page: Worksheet, sheet: Sheet, number: int) -> None:
        self.write(page.cell(1, 1), sheet.title, TITLE, wrap=False)
        self.write(page.cell(2, 1), sheet.about, PLAIN, wrap=False)
        for column, header in enumerate(sheet.headers, 1):
            self.write(page.cell(HEAD, column), header, BOLD)
        for row, cells in enumerate(sheet.rows, HEAD + 1):
            for column, value in enumerate(cells, 1):
                self.write(page.cell(row, column), value, PLAIN)
        last = column_letter(len(sheet.headers))
        table = Table(displayName=f"Table_{number}", ref=f"A{HEAD}:{last}{HEAD + len(sheet.rows)}")
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
        page.add_table(table)
        for column, width in enumerate(_widths(sheet), 1):
            page.column_dimensions[column_letter(column)].width = width
        page.print_title_rows = f"{HEAD}:{HEAD}"
        self.finish(page)

    def finish(self, page: Worksheet) -> None:
        page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.page_setup.fitToHeight = 0

    def write(self, cell: Cell, value, look: str, *, wrap: bool = True) -> None:
        stored, quoted, form = storable(value), False, "General"
        if isinstance(stored, date):
            form = "dd/mm/yyyy"
        if isinstance(stored, str):
            quoted = stored.lstrip(" ").startswith(STARTS_FORMULA)
            stored = _fitted(stored)
        cell.value = stored
        if isinstance(stored, str):
            cell.data_type = "s"  # openpyxl takes "=..." for a formula
        self.dress(cell, look, form, quoted=quoted, wrap=wrap)

    def dress(self, cell: Cell, look: str, form: str, *, quoted: bool, wrap: bool = True) -> None:
        key = look, form, quoted, wrap
        if key not in self.looks:
            cell.font = FONTS[look]
            cell.alignment = Alignment(wrap_text=wrap, vertical="top")
            cell.number_format = form
            if look == BOLD:
                cell.fill = PatternFill("solid", fgColor="F3F5F6")
            cell.quotePrefix = quoted
            self.looks[key] = copy(cell._style)
        cell._style = copy(self.looks[key])


def _cover_lines(about: Mapping, digest: str) -> list[str]:
    meeting, as_at, closed = (
        long_date(date.fromisoformat(about[name])) for name in ("meeting", "as_at", "closed_on")
    )
    by = f" by {about['closed_by']}" if about["closed_by"] else ""
    replaced = (
        [f"It takes the place of pack {about['replaces']}: {about['reason']}"] if about["replaces"] else []
    )
    return [
        f"{about['board']}, meeting of {meeting}. The plan as at {as_at}.",
        f"Closed on {closed} at {about['closed_time']}{by}. This pack does not change.",
        *replaced,
        *removals_told(about, digest),
        f"Digest {short_digest(digest)}, in full {digest}",
        "Each sheet holds one table, which begins in row 3 under its title. Ratings are words. A cell with "
        "nothing to say holds the word None. The sheet Notes says what words mean.",
    ]


def _fitted(text: str) -> str:
    escaped = escaped_text(text)
    if excel_length(escaped) <= MAX_CHARS:
        return escaped
    return shortened(escaped, MAX_CHARS - len(REMARK)) + REMARK


def _widths(sheet: Sheet) -> Iterable[float]:
    """By the longest line of each column, within bounds; long texts wrap."""
    for column, header in enumerate(sheet.headers):
        longest = max((_longest_line(row[column]) for row in sheet.rows), default=0)
        yield min(max(longest + 2, len(header) + 4, NARROWEST), WIDEST)


def _longest_line(value) -> int:
    return max(map(len, str(value).split("\n"))) if isinstance(value, str) else 10
