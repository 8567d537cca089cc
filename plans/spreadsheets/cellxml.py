"""openpyxl's parser of sheets, over XML that was already freed of document types.

With defusedxml installed openpyxl parses in pure Python; what comes here holds no entities (see
refuse_unusable), so the parser in C is safe and several times faster.
"""

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element, iterparse

from openpyxl import Workbook as PlainWorkbook
from openpyxl.worksheet._reader import COL_TAG, INLINE_STRING, ROW_TAG, WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS

ITEM_TAG, TEXT_TAG, RUN_TAG = (f"{{{SHEET_MAIN_NS}}}{name}" for name in ("si", "t", "r"))


def text_of(item: Element) -> str:
    """The words of a shared or inline text: plain, or in runs of rich text; phonetic hints are left out."""
    if len(item) == 1 and item[0].tag == TEXT_TAG:
        return item[0].text or ""
    parts = []
    for child in item:
        if child.tag == TEXT_TAG:
            parts.append(child.text or "")
        elif child.tag == RUN_TAG:
            parts.append(child.findtext(TEXT_TAG) or "")
    return "".join(parts)


def read_strings(xml: bytes) -> list[str]:
    """The shared texts of a workbook, by their number in the sheets' XML."""
    strings = []
    for _, element in iterparse(io.BytesIO(xml)):
        if element.tag == ITEM_TAG:
            strings.append(text_of(element))
            element.clear()
    return strings


class CellParser(WorkSheetParser):
    """Yields each row's cells as dicts (row, column, value, style_id, ...) with cached formula values."""

    def parse(self) -> Iterator[list[dict[str, Any]]]:
        for _, element in iterparse(self.source):
            if element.tag == ROW_TAG:
                yield self.parse_row(element)[1]
                element.clear()
            elif element.tag == COL_TAG:
                self.parse_column_dimensions(element)

    def parse_cell(self, element: Element) -> dict[str, Any]:
        """As openpyxl does it, but without a tree of its objects for each inline text."""
        if element.get("t") != "inlineStr":
            return super().parse_cell(element)
        item = element.find(INLINE_STRING)
        element.set("t", "n")
        cell = super().parse_cell(element)
        if item is not None:
            cell["value"] = text_of(item)
        return cell


def cell_parser(xml: bytes, strings: list[str], styles: PlainWorkbook, epoch: datetime) -> CellParser:
    """A parser of a sheet's XML that knows the shared texts and which styles show dates."""
    return CellParser(
        io.BytesIO(xml),
        strings,
        data_only=True,
        epoch=epoch,
        date_formats=styles._date_formats,
        timedelta_formats=styles._timedelta_formats,
    )
