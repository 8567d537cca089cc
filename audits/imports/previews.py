"""What the previews of the wing's sheet readers share."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from plans.spreadsheets.book import column_letter
from plans.spreadsheets.results import NotUnderstood, Problem


class Reading(Protocol):
    """What was understood of a workbook, and what was not."""

    not_understood: list[NotUnderstood]
    problems: list[Problem]


@dataclass
class Preview:
    """What a workbook's rows would do; nothing is written.

    Each comparison has a `row` as it was read, a `key` and a `status`; `left_out` are keys chosen by hand.
    """

    statuses: ClassVar[tuple[str, ...]]
    left_out_words: ClassVar[str]

    reading: Reading
    comparisons: Sequence[Any]
    left_out: set[str]

    @property
    def taken(self) -> list:
        return [one for one in self.comparisons if one.key not in self.left_out]

    @property
    def counts(self) -> dict[str, int]:
        statuses = [one.status for one in self.taken]
        counted = {name: statuses.count(name) for name in self.statuses}
        return counted | {"left_out": len(self.comparisons) - len(statuses)}

    @property
    def has_rows(self) -> bool:
        return bool(self.taken)

    @property
    def problems(self) -> list[Problem]:
        return self.reading.problems

    @property
    def not_understood(self) -> list[NotUnderstood]:
        return self.reading.not_understood

    @property
    def unresolved(self) -> list:
        """Rows about which somebody must decide: none, what can't be taken is only listed."""
        return []

    def left_out_cells(self) -> list[NotUnderstood]:
        """The cells of rows that are not taken, so that their words are still with the import."""
        taken = {one.key for one in self.taken}
        return [
            NotUnderstood(one.row.sheet, cell.row, column_letter(cell.column), cell.text, self.left_out_words)
            for one in self.comparisons
            if one.key not in taken
            for cell in one.row.cells
        ]
