"""Reads an .xlsx workbook that somebody uploaded: guarded first, then loaded once with openpyxl."""

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


def read_workbook(content: bytes, limits: Limits = Limits()) -> Workbook:
    """The sheets of an .xlsx file; UnreadableWorkbook says what is wrong with a bad one."""
    raise NotImplementedError
