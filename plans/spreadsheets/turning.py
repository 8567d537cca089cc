"""A table that goes on over the next sheet, where each printed page has become a sheet without a header."""

from .grid import Grid
from .headers import Header
from .profiles import profile
from .tables import Table

KINDS = {"reference": "references", "target": "dates", "rating": "ratings", "leads": "leads"}


def continues(grid: Grid, plans: list[Table]) -> bool:
    """Does a sheet without any header hold the same columns as the plan on the sheet before?"""
    if len(plans) != 1 or not grid.rows:
        return False
    table = plans[0]
    title = table.column_of("title")
    rows = [
        cells for cells in grid.rows.values() if len(cells) >= 3 and any(c.column == title for c in cells)
    ]
    if not rows or any(cell.column not in table.columns for cells in rows for cell in cells):
        return False
    alike = 0
    for role, kind in KINDS.items():
        index = table.column_of(role)
        seen = profile([cell for cells in rows for cell in cells if cell.column == index])
        if index and seen.n:
            alike += 1 if seen.share(kind) >= 0.5 else -2
    return alike >= 2


def header_of_page_before(grid: Grid, table: Table) -> Header:
    """The header of the table that goes on, as if it stood above the first row."""
    first = grid.numbers[0]
    texts = {index: column.header for index, column in table.columns.items() if column.header}
    return Header(first - 1, first - 1, texts)
