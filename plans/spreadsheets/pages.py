"""One sheet while it is being understood."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from .book import Cell, Sheet
from .grid import Grid
from .results import Level
from .tables import Table
from .walk import Walk


@dataclass
class Page:
    """Its tables, those that are plans, what was gathered from them, and the lines around them."""

    sheet: Sheet
    grid: Grid
    tables: list[Table] = field(default_factory=list)
    plans: list[Table] = field(default_factory=list)
    walks: list[Walk] = field(default_factory=list)
    title_cells: list[Cell] = field(default_factory=list)
    key_lines: list[str] = field(default_factory=list)
    key_rows: int = 0
    area: Level | None = None
    running: set[str] = field(default_factory=set)
    continues: "Page | None" = None
    furniture: dict[tuple[int, int], str] = field(default_factory=dict)

    def mark(self, cells: Sequence[Cell], reason: str) -> None:
        self.furniture.update({(cell.row, cell.column): reason for cell in cells})
