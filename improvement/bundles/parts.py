"""A part of a bundle as plain data: a table under its title, which pages and workbooks show alike."""

from collections.abc import Iterable, Sequence
from datetime import date

Cell = str | int | float


def part(
    name: str,
    title: str,
    about: str,
    headers: Sequence[str],
    rows: Iterable[Sequence[Cell | date | None]],
    *,
    records: bool = False,
) -> dict:
    """`name` is the sheet's. Days become ISO texts, and `days` tells their columns.

    `records` are rows too wide for a page: shown one below the other, each under its first two cells.
    """
    rows = [list(row) for row in rows]
    days = {n for row in rows for n, cell in enumerate(row) if isinstance(cell, date)}
    return {
        "name": name,
        "title": title,
        "about": about,
        "headers": list(headers),
        "days": sorted(days),
        "records": records,
        "rows": [[_plain(cell) for cell in row] for row in rows],
    }


def _plain(cell: Cell | date | None) -> Cell:
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else cell
