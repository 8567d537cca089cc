"""What is left of a workbook once a reader has claimed cells of it."""

from collections.abc import Mapping, Set
from dataclasses import replace

from .book import Sheet, Workbook


def unclaimed(workbook: Workbook, claimed: Mapping[str, Set[tuple[int, int]]]) -> Workbook:
    """The workbook without the (row, column) cells claimed on each sheet, by its title."""
    sheets = [_without(sheet, claimed.get(sheet.title, set())) for sheet in workbook.sheets]
    return replace(workbook, sheets=sheets)


def _without(sheet: Sheet, claimed: Set[tuple[int, int]]) -> Sheet:
    if not claimed:
        return sheet
    cells = {place: cell for place, cell in sheet.cells.items() if place not in claimed}
    return replace(sheet, cells=cells if any(cell.text for cell in cells.values()) else {})
