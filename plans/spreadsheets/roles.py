"""Settles which column of a table holds which field, and whether the table is a plan at all."""

from collections.abc import Mapping
from datetime import date

from plans.dates import parse_target
from plans.rating import read_rating

from .book import column_letter
from .columns import STATUS, TICKS, profile, recognise
from .grid import Grid
from .tables import Column, Table
from .vocabulary import FIELDS, LEVEL_FIELDS, fold, look_up

STEERING = ("leads", "target", "rating")
SENSES = {"revised": 2, "": 1, "when": 0, "level": 0, "done": 0, "original": 0, "earlier": -1, "start": -1}
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
    free = [column for column in columns if not _choose(grid.sheet.title, column, chosen)]
    _find_marks(table, columns, chosen)
    free = [column for column in free if column not in table.marks]
    taken = {column.field: column for column in columns if column not in free and column not in table.marks}
    for field in FIELDS:
        if field not in ("note", "ignore"):
            _settle(table, field, [c for c in free if c.field == field], taken)
    table.roles = {
        c.field: c
        for c in columns
        if c.field not in ("note", "ignore") and not c.mark and _is_winner(table, c)
    }
    _find_title(table, columns)
    _swap_sparse_title(grid, table)
    table.is_plan = _is_plan(table)
    _find_colours(grid, table)
    _mark_levels(grid, table)


def _is_winner(table: Table, column: Column) -> bool:
    return all(column not in others for others in table.fallbacks.values())


def _choose(sheet: str, column: Column, chosen: Mapping[str, str]) -> bool:
    """By the column's place, which wins where two columns have one heading, else by its heading."""
    letter = column_letter(column.index)
    for name in (column_name(sheet, letter), column_name("", letter), *column.headers):
        field = chosen.get(fold(name))
        if field in FIELDS:
            column.take_for(field, "Chosen for this board", True)
            return True
    return False


def column_name(sheet: str, letter: str) -> str:
    """What a column without a heading of its own is called where people say what it holds."""
    return f"{sheet} column {letter}".strip()


def _find_marks(table: Table, columns: list[Column], chosen: Mapping[str, str]) -> None:
    """Two or more columns headed by ratings, with a tick in one of them."""
    candidates = [c for c in columns if _marks_of(c) is not None and c.field != "ignore"]
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
    known = bool(read_rating(name).code) or folded in STATUS or folded.startswith(("not ", "part", "fully"))
    if not known or len(name) > 30:
        return None
    seen = profile(column.samples)
    short = seen.n == 0 or seen.ticks >= 0.7 * seen.n or (seen.average <= 12 and seen.share("dates") < 0.3)
    return name if short else None


def _settle(table: Table, field: str, rivals: list[Column], taken: dict[str, Column]) -> None:
    """One column wins a field; the others become a second field by sense, or notes."""
    if field in taken:
        losers, winner = rivals, taken[field]
    elif rivals:
        ranked = sorted(rivals, key=lambda c: _rank(field, c), reverse=True)
        winner, losers = ranked[0], ranked[1:]
        taken[field] = winner
    else:
        return
    if field == "rating" and not table.marks and winner.guess.sense == "done" and winner in rivals:
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
            mark.take_for("note", f"Kept as a note: {winner.header!r} holds the rating", True)
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
    if field in ("target", "rating") and column.guess.sense not in ("earlier",) and column.guess.strength > 1:
        table.fallbacks.setdefault(field, []).append(column)
        column.take_for("note", f"Used where {winner.header!r} is blank, else kept as a note", True)
        column.field = field
        return
    for heir in HEIRS.get(field, ()):
        if heir not in taken and not any(c.field == heir for c in table.columns.values()):
            column.take_for(heir, f"Known heading, but {winner.header!r} is taken for {FIELDS[field]}", False)
            taken[heir] = column
            return
    column.take_for("note", f"Kept as a note: {winner.header!r} is taken for {FIELDS[field]}", True)


def _find_title(table: Table, columns: list[Column]) -> None:
    """Without a column of actions, the column that says most about each row stands for it."""
    if "title" in table.roles:
        return
    if "activity" in table.roles:
        _promote(table, table.roles["activity"], "The only column that says what is done")
        return
    steering = [role for role in STEERING if role in table.roles and table.roles[role].guess.strength >= 2]
    figures = sum(c.field != "reference" and profile(c.samples).share("numbers") > 0.6 for c in columns)
    if len(steering) + bool(table.marks) < 2 or figures >= 2:
        return
    for role in ("recommendation", "objective", "outcome", "area"):
        column = table.roles.get(role)
        if column and column.guess.strength >= 3 and _says_something_each_row(table, column):
            _promote(table, column, "There is no column of actions, and it differs from row to row")
            return
    unknown = [
        c
        for c in columns
        if c.field == "note" and c.guess.sense == "long" and _says_something_each_row(table, c)
    ]
    if unknown:
        _promote(table, max(unknown, key=lambda c: profile(c.samples).average), "No known heading; long text")


def _says_something_each_row(table: Table, column: Column) -> bool:
    rows = max((len(c.samples) for c in table.columns.values()), default=0)
    texts = [cell.text for cell in column.samples if cell.text]
    return (
        len(texts) >= 0.8 * rows
        and len(set(texts)) >= 0.8 * len(texts)
        and profile(column.samples).average > 15
    )


def _promote(table: Table, column: Column, why: str) -> None:
    if table.roles.get(column.field) is column:
        del table.roles[column.field]
    column.take_for("title", why, column.field == "activity")
    table.roles["title"] = column


def _swap_sparse_title(grid: Grid, table: Table) -> None:
    """ "What" over several "how" rows that each have their own lead and rating: the rows are the actions."""
    title, activity = table.roles.get("title"), table.roles.get("activity")
    if not title or not activity or ("objective" in table.roles and "outcome" in table.roles):
        return
    own, orphans = _count_orphans(grid, table, title.index, activity.index)
    if orphans and orphans >= 0.25 * own:
        free = "objective" if "objective" not in table.roles else "outcome"
        title.take_for(free, "Stands over several actions, each with its own lead or rating", False)
        activity.take_for("title", "One text for each row that has a lead or rating", False)
        del table.roles["activity"]
        table.roles["title"], table.roles[free] = activity, title


def _count_orphans(grid: Grid, table: Table, title: int, activity: int) -> tuple[int, int]:
    steering = [table.column_of(role) for role in ("leads", "rating") if role in table.roles]
    steering += [column.index for column in table.marks]
    rated = table.column_of("rating")
    needs_rating = rated and any(cell.text for cell in table.roles["rating"].samples)
    own = orphans = 0
    for segment in table.segments:
        for row in grid.between(segment.first_row, segment.last_row):
            cells = {cell.column for cell in grid.rows[row]}
            if title in cells:
                own += 1
            elif activity in cells:
                orphans += bool(rated in cells if needs_rating else cells & set(steering))
    return own, orphans


def _is_plan(table: Table) -> bool:
    roles = table.roles
    if "title" not in roles:
        return False
    months = sum(_when(c.header) > date.min and c.field == "note" for c in table.columns.values())
    if months >= 6 and months > len(table.columns) / 2:
        return False
    if table.marks or any(role in roles for role in (*STEERING, "activity")):
        return True
    others = [role for role in roles if role not in ("title", "reference", "links", "area")]
    return len(others) >= 2 or ("recommendation" in roles and roles["title"].guess.strength >= 3)


def _find_colours(grid: Grid, table: Table) -> None:
    """Where no column holds ratings, the fill of the reference or the action may."""
    if "rating" in table.roles or table.marks or "title" not in table.roles:
        return
    best, most = 0, 0
    for column in table.columns.values():
        if column.field not in ("reference", "title", "target", "leads", "progress", "area", "note"):
            continue
        seen = profile(column.samples)
        if seen.fills > most or (seen.fills == most and column.field == "reference"):
            best, most = column.index, seen.fills
    if most and _colours_differ(table.columns[best]):
        table.colour_column = best
        table.columns[best].why += "; its colour is taken for the rating"


def _colours_differ(column: Column) -> bool:
    return len({cell.fill for cell in column.samples}) > 1


def _mark_levels(grid: Grid, table: Table) -> None:
    title = table.column_of("title")
    for field in LEVEL_FIELDS:
        column = table.roles.get(field)
        if column is None:
            continue
        texts = [cell.text for cell in column.samples if cell.text]
        rows = len([c for c in table.columns[title].samples if c.text]) if title else 0
        blank = max(0, rows - len(texts))
        column.level_name = _level_name(column)
        left = column.index < title
        column.carries = not column.merged and left and bool(blank) and (blank >= 0.25 * rows or rows <= 4)
        repeats = len(texts) - len(set(texts))
        column.level = (
            field == "area"
            or column.merged
            or column.carries
            or (repeats >= 2 and repeats >= 0.2 * len(texts))
        )


def _level_name(column: Column) -> str:
    return " ".join(column.header.split()) or FIELDS[column.field]


__all__ = ["TICKS", "assign_roles", "column_name", "look_up"]
