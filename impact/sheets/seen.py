"""One quick look over a sheet's cells: where months stand. Most sheets are plans and have no such figures."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from impact.month_words import LONGEST, may_be_bare, month_from, read_bare_month
from plans.spreadsheets.book import Cell

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Seen:
    """The cells that say a month, with its first day, and those that name one without its year, 1 to 12."""

    months: Mapping[Place, date]
    bare: Mapping[Place, int]

    def __bool__(self) -> bool:
        return bool(self.months or self.bare)

    def turned(self) -> "Seen":
        """Rows and columns change places."""
        return Seen(
            {place[::-1]: month for place, month in self.months.items()},
            {place[::-1]: number for place, number in self.bare.items()},
        )


def look_over(cells: Mapping[Place, Cell]) -> Seen:
    """Where months stand among the cells."""
    months, bare = {}, {}
    for place, cell in cells.items():
        text = cell.text
        if len(text) > LONGEST:
            continue
        if month := month_from(cell.value, text):
            months[place] = month
        elif may_be_bare(text) and (number := read_bare_month(text)):
            bare[place] = number
    return Seen(months, bare)


def by_row(found: Mapping[Place, date | int]) -> dict[int, dict]:
    """What was found in each row, by column from left to right."""
    rows: dict[int, dict] = defaultdict(dict)
    for row, column in sorted(found):
        rows[row][column] = found[row, column]
    return rows
