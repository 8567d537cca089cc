"""Proves that nothing was lost: looks for every cell's own text in what was understood of the workbook."""

from bisect import bisect_right
from dataclasses import asdict, is_dataclass
from typing import Any

from .book import Cell, Workbook, column_letter
from .results import PlanReading


def unaccounted_cells(workbook: Workbook, reading: PlanReading) -> list[tuple[str, Cell]]:
    """The (sheet title, cell) of each cell whose text is in no action of its sheet and not listed either.

    It knows nothing of how the reading was made: texts are compared with white space collapsed.
    """
    listed = {(n.sheet, n.row, n.column): squeeze(n.text) for n in reading.not_understood}
    said = {sheet.title: _texts_by_row(sheet.title, reading) for sheet in workbook.sheets}
    starts = {s.title: sorted(a.row for a in reading.actions if a.sheet == s.title) for s in workbook.sheets}
    lost = []
    for sheet in workbook.sheets:
        for cell in sheet.cells.values():
            text = squeeze(cell.text)
            place = (sheet.title, cell.row, column_letter(cell.column))
            if (
                text
                and listed.get(place) != text
                and not _is_said(text, cell, said[sheet.title], starts[sheet.title])
            ):
                lost.append((sheet.title, cell))
    return lost


def squeeze(text: str) -> str:
    return " ".join(text.split())


def _texts_by_row(sheet: str, reading: PlanReading) -> dict[int, str]:
    """For each row that an action is made of, all texts of that action."""
    found: dict[int, str] = {}
    for action in reading.actions:
        if action.sheet != sheet:
            continue
        words = "\n".join(squeeze(text) for text in _strings(action))
        for row in action.rows:
            found[row] = f"{found.get(row, '')}\n{words}"
    return found


def _is_said(text: str, cell: Cell, said: dict[int, str], starts: list[int]) -> bool:
    """In an action of the cell's own row, or in the next one below, which it stands above as a level."""
    if cell.row in said:
        return _contains(said[cell.row], text)
    below = bisect_right(starts, cell.row)
    return below < len(starts) and _contains(said[starts[below]], text)


def _contains(words: str, text: str) -> bool:
    return text in words or text.rstrip(".:) ") in words


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if is_dataclass(value) and not isinstance(value, type):
        return [text for part in asdict(value).values() for text in _strings(part)]
    if isinstance(value, dict):
        return [text for part in value.values() for text in _strings(part)]
    if isinstance(value, (list, tuple)):
        return [text for part in value for text in _strings(part)]
    return []
