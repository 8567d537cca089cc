"""Settles which column of a table holds which field, and whether the table is a plan at all."""

from collections.abc import Mapping
from datetime import date

from plans.dates import parse_target
from plans.rating import read_rating

from .book import column_letter
from .columns import recognise
from .grid import Grid
from .profiles import STATUS, profile
from .shape import find_colours, find_title, is_plan, mark_levels, swap_sparse_title
from .tables import Column, Table
from .vocabulary import FIELDS, fold

SENSES = {"revised": 2, "": 1, "when": 0, "level": 0, "done": 0, "original": 0, "earlier": -1, "start": -1}
# Of two columns of these the second is used where the first is blank.
FALLING_BACK = ("target", "rating")
HEIRS = {
    "title": ("activity",),
    "area": ("objective", "outcome"),
    "objective": ("outcome",),
    "outcome": ("success_criteria",),
    "what_it_means": ("success_criteria",),
}


def assign_roles(grid: Grid, table: Table, chosen: Mapping[str, str]) -> None:
    """Fills `roles`, `fallbacks` and `marks` of a table and says of each column what it was taken for."""
    columns = [table.columns[index] for index in sorted(table.columns)]
    for column in columns:
        column.guess = recognise(column.header, column.samples)
        column.take_for(column.guess.field, column.guess.why, column.guess.sure)
        column.furniture = column.guess.sense == "key"
        _choose(grid.sheet.title, column, chosen)
    _find_marks(table, columns)
    taken = {column.field: column for column in columns if column.chosen and not column.mark}
    for field in FIELDS:
        if field not in ("note", "ignore"):
            _settle(table, field, [c for c in columns if c.field == field and not c.mark], taken)
    table.roles = {
        c.field: c
        for c in columns
        if c.field not in ("note", "ignore") and not c.mark and _is_winner(table, c)
    }
    find_title(table, columns)
    swap_sparse_title(grid, table)
    table.is_plan = is_plan(table)
    find_colours(grid, table)
    mark_levels(grid, table)


def _is_winner(table: Table, column: Column) -> bool:
    return all(column not in others for others in table.fallbacks.values())


def _choose(sheet: str, column: Column, chosen: Mapping[str, str]) -> None:
    """By the column's place, which wins where two columns have one heading, else by its heading."""
    letter = column_letter(column.index)
    for name in (column_name(sheet, letter), column_name("", letter), *column.headers):
        field = chosen.get(fold(name))
        if field in FIELDS:
            column.take_for(field, "Chosen for this board", True)
            column.chosen = True
            return


def column_name(sheet: str, letter: str) -> str:
    """What a column without a heading of its own is called where people say what it holds."""
    return f"{sheet} column {letter}".strip()


def _find_marks(table: Table, columns: list[Column]) -> None:
    """Two or more columns headed by ratings, with a tick in one of them."""
    candidates = [c for c in columns if (not c.chosen or c.field == "rating") and _marks_of(c) is not None]
    if len(candidates) < 2 or not any(read_rating(_marks_of(c) or "").code for c in candidates):
        return
    if any(candidates[i + 1].index - candidates[i].index > 2 for i in range(len(candidates) - 1)):
        return
    for column in candidates:
        column.mark = _marks_of(column) or ""
        column.take_for("rating", f"A tick or colour here means {column.mark}", True)
    table.marks = candidates


def _marks_of(column: Column) -> str | None:
    name = column.header.rsplit(": ", 1)[-1].strip()
    folded = fold(name)
    known = (
        bool(read_rating(name).code)
        or folded in STATUS
        or folded.startswith(("not ", "part", "fully", "incomplete"))
    )
    if not known or len(name) > 30:
        return None
    seen = profile(column.samples)
    short = seen.n == 0 or seen.ticks >= 0.7 * seen.n or (seen.average <= 12 and seen.share("dates") < 0.3)
    return name if short else None


def _settle(table: Table, field: str, rivals: list[Column], taken: dict[str, Column]) -> None:
    """One column wins a field, before all one that was chosen; the others are a second field or notes."""
    if not rivals:
        return
    ranked = sorted(rivals, key=lambda c: (c.chosen, *_rank(field, c)), reverse=True)
    winner, losers = ranked[0], ranked[1:]
    taken[field] = winner
    if field == "rating" and not table.marks and winner.guess.sense == "done":
        winner.mark = "Complete"
        table.marks = [winner]
    elif field == "rating" and table.marks:
        losers = _settle_marks(table, winner, losers, taken)
    for column in losers:
        _demote(table, field, column, winner, taken)


def _settle_marks(
    table: Table, winner: Column, losers: list[Column], taken: dict[str, Column]
) -> list[Column]:
    if winner.samples and winner.guess.strength >= 4 and profile(winner.samples).ratings:
        for mark in table.marks:
            mark.mark = ""
            mark.take_for("note", f"Kept as a note, because {_quoted(winner)} holds the rating", True)
        table.marks = []
        return losers
    taken.pop("rating", None)
    return [winner, *losers]


def _rank(field: str, column: Column) -> tuple:
    seen = profile(column.samples)
    guess = column.guess
    filled = bool(seen.n or (field == "rating" and seen.fills))
    sense = SENSES.get(guess.sense, 1)
    if field in ("progress", "rating"):
        return (filled, sense, guess.strength, _when(column.header), _serial(column.header), -column.index)
    if field == "target":
        return (
            sense if guess.strength > 1 else -1,
            guess.strength,
            filled,
            seen.share("dates"),
            -column.index,
        )
    if field == "reference":
        return (sense, guess.strength, filled, seen.share("references"), seen.distinct, -column.index)
    if field == "recommendation":
        return (guess.strength, filled, "recommendation" in fold(column.header), -column.index)
    return (filled, guess.strength, sense, -column.index)


def _when(header: str) -> date:
    return parse_target(fold(header)).due or date.min


def _serial(header: str) -> int:
    digits = [int(word) for word in fold(header).replace("q", " ").split() if word.isdigit()]
    return digits[-1] if digits and digits[-1] < 100 else 0


def _demote(table: Table, field: str, column: Column, winner: Column, taken: dict[str, Column]) -> None:
    sure = field not in FALLING_BACK or winner.chosen or not _named_alike(column, winner)
    if field in FALLING_BACK and column.guess.sense not in ("earlier",) and column.guess.strength > 1:
        table.fallbacks.setdefault(field, []).append(column)
        column.take_for("note", f"Used where {_quoted(winner)} is blank, else kept as a note", sure)
        column.field = field
        return
    for heir in HEIRS.get(field, ()):
        if heir not in taken and not any(c.field == heir for c in table.columns.values()):
            why = f"{_quoted(winner)} is already the {FIELDS[field].lower()}: check what this one holds"
            column.take_for(heir, why, False)
            taken[heir] = column
            return
    why = f"Kept as a note, because {_quoted(winner)} is already the {FIELDS[field].lower()}"
    column.take_for("note", why, sure)


def _named_alike(column: Column, other: Column) -> bool:
    return bool(column.header) and fold(column.header) == fold(other.header)


def _quoted(column: Column) -> str:
    header = " ".join(column.header.split())
    return f"“{header}”" if header else f"column {column_letter(column.index)}"


__all__ = ["assign_roles", "column_name"]
