"""The last look: what stands beside no action and was accounted for by nothing else."""

from collections.abc import Sequence

from .book import Sheet, column_letter
from .results import ActionRow, NotUnderstood, PlanReading


def list_strays(sheets: Sequence[Sheet], reading: PlanReading) -> None:
    """A cell in no action's rows that nothing else has accounted for is listed all the same."""
    listed = {(cell.sheet, cell.row, cell.column) for cell in reading.not_understood}
    for sheet in sheets:
        title = sheet.title
        own = sorted((a for a in reading.actions if a.sheet == title), key=lambda action: action.row)
        covered = {row for action in own for row in action.rows}
        for cell in sheet.cells.values():
            place = (title, cell.row, column_letter(cell.column))
            if not cell.text or cell.row in covered or place in listed:
                continue
            below = next((action for action in own if action.row > cell.row), None)
            if below is None or not _is_heading_of(cell.text, below):
                reading.not_understood.append(NotUnderstood(*place, cell.text, "No action stands beside it"))


def _is_heading_of(text: str, action: ActionRow) -> bool:
    words = [
        action.area,
        action.outcome,
        action.objective,
        *(text for one in action.recommendations for text in one),
    ]
    words += [part for level in action.levels for part in level]
    return " ".join(text.split()) in " ".join(" ".join(words).split())
