"""What has been gathered of the tables of one band while their rows are read from the top."""

import re
from dataclasses import dataclass, field

from .book import Cell
from .drafts import Draft
from .grid import Grid
from .headings import Headings
from .results import Level

ABOVE = re.compile(
    r"[\s\"'(]*(?:as|same as|see|per|as per)[ -](?:above|previous|before|row above|previous row)[\s.\"')]*"
    r"|\(?ditto\)?[.\s]*|do\.|[\"”“″〃]+|''|-[ ]?[\"”″][ ]?-|↑|\^",
    re.IGNORECASE,
)
FILLED_IN = "Stands for the text above, which was filled in"


def means_above(text: str) -> bool:
    """ "As above", "ditto", a quotation mark."""
    return len(text) <= 24 and ABOVE.fullmatch(text) is not None


@dataclass
class Walk:
    """The state of one walk down a sheet. `taken` are the cells that stand in an action.

    `running` are the title lines that each printed page says again. `furniture` and `lost` say of other
    cells why they do not; `after_break` is True between a page break and the next action, `after_heading`
    between a heading and the next row, `in_key` within a rating key.
    """

    grid: Grid
    sheet: str
    drafts: list[Draft] = field(default_factory=list)
    taken: set[tuple[int, int]] = field(default_factory=set)
    furniture: dict[tuple[int, int], str] = field(default_factory=dict)
    lost: dict[tuple[int, int], str] = field(default_factory=dict)
    key_lines: list[str] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    headings: Headings = field(default_factory=Headings)
    levels: dict[str, Level] = field(default_factory=dict)
    unused_levels: list[tuple[Cell, Level]] = field(default_factory=list)
    running: set[str] = field(default_factory=set)
    after_break: bool = False
    after_heading: bool = False
    in_key: bool = False

    def mark(self, cells: list[Cell], reason: str) -> None:
        """These cells belong to the page and not to the plan."""
        self.furniture.update({(cell.row, cell.column): reason for cell in cells})

    def lose(self, cells: list[Cell], reason: str) -> None:
        """These cells could not be placed."""
        self.lost.update({(cell.row, cell.column): reason for cell in cells})

    def close(self) -> None:
        """Headings and level texts that no action stood under are no headings after all."""
        reason = "A line of text with no action below it"
        for heading in self.headings.all:
            if not heading.actions:
                for place in heading.places:
                    self.furniture.pop(place, None)
                    self.lost[place] = reason
        used = {id(level) for draft in self.drafts for level in draft.levels.values()}
        for cell, level in self.unused_levels:
            if id(level) not in used:
                self.taken.discard((cell.row, cell.column))
                self.lost[cell.row, cell.column] = reason
