"""Every cell that stays behind with the rows left out of an import."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from .accounting import unaccounted_cells
from .book import Cell, Workbook, column_letter
from .proposals import Comparison
from .results import NotUnderstood, PlanReading

LEFT_OUT = "This row is left out."
HEADS_NOTHING = "Only rows that are left out stand below it."


def cells_left_out(
    workbook: Workbook, reading: PlanReading, left_out: Sequence[Comparison]
) -> list[NotUnderstood]:
    """Each cell of their rows that is not listed already, and of a heading that no other row stands under.

    Where an action that is taken has a part in the same row, only what it does not say is left out.
    """
    if not left_out:
        return []
    reasons = {(one.row.sheet, row): _reason(one) for one in left_out for row in one.row.rows}
    gone = {id(one.row) for one in left_out}
    rest = replace(reading, actions=[action for action in reading.actions if id(action) not in gone])
    lost = {(sheet, cell.row, cell.column) for sheet, cell in unaccounted_cells(workbook, rest)}
    own = reasons.keys() - {(action.sheet, row) for action in rest.actions for row in action.rows}
    listed = {(each.sheet, each.row, each.column, each.text) for each in reading.not_understood}
    found = []
    for sheet, cell in _filled(workbook):
        entry = NotUnderstood(
            sheet,
            cell.row,
            column_letter(cell.column),
            cell.text,
            reasons.get((sheet, cell.row), HEADS_NOTHING),
        )
        stays = (sheet, cell.row) in own or (sheet, cell.row, cell.column) in lost
        if stays and (sheet, cell.row, entry.column, cell.text) not in listed:
            found.append(entry)
    return found


def _reason(one: Comparison) -> str:
    """What is wrong with the row, without the advice that every trouble ends with."""
    wrong, end, _ = one.trouble.rpartition(". ")
    return f"{LEFT_OUT} {wrong}{end}".strip()


def _filled(workbook: Workbook) -> Iterator[tuple[str, Cell]]:
    return ((sheet.title, cell) for sheet in workbook.sheets for cell in sheet.cells.values() if cell.text)
