"""Reads an .xlsx workbook that somebody uploaded: guarded first, then parsed once with openpyxl."""

import re
import warnings
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook as PlainWorkbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from .book import (
    Cell,
    Extra,
    ExtraKind,
    Limits,
    Merge,
    Sheet,
    UnreadableWorkbook,
    Workbook,
    column_letter,
    column_number,
)
from .cellxml import CellParser, cell_parser
from .extras import add_extras, listed
from .fills import Styles
from .guard import DAMAGED, open_archive
from .package import Package, SheetPart, load_styles, open_package, shared_strings
from .sheetxml import Budget, SheetXml, cut_sheet, too_many_rows
from .texts import UNSTORABLE, decoded, plain_value, tidy

__all__ = [
    "Cell",
    "Extra",
    "ExtraKind",
    "Limits",
    "Merge",
    "Sheet",
    "UnreadableWorkbook",
    "Workbook",
    "column_letter",
    "column_number",
    "read_workbook",
]

NO_MARK = (None, "FFFFFF")
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
MAX_MERGED = 5_000_000
USUAL_LIMITS = Limits()
NEVER_ALLOWED = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:x0*(?:[0-8bcBC]|[eE]|1[0-9a-fA-F])|0*(?:[0-8]|1[124-9]|2\d|3[01]));"
)


def read_workbook(content: bytes, limits: Limits = USUAL_LIMITS) -> Workbook:
    """The sheets of an .xlsx file; UnreadableWorkbook says what is wrong with a bad one."""
    try:
        with warnings.catch_warnings(), open_archive(content, limits) as archive:
            warnings.simplefilter("ignore")
            return _read(open_package(archive, limits), limits)
    except UnreadableWorkbook:
        raise
    except Exception as error:  # a malformed file makes openpyxl raise almost anything
        raise UnreadableWorkbook(DAMAGED) from error


def _read(package: Package, limits: Limits) -> Workbook:
    workbook = Workbook()
    styles = Styles(_load_styles(package, limits, workbook.remarks))
    strings = shared_strings(package, limits)
    epoch = CALENDAR_MAC_1904 if package.since_1904 else CALENDAR_WINDOWS_1900
    budget = Budget.of(limits)
    for part in package.sheets:
        with package.archive.open(part.path) as stream:
            cut = cut_sheet(stream, part.title, limits, budget)
        parser = cell_parser(cut.xml, strings, styles.workbook, epoch)
        reader = _SheetReader(part, cut, parser, styles, limits, workbook.remarks)
        sheet = reader.read()
        budget.rows -= len(reader.rows)
        if budget.rows < 0:
            raise UnreadableWorkbook(too_many_rows(part.title, limits))
        workbook.sheets.append(sheet)
        workbook.remarks += _hidden_remarks(sheet) + add_extras(sheet, part, cut, package, limits)
    if package.charts:
        workbook.remarks.append(f"Chart sheets hold no cells and are left out: {listed(package.charts)}.")
    return workbook


def _load_styles(package: Package, limits: Limits, remarks: list[str]) -> PlainWorkbook:
    """openpyxl's workbook; its own defaults where the file's styles are broken."""
    try:
        return load_styles(package, limits)
    except UnreadableWorkbook:
        raise
    except Exception:  # openpyxl's descriptors raise whatever their checks raise
        pass
    remarks.append(
        "The workbook's formatting can't be read: colours are left out and dates may show as numbers. Open "
        "it in Excel, save it and upload it again to have them read."
    )
    return PlainWorkbook()


def _hidden_remarks(sheet: Sheet) -> list[str]:
    remarks = []
    if sheet.state != "visible":
        remarks.append(f"Sheet “{sheet.title}” is hidden in the workbook; it was read as well.")
    if sheet.hidden_rows:
        rows = listed([str(row) for row in sorted(sheet.hidden_rows)])
        remarks.append(f"Sheet “{sheet.title}” has hidden rows, which were read as well: {rows}.")
    if sheet.hidden_columns:
        columns = listed([column_letter(column) for column in sorted(sheet.hidden_columns)])
        remarks.append(f"Sheet “{sheet.title}” has hidden columns, which were read as well: {columns}.")
    return remarks


class _SheetReader:
    """Turns the cut-down XML of one sheet into its cells."""

    def __init__(
        self,
        part: SheetPart,
        cut: SheetXml,
        parser: CellParser,
        styles: Styles,
        limits: Limits,
        remarks: list[str],
    ) -> None:
        self.sheet = Sheet(tidy(part.title), state=part.state)
        self.cut, self.styles, self.limits, self.remarks = cut, styles, limits, remarks
        self.parser = parser
        self.controls: list[str] = []
        self.rows: set[int] = set()
        self.columns: set[int] = set()

    def read(self) -> Sheet:
        try:
            for row in self.parser.parse():
                for stored in row:
                    self._add(stored)
        except ParseError as error:
            raise UnreadableWorkbook(self._why_broken()) from error
        self._measure()
        self._hide()
        self._merge()
        if self.controls:
            self.remarks.append(
                f"Control characters were left out of texts on sheet “{self.sheet.title}”, in "
                f"{listed(self.controls)}."
            )
        return self.sheet

    def _why_broken(self) -> str:
        if NEVER_ALLOWED.search(self.cut.xml):
            return (
                f"Sheet “{self.sheet.title}” holds control characters, which no workbook may hold. Open it "
                "in Excel, let it repair the file, save it and upload the new copy."
            )
        return f"Sheet “{self.sheet.title}” can't be read. {DAMAGED}"

    def _add(self, stored: dict[str, Any]) -> None:
        style = self.styles[stored["style_id"]]
        value = stored["value"]
        if value is None:
            if style.fill in NO_MARK:
                return
            value = ""
        row, column = stored["row"], stored["column"]
        if isinstance(value, str) and value:
            value = self._checked(value, row, column)
        value, text = plain_value(value, style.number_format)
        if text or style.fill not in NO_MARK:
            self.sheet.cells[row, column] = Cell(
                row, column, value if text else "", text, style.fill, style.bold
            )

    def _checked(self, text: str, row: int, column: int) -> str:
        if len(text) > self.limits.max_cell_chars:
            raise UnreadableWorkbook(
                f"Cell {column_letter(column)}{row} of sheet “{self.sheet.title}” holds {len(text):,} "
                f"characters and the limit is {self.limits.max_cell_chars:,}. Shorten it and upload the "
                "workbook again."
            )
        text = decoded(text)
        if not text.isprintable() and UNSTORABLE.search(text):
            self.controls.append(f"{column_letter(column)}{row}")
            text = UNSTORABLE.sub("", text)
        return text

    def _measure(self) -> None:
        sheet = self.sheet
        self.rows = {row for (row, _), cell in sheet.cells.items() if cell.text}
        self.columns = {column for (_, column), cell in sheet.cells.items() if cell.text}
        sheet.cells = {key: cell for key, cell in sheet.cells.items() if key[0] in self.rows}
        sheet.n_rows, sheet.n_columns = max(self.rows, default=0), max(self.columns, default=0)
        if sheet.n_rows > LAST_ROW or sheet.n_columns > LAST_COLUMN:
            raise UnreadableWorkbook(f"Sheet “{sheet.title}” has cells outside any sheet. {DAMAGED}")

    def _hide(self) -> None:
        for row, attributes in self.parser.row_dimensions.items():
            if attributes.get("hidden") in ("1", "true") and int(row) in self.rows:
                self.sheet.hidden_rows.add(int(row))
        for attributes in self.parser.column_dimensions.values():
            if attributes.get("hidden") in ("1", "true"):
                first, last = int(attributes["min"]), int(attributes.get("max", attributes["min"]))
                self.sheet.hidden_columns |= {column for column in self.columns if first <= column <= last}

    def _merge(self) -> None:
        """Keeps the merges over cells in use; a text under a merge, which nobody sees, becomes an extra."""
        sheet, merged = self.sheet, 0
        for first_row, first_column, last_row, last_column in sorted(self.cut.merges):
            merge = Merge(
                first_row, first_column, min(last_row, sheet.n_rows), min(last_column, sheet.n_columns)
            )
            if merge.last_row < first_row or merge.last_column < first_column:
                continue
            merged += (merge.last_row - first_row + 1) * (merge.last_column - first_column + 1)
            if merged > MAX_MERGED:
                raise UnreadableWorkbook(f"Sheet “{sheet.title}” has merged cells beyond sense. {DAMAGED}")
            if merge[:2] != merge[2:]:
                sheet.merges.append(merge)
                self._uncover(merge)

    def _uncover(self, merge: Merge) -> None:
        first = merge[:2]
        for key in self._under(merge):
            if key == first or (cell := self.sheet.cells.pop(key, None)) is None:
                continue
            if cell.text:
                reason = f"covered by the merged cell {column_letter(first[1])}{first[0]}"
                self.sheet.extras.append(Extra(*key, ExtraKind.COVERED, cell.text, reason))

    def _under(self, merge: Merge) -> list[tuple[int, int]]:
        """The places under a merge that may hold a cell; a long merge costs no more than the cells."""
        top, left, bottom, right = merge
        if (bottom - top + 1) * (right - left + 1) > len(self.sheet.cells):
            return [key for key in self.sheet.cells if top <= key[0] <= bottom and left <= key[1] <= right]
        return [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
