"""Writes tables as .xlsx and .csv: real dates and numbers, a header that stays in sight, never a formula."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from .book import column_letter
from .layout import (
    Content,
    Filled,
    Heading,
    Row,
    Table,
    escaped_text,
    excel_length,
    legal_titles,
    merged_runs,
    shortened,
    shown,
    storable,
    widths,
)
from .texts import ESCAPE

__all__ = [
    "Content",
    "Filled",
    "Heading",
    "Row",
    "Table",
    "harmless",
    "legal_titles",
    "merged_runs",
    "write_csv",
    "write_xlsx",
]


MAX_CHARS = 32_767
HEADER_FILL, HEADING_FILL = "D9D9D9", "F3F2F1"
LONG_TEXTS = "Long texts"
STARTS_FORMULA = tuple("=+-@\t\r＝＋－＠")
PLAIN_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?%?")
EDGE = Border(**{side: Side("thin", color="B1B4B6") for side in ("left", "right", "top", "bottom")})


def write_xlsx(tables: Sequence[Table]) -> bytes:
    """A workbook with a sheet for each table.

    What is too long for a cell is cut there with a remark and stands in full on a last sheet.
    """
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = ""
    writer = _Writer(book)
    titles = legal_titles([table.title for table in tables] or ["Empty"])
    for title, table in zip(titles, tables or [Table("Empty", (), ())], strict=True):
        writer.add(book.create_sheet(title), table)
    if writer.long_texts:
        title = legal_titles([*titles, LONG_TEXTS])[-1]
        writer.add(book.create_sheet(title), _long_texts_table(writer.long_texts))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def write_csv(table: Table) -> bytes:
    """The header and the rows as UTF-8 with a mark that Excel knows; a heading is a row of one text.

    A text that a spreadsheet would take for a formula gets an apostrophe; dates are dd/mm/yyyy.
    """
    lines = io.StringIO(newline="")
    out = csv.writer(lines)
    out.writerow([_csv_text(header) for header in table.headers])
    for row in table.rows:
        contents = (row.text,) if isinstance(row, Heading) else row
        out.writerow([_csv_text(content) for content in contents])
    return b"\xef\xbb\xbf" + lines.getvalue().encode()


@dataclass(frozen=True, slots=True)
class _Look:
    """The style of a cell, as a key: openpyxl's own styles are costly to build for each cell."""

    fill: str | None = None
    bold: bool = False
    size: int = 11
    number_format: str = "General"
    quoted: bool = False
    edged: bool = True


class _Writer:
    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.looks: dict[_Look, object] = {}
        self.long_texts: list[tuple[str, str, str]] = []

    def add(self, sheet: Worksheet, table: Table) -> None:
        columns = max(
            1, len(table.headers), *(len(row) for row in table.rows if not isinstance(row, Heading)), 1
        )
        for number, text in enumerate(table.above, 1):
            self._across(
                sheet, number, text, columns, _Look(bold=True, size=14 if number == 1 else 11, edged=False)
            )
        head = len(table.above) + 1
        for column, header in enumerate(table.headers, 1):
            self._write(sheet.cell(head, column), header, _Look(HEADER_FILL, bold=True))
        self._rows(sheet, table, head + 1, columns)
        for number, note in enumerate(table.notes, head + len(table.rows) + 2):
            self._across(sheet, number, note, columns, _Look(edged=False))
        self._lay_out(sheet, table, head, columns)

    def _rows(self, sheet: Worksheet, table: Table, first: int, columns: int) -> None:
        for number, row in enumerate(table.rows, first):
            if isinstance(row, Heading):
                self._across(sheet, number, row.text, columns, _Look(HEADING_FILL, bold=True))
                continue
            for column, content in enumerate(row, 1):
                self._write(sheet.cell(number, column), content)
        for top, bottom, column in merged_runs(table):
            self._merge_down(sheet, first + top, first + bottom, column + 1)

    def _merge_down(self, sheet: Worksheet, top: int, bottom: int, column: int) -> None:
        # The sheet's own `merge_cells` builds a new border for each cell: all of these have theirs already.
        for row in range(top + 1, bottom + 1):
            sheet.cell(row, column).value = None
        sheet.merged_cells.add(CellRange(min_col=column, max_col=column, min_row=top, max_row=bottom))

    def _across(self, sheet: Worksheet, row: int, text: str, columns: int, look: _Look) -> None:
        self._write(sheet.cell(row, 1), text, look)
        if columns > 1:
            sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)

    def _write(self, cell: Cell, content: Content, look: _Look | None = None) -> None:
        look = look or _Look()
        if isinstance(content, Filled):
            look = _Look(content.fill.upper())
            content = content.value
        value = storable(content)
        if isinstance(value, date):
            moment = isinstance(value, datetime)
            look = _Look(look.fill, look.bold, look.size, "dd/mm/yyyy hh:mm" if moment else "dd/mm/yyyy")
        if isinstance(value, str):
            quoted = value.lstrip(" ").startswith(STARTS_FORMULA)
            look = _Look(look.fill, look.bold, look.size, quoted=quoted, edged=look.edged)
            value = self._fitted(cell, value)
        cell.value = None if value == "" else value
        if isinstance(cell.value, str):
            cell.data_type = "s"  # openpyxl takes "=..." for a formula and "#REF!" for an error
        self._dress(cell, look)

    def _fitted(self, cell: Cell, text: str) -> str:
        escaped = escaped_text(text)
        if excel_length(escaped) <= MAX_CHARS:
            return escaped
        self.long_texts.append((cell.parent.title, cell.coordinate, text))
        remark = f" [too long for a cell: in full on sheet “{LONG_TEXTS}”]"
        return shortened(escaped, MAX_CHARS - len(remark)) + remark

    def _dress(self, cell: Cell, look: _Look) -> None:
        if look in self.looks:
            cell._style = copy(self.looks[look])
            return
        cell.font = Font(name="Arial", size=look.size, bold=look.bold)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.number_format = look.number_format
        if look.edged:
            cell.border = EDGE
        if look.fill:
            dark = _brightness(look.fill) < 0.45
            cell.fill = PatternFill("solid", fgColor=look.fill)
            cell.font = Font(
                name="Arial", size=look.size, bold=look.bold, color="FFFFFF" if dark else "000000"
            )
        if look.quoted:
            cell.quotePrefix = True
        self.looks[look] = copy(cell._style)

    def _lay_out(self, sheet: Worksheet, table: Table, head: int, columns: int) -> None:
        for column, width in enumerate(table.widths or list(widths(table, columns)), 1):
            sheet.column_dimensions[column_letter(column)].width = width
        sheet.freeze_panes = f"A{head + 1}"
        plain = not table.merged_down and not any(isinstance(row, Heading) for row in table.rows)
        if table.headers and plain:
            sheet.auto_filter.ref = f"A{head}:{column_letter(len(table.headers))}{head + len(table.rows)}"
        sheet.print_title_rows = f"{head}:{head}"
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToHeight = 0


def _long_texts_table(texts: Sequence[tuple[str, str, str]]) -> Table:
    rows: list[Row] = []
    for title, reference, text in texts:
        parts = list(_parts(text))
        rows += [
            [title, reference, f"{number} of {len(parts)}", part] for number, part in enumerate(parts, 1)
        ]
    return Table(LONG_TEXTS, ("Sheet", "Cell", "Part", "Text"), rows)


def _parts(text: str) -> Iterator[str]:
    """The text in pieces of 10,000 characters, which fit into a cell however they are escaped."""
    size = 4_000 if ESCAPE.search(text) else 10_000
    for start in range(0, len(text), size):
        yield text[start : start + size]


def _csv_text(content: Content) -> str:
    return harmless(shown(content))


def harmless(text: str) -> str:
    """With an apostrophe before it where a spreadsheet would take it for a formula."""
    risky = text.lstrip(" \n").startswith(STARTS_FORMULA) and PLAIN_NUMBER.fullmatch(text) is None
    return f"'{text}" if risky else text


def _brightness(fill: str) -> float:
    red, green, blue = (int(fill[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return 0.299 * red + 0.587 * green + 0.114 * blue
