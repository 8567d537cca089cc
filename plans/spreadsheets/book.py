"""What a workbook holds once it has been read: plain values, nothing of the file format."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

Value = str | int | float | bool | date | datetime | time | timedelta


class UnreadableWorkbook(Exception):
    """The file can't be read; its text is one sentence that says what to do."""


@dataclass(frozen=True)
class Limits:
    """How much of a file is read before it is refused; sizes in bytes."""

    max_bytes: int = 20_000_000
    max_rows: int = 20_000
    max_cell_chars: int = 32_767
    max_cells: int = 600_000
    max_parts: int = 2_000
    max_sheets: int = 200
    max_unpacked: int = 400_000_000
    max_ratio: int = 200
    max_kept: int = 100_000_000
    max_tags: int = 8_000_000
    max_style_tags: int = 150_000


@dataclass(slots=True)
class Cell:
    """A stored cell that says something: a text, or a fill that may be a rating.

    `text` is what a reader sees, tidied: stripped, breaks as "\\n", no non-breaking spaces.
    `value` is "" for a cell that has only a fill; `fill` is "RRGGBB" or None.
    """

    row: int
    column: int
    value: Value
    text: str
    fill: str | None = None
    bold: bool = False

    @property
    def address(self) -> str:
        return f"{column_letter(self.column)}{self.row}"


class Merge(NamedTuple):
    """A merged range, cut to the rows and columns in use; its text is in the first cell."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


class ExtraKind(StrEnum):
    COMMENT = "comment"
    LINK = "link"
    FORMULA = "formula"
    TEXT_BOX = "text box"
    COVERED = "covered"


@dataclass(frozen=True, slots=True)
class Extra:
    """Words of a sheet that are no cell's text; `reason` says what they are, for "not understood"."""

    row: int
    column: int
    kind: ExtraKind
    text: str
    reason: str


@dataclass
class Sheet:
    """One sheet; `state` is "visible", "hidden" or "veryHidden"; rows and columns count from 1."""

    title: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    state: str = "visible"
    n_rows: int = 0
    n_columns: int = 0
    extras: list[Extra] = field(default_factory=list)

    def text(self, row: int, column: int) -> str:
        """The text of a cell, "" where there is none."""
        cell = self.cells.get((row, column))
        return cell.text if cell else ""

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Each row that has a cell, from the top, with its cells from left to right."""
        rows: dict[int, list[Cell]] = {}
        for key in sorted(self.cells):
            rows.setdefault(key[0], []).append(self.cells[key])
        return iter(rows.items())


@dataclass
class Workbook:
    """The sheets in their order, and what the reader of the preview should know about them."""

    sheets: list[Sheet] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def column_letter(column: int) -> str:
    """1 -> "A", 28 -> "AB"."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The number of a column: A is 1, AB is 28."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
