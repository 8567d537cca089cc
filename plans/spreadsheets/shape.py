"""What a table as a whole is: which column says what is done, what are levels, and whether it is a plan."""

from collections.abc import Sequence

from plans.rating import colour_of_fill

from .book import Cell
from .columns import MONTH
from .grid import Grid
from .headings import name_and_number
from .profiles import profile
from .tables import Column, Table
from .vocabulary import FIELDS, LEVEL_FIELDS, fold
from .walk import means_above

STEERING = ("leads", "target", "rating")


def find_title(table: Table, columns: list[Column]) -> None:
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
        if c.field == "note" and c.guess.strength == 0 and _says_something_each_row(table, c)
    ]
    headed = [column for column in unknown if _is_headed_by_areas(column)]
    long = [column for column in unknown if column.guess.sense == "long"]
    if headed:
        table.areas_in_header = True
        _promote(table, headed[0], "Its heading names an area, and it differs from row to row")
    elif long or (len(steering) == len(STEERING) and not _lists_risks(columns)):
        most = max(long or unknown, key=lambda c: profile(c.samples).average, default=None)
        if most:
            _promote(table, most, "No known heading, but it says something else in each row")


def _lists_risks(columns: list[Column]) -> bool:
    return any(fold(column.header).startswith(("risk", "likelihood", "inherent")) for column in columns)


def _is_headed_by_areas(column: Column) -> bool:
    """ "1. Front door" at the head of one part of the table, "2. Care" at that of the next."""
    numbered = [name_and_number(header)[1] for header in column.headers if header]
    return bool(numbered) and all(numbered)


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


def swap_sparse_title(grid: Grid, table: Table) -> None:
    """ "What" over several "how" rows that each have their own lead and rating: the rows are the actions."""
    title, activity = table.roles.get("title"), table.roles.get("activity")
    if title and title.chosen:
        return
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


def is_plan(table: Table) -> bool:
    roles = table.roles
    if "title" not in roles:
        return False
    figures = sum(profile(c.samples).share("numbers") > 0.5 for c in table.columns.values() if _is_month(c))
    if figures >= 3:
        return False
    if table.marks or any(role in roles for role in (*STEERING, "activity")):
        return True
    others = [role for role in roles if role not in ("title", "reference", "links", "area")]
    return len(others) >= 2 or ("recommendation" in roles and roles["title"].guess.strength >= 3)


def _is_month(column: Column) -> bool:
    return MONTH.fullmatch(column.header.strip()) is not None


def find_colours(grid: Grid, table: Table) -> None:
    """Where no column holds ratings, the fill of the reference or the action may."""
    if "rating" in table.roles:
        table.pale = _is_rated_in_tints(table.roles["rating"])
    if "rating" in table.roles or table.marks or "title" not in table.roles:
        return
    best, most = 0, 0
    for column in table.columns.values():
        if column.field not in ("reference", "title", "target", "leads", "progress", "area", "note"):
            continue
        seen = profile(column.samples)
        if seen.fills > most or (seen.fills == most and column.field == "reference"):
            best, most = column.index, seen.fills
    if most and _colours_differ(table.columns[best].samples):
        table.colour_column = best
        table.columns[best].why += "; its colour is taken for the rating"
    elif not most:
        table.colour_column = _coloured_strip(grid, table)


def _is_rated_in_tints(column: Column) -> bool:
    """A column of ratings in at least three colours, some of them so pale that alone they would be none."""
    fills = {cell.fill for cell in column.samples if cell.fill and not cell.text}
    shown = {fill: colour_of_fill(fill, pale=True) for fill in fills}
    return len(set(shown.values()) - {None}) >= 3 and any(not colour_of_fill(fill) for fill in fills)


def _coloured_strip(grid: Grid, table: Table) -> int:
    """A column without a single word, beside or within the table, whose cells are coloured like ratings."""
    strips: dict[int, list[Cell]] = {}
    rows = {row for s in table.segments for row in grid.between(s.first_row, s.last_row)}
    for (row, index), cell in grid.sheet.cells.items():
        near = table.first_column - 2 <= index <= table.last_column + 3
        if near and index not in table.columns and row in rows and cell.fill and colour_of_fill(cell.fill):
            strips.setdefault(index, []).append(cell)
    differing = [index for index, cells in strips.items() if _colours_differ(cells)]
    return max(differing, key=lambda index: len(strips[index]), default=0)


def _colours_differ(cells: Sequence[Cell]) -> bool:
    return len({cell.fill for cell in cells}) > 1


def mark_levels(grid: Grid, table: Table) -> None:
    title = table.column_of("title")
    for field in LEVEL_FIELDS:
        column = table.roles.get(field)
        if column is None:
            continue
        texts = [cell.text for cell in column.samples if cell.text and not means_above(cell.text)]
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
