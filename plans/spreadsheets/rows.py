"""Walks down the rows of a table and gathers its actions: headings, levels, continued texts, steps."""

import re
from dataclasses import dataclass, field

from plans.rating import colour_of_fill

from .book import Cell
from .columns import REFERENCE, TICKS
from .drafts import Draft, RowStep, day_of, tidy_reference
from .furniture import is_page_number, is_total, key_line
from .grid import Grid
from .headings import Headings
from .results import Level
from .sheet_areas import look_of
from .tables import Column, Segment, Table
from .vocabulary import FIELDS, LEVEL_FIELDS

ABOVE = re.compile(
    r"[\s\"'(]*(?:as|same as|see|per|as per)[ -](?:above|previous|before|row above|previous row)[\s.\"')]*"
    r"|\(?ditto\)?[.\s]*|do\.|[\"”“″〃]+|''|-[ ]?[\"”″][ ]?-|↑|\^",
    re.IGNORECASE,
)
EVIDENCE = ("leads", "target", "rating")


@dataclass
class Walk:
    """What has been gathered of one band of tables so far. `taken` are cells that stand in an action."""

    grid: Grid
    sheet: str
    drafts: list[Draft] = field(default_factory=list)
    taken: set[tuple[int, int]] = field(default_factory=set)
    furniture: dict[tuple[int, int], str] = field(default_factory=dict)
    lost: dict[tuple[int, int], str] = field(default_factory=dict)
    key_lines: list[tuple[int, str, list[Cell]]] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    headings: Headings = field(default_factory=Headings)
    levels: dict[str, Level] = field(default_factory=dict)
    after_break: bool = False
    after_heading: bool = False
    fresh: bool = True


class Rows:
    """The rows of one table, read with what its columns were taken for."""

    def __init__(self, walk: Walk, table: Table) -> None:
        self.walk, self.table, self.grid = walk, table, walk.grid
        self.title = table.column_of("title")
        self.reference = table.column_of("reference")
        self.evidence = {table.column_of(role) for role in EVIDENCE if role in table.roles}
        self.evidence |= {c.index for role in EVIDENCE for c in table.fallbacks.get(role, ())}
        self.marks = {column.index: column.mark for column in table.marks}
        self.evidence |= set(self.marks)
        self.levels = [
            c for name in LEVEL_FIELDS if (c := table.roles.get(name)) and c is not table.roles.get("title")
        ]
        self.levels.sort(key=lambda column: column.index)
        self.carried = [c for c in self.levels if c.level]
        self.vertical = [c for c in table.columns.values() if c.merged and c not in self.carried]
        self.spread = {c for c, text in table.columns.items() if text.merged}
        self.bold_titles, self.referenced = self._habits()
        self.rating = table.column_of("rating") or table.colour_column

    def _habits(self) -> tuple[bool, bool]:
        """Are ordinary actions in bold, and do most of them have a reference?"""
        cells = [c for c in self.table.columns[self.title].samples if c.text]
        bold = sum(cell.bold for cell in cells) > 0.5 * len(cells)
        numbered = self.table.columns[self.reference].samples if self.reference else []
        return bold, bool(cells) and len(numbered) >= 0.5 * len(cells)

    def read(self, segment: Segment) -> None:
        """Gathers the rows of one segment."""
        columns = self.table.columns
        low, high = self.table.first_column, self.table.last_column
        numbers = self.grid.between(segment.first_row, segment.last_row)
        for position, row in enumerate(numbers):
            cells = self.grid.rows[row]
            if len(columns) != len(cells):
                cells = [c for c in cells if c.column in columns or low - 2 <= c.column <= high]
            if cells:
                following = numbers[position + 1] if position + 1 < len(numbers) else 0
                self._read_row(row, cells, following)

    def _read_row(self, row: int, cells: list[Cell], following: int) -> None:
        if len(cells) <= 3 and self._is_furniture(row, cells, following):
            return
        columns = {cell.column: cell for cell in cells}
        if len(cells) <= 3 and self._is_heading(cells, columns, following):
            self.open_heading(row, cells)
            return
        if self._is_action(row, cells, columns):
            self._start(row, columns)
        elif self._is_step_row(columns):
            self._add_step(row, columns)
        elif self._only_levels(columns):
            self._read_levels(row, columns)
            self._take(cells)
        elif self.walk.drafts and not self.walk.after_heading:
            self._continue(row, columns)
        else:
            self._lose(cells, "Stands above the first action, and is no heading")
        self.walk.after_heading = False

    def _is_furniture(self, row: int, cells: list[Cell], following: int) -> bool:
        if all(is_page_number(cell.text) for cell in cells) or self._is_bare_page(cells, following):
            self._mark(cells, "Page number")
            self.walk.after_break = True
            return True
        if is_total(cells):
            self._mark(cells, "A row of totals")
            return True
        if (
            self.title not in {c.column for c in cells}
            or len(cells) == 1
            or cells[0].column != self.reference
        ):
            line = key_line(cells) if not self._could_be_action(cells) else ""
            if line:
                self.walk.key_lines.append((row, line, cells))
                self._mark(cells, "Rating key")
                return True
        return False

    def _could_be_action(self, cells: list[Cell]) -> bool:
        """A row with words in the action's column and more than one cell is no key."""
        if len(cells) == 1:
            return cells[0].column == self.title and not cells[0].text.casefold().startswith(("key", "rag"))
        return any(c.column == self.title for c in cells) and any(c.column in self.evidence for c in cells)

    def _is_bare_page(self, cells: list[Cell], following: int) -> bool:
        """A lone number; in the reference's own column only where no text follows it."""
        if len(cells) != 1 or not cells[0].text.strip(" -").isdigit() or len(cells[0].text) > 4:
            return False
        if cells[0].column != self.reference:
            return cells[0].column not in self.table.columns or not self.table.columns[cells[0].column].level
        return following == 0 and self._last_reference_is_far(cells[0].text)

    def _last_reference_is_far(self, text: str) -> bool:
        return True

    def _is_heading(self, cells: list[Cell], columns: dict[int, Cell], following: int) -> bool:
        widest = max(cells, key=self.grid.width)
        width = self.grid.width(widest)
        others = [c for c in cells if c is not widest]
        if any(c.column in self.evidence and c is not widest for c in cells):
            return (
                width >= 3
                and widest.bold
                and not self.bold_titles
                and len(cells) <= 2
                and self.title not in {c.column for c in others}
            )
        if width >= 2 and self._is_wide(widest, width):
            return all(REFERENCE.fullmatch(c.text) or c.bold for c in others)
        if len(cells) == 1:
            return self._lone_cell_is_heading(widest, following)
        if len(cells) == 2 and REFERENCE.fullmatch(cells[0].text):
            second = cells[1]
            styled = second.bold and not self.bold_titles
            parent = self._has_children(cells[0].text, following)
            return (
                second.column == cells[0].column + 1
                and (styled or parent)
                and second.column not in self.evidence
            )
        return False

    def _is_wide(self, cell: Cell, width: int) -> bool:
        header = self.table.segments[0].header
        spans = {self.grid.width(c) for c in header.cells if c.column == cell.column}
        return width not in spans and (width >= 3 or width >= 0.5 * len(self.table.columns) or cell.bold)

    def _lone_cell_is_heading(self, cell: Cell, following: int) -> bool:
        column = cell.column
        if column == self.title:
            if cell.bold and not self.bold_titles:
                return True
            return bool(
                cell.fill
                and not colour_of_fill(cell.fill)
                and not self._title_fill(cell.fill)
                and len(cell.text) < 150
            )
        if column == self.reference or column < self.table.first_column:
            return not REFERENCE.fullmatch(cell.text)
        role = self.table.columns.get(column)
        if role is None or column not in (c.index for c in self.levels):
            return cell.bold and column < self.title
        if role.field == "area":
            return not role.carries and not role.merged
        return cell.bold and not any(c.bold for c in role.samples)

    def _title_fill(self, fill: str) -> bool:
        samples = self.table.columns[self.title].samples
        return sum(c.fill == fill for c in samples) > 0.3 * len(samples)

    def heading_looks(self, segments: list[Segment]) -> tuple[set[tuple], bool]:
        """The looks of lone heading rows below the first header, and whether the first row below is none."""
        looks: set[tuple] = set()
        bare = True
        for segment in segments:
            for position, row in enumerate(self.grid.between(segment.first_row, segment.last_row)):
                cells = self.grid.rows[row]
                if len(cells) == 1 and self._is_heading(cells, {cells[0].column: cells[0]}, 0):
                    looks.add(look_of(self.grid, cells[0]))
                    bare = bare and not (segment is segments[0] and position == 0)
        return looks, bare

    def _has_children(self, reference: str, following: int) -> bool:
        if not following or not self.reference:
            return False
        child = self.grid.sheet.text(following, self.reference)
        return child.startswith(reference.rstrip(".") + ".") and child.rstrip(".") != reference.rstrip(".")

    def open_heading(self, row: int, cells: list[Cell]) -> None:
        walk = self.walk
        main = max(cells, key=lambda c: (self.grid.width(c), not REFERENCE.fullmatch(c.text), len(c.text)))
        style = look_of(self.grid, main)
        if walk.after_heading and walk.headings.is_introduction(main.text, style):
            level = walk.headings.stack[-1].level
            level.description = f"{level.description}\n{main.text}".strip()
            self._mark(cells, "Introduction to the area above: stands as its description")
            return
        number = next(
            (tidy_reference(c.text, c.value) for c in cells if c is not main and REFERENCE.fullmatch(c.text)),
            "",
        )
        heading = walk.headings.open(main.text, number, style, walk.after_heading)
        heading.row, heading.column = row, main.column
        extra = [c.text for c in cells if c is not main and not REFERENCE.fullmatch(c.text)]
        heading.level.description = "\n".join(extra)
        self._mark(cells, f"{heading.level.name} heading: stands as a level of the plan")
        walk.levels.clear()
        walk.after_heading, walk.after_break = True, False

    def _is_action(self, row: int, cells: list[Cell], columns: dict[int, Cell]) -> bool:
        title = columns.get(self.title)
        evidence = any(column in self.evidence for column in columns)
        reference = columns.get(self.reference) if self.reference else None
        if reference is not None and (title or evidence or len(cells) > 1):
            return not self._is_child_step(reference.text, columns)
        if title is None:
            return evidence and self._stands_without_title(row, columns)
        if evidence:
            return True
        if ABOVE.fullmatch(title.text):
            return True
        return not self._continues_title(title, columns)

    def _stands_without_title(self, row: int, columns: dict[int, Cell]) -> bool:
        """An action whose title is merged over it, or missing: it needs words of its own and a lead or rating."""
        activity = self.table.column_of("activity")
        anchor = self.grid.anchor(row, self.title)
        if anchor is not None and anchor.row < row:
            return not activity and any(c in self.evidence for c in columns)
        strong = {self.table.column_of("leads"), self.rating, *self.marks}
        return bool(activity and activity in columns and strong & columns.keys() and self._is_rated(columns))

    def _is_rated(self, columns: dict[int, Cell]) -> bool:
        column = self.table.roles.get("rating")
        if column is None or not any(c.text for c in column.samples):
            return True
        return column.index in columns

    def _continues_title(self, title: Cell, columns: dict[int, Cell]) -> bool:
        walk = self.walk
        if not walk.drafts or walk.after_heading:
            return False
        before = walk.drafts[-1].values.get("title", "")
        broken_off = title.text[:1].islower() and not before.endswith((".", "?", "!"))
        if broken_off or (walk.after_break and title.text[:1].islower()):
            return True
        return self.referenced and not any(c.index in columns for c in self.carried)

    def _is_child_step(self, reference: str, columns: dict[int, Cell]) -> bool:
        """1.1 below 1, or a) below 1, with neither lead nor rating of its own, is a step."""
        walk = self.walk
        if not walk.drafts or walk.after_heading:
            return False
        parent = walk.drafts[-1]
        mine, theirs = reference.strip().rstrip(".)"), parent.values.get("reference", "")
        child = bool(theirs) and (
            mine.startswith((theirs + ".", theirs + "("))
            or (mine.lstrip("(").isalpha() and len(mine.strip("()")) <= 3)
        )
        if not child and theirs:
            child = bool(re.fullmatch(re.escape(theirs) + r"[a-z]", mine))
        steering = {self.table.column_of("leads"), self.table.column_of("rating"), *self.marks} - {0}
        parent_steered = any(parent.values.get(name) for name in EVIDENCE) or parent.mark
        return child and bool(parent_steered) and not steering & columns.keys()

    def _is_step_row(self, columns: dict[int, Cell]) -> bool:
        if not self.walk.drafts or self.walk.after_heading:
            return False
        reference = columns.get(self.reference) if self.reference else None
        if reference is not None:
            return self._is_child_step(reference.text, columns)
        activity = self.table.column_of("activity")
        if self.title in columns:
            return False
        if activity and activity in columns:
            text = columns[activity].text
            broken_off = text[:1].islower() and not self.walk.drafts[-1].values.get("activity", "").endswith(
                (".", ";")
            )
            return not broken_off
        return False

    def _only_levels(self, columns: dict[int, Cell]) -> bool:
        levels = {column.index for column in self.levels}
        if not columns.keys() <= levels:
            return False
        broken_off = self.walk.after_break and all(c.text[:1].islower() for c in columns.values())
        return not broken_off

    def _start(self, row: int, columns: dict[int, Cell]) -> None:
        walk = self.walk
        draft = Draft(walk.sheet, row, rows=[row])
        self._read_levels(row, columns)
        before = walk.drafts[-1] if walk.drafts else None
        for index, cell in columns.items():
            self._put(draft, self.table.columns.get(index), cell, before)
        for column in self.vertical:
            if column.index not in columns:
                self._share(draft, row, column, before)
        self._use_fallbacks(draft, row)
        if self.rating:
            draft.fill = self.grid.fill(row, self.rating)
        for index, mark in self.marks.items():
            self._read_mark(draft, row, index, mark)
        draft.levels = {**walk.levels, **{k: v for k, v in draft.levels.items() if v}}
        draft.headings = tuple(h.level for h in walk.headings.stack)
        draft.fields_of_headings = tuple(h.field for h in walk.headings.stack)
        for heading in walk.headings.stack:
            heading.actions += 1
        if not draft.values.get("title"):
            self._find_words(draft, row)
        walk.drafts.append(draft)
        walk.after_break = False

    def _find_words(self, draft: Draft, row: int) -> None:
        """An action without a title of its own takes its activity's words, and says so where it has none."""
        if draft.values.get("activity"):
            draft.values["title"] = draft.values.pop("activity")
            return
        for level in ("objective", "recommendation", "outcome"):
            text = draft.values.get(level)
            if text:
                draft.values["title"] = text
                return
        reference = draft.values.get("reference", "")
        said = f"Action {reference}" if reference else "A row"
        self.walk.problems.append(
            (
                row,
                f"{said} has no words in the column of actions. Write what is to be done, or leave the row out.",
            )
        )

    def _put(self, draft: Draft, column: Column | None, cell: Cell, before: Draft | None) -> None:
        """Puts one cell into its field of the action."""
        self.walk.taken.add((cell.row, cell.column))
        field = column.field if column else "note"
        if column is not None and (column in self.carried or column.index in self.marks):
            return
        if column is None or field in ("note", "ignore") or column is not self.table.roles.get(field):
            if field == "ignore":
                self.walk.taken.discard((cell.row, cell.column))
                self.walk.lost[cell.row, cell.column] = "The column is left out, as chosen for this board"
                return
            if column is None or field not in self.table.fallbacks:
                self._note(draft, column, cell, before)
            return
        text = cell.text
        if before is not None and len(text) <= 24 and ABOVE.fullmatch(text) and before.values.get(field):
            self.walk.taken.discard((cell.row, cell.column))
            self.walk.furniture[cell.row, cell.column] = "Stands for the text above, which was filled in"
            text = before.values[field]
            if field == "target":
                draft.day = before.day
        elif field == "target":
            draft.day = day_of(cell.value)
        elif field in ("reference", "recommendation_reference"):
            text = tidy_reference(text, cell.value)
        draft.values[field] = text

    def _note(self, draft: Draft, column: Column | None, cell: Cell, before: Draft | None) -> None:
        name = self._name(column, cell)
        text = cell.text
        if before is not None and len(text) <= 24 and ABOVE.fullmatch(text):
            known = [note[1] for note in before.notes if note[0] == name]
            if known:
                self.walk.taken.discard((cell.row, cell.column))
                self.walk.furniture[cell.row, cell.column] = "Stands for the text above, which was filled in"
                text = known[0]
        draft.add_note(name, text)

    def _name(self, column: Column | None, cell: Cell) -> str:
        return (
            " ".join(column.header.split())
            if column and column.header
            else f"Column {cell.address.rstrip('0123456789')}"
        )

    def _share(self, draft: Draft, row: int, column: Column, before: Draft | None) -> None:
        """A cell really merged over several actions belongs to each of them."""
        anchor = self.grid.anchor(row, column.index)
        if (
            anchor is None
            or anchor.row == row
            or anchor.column != column.index
            or column.field == "reference"
        ):
            return
        role = self.table.roles.get(column.field)
        if role is column and column.field not in draft.values:
            draft.values[column.field] = anchor.text
            if column.field == "target":
                draft.day = day_of(anchor.value)
        elif role is not column and column.field == "note":
            draft.add_note(self._name(column, anchor), anchor.text)

    def _use_fallbacks(self, draft: Draft, row: int) -> None:
        for name, columns in self.table.fallbacks.items():
            for column in columns:
                cell = self.grid.anchor(row, column.index)
                if cell is None:
                    if name == "rating" and not draft.fill and not draft.values.get("rating"):
                        draft.fill = self.grid.fill(row, column.index)
                    continue
                if draft.values.get(name):
                    draft.add_note(self._name(column, cell), cell.text)
                    continue
                draft.values[name] = cell.text
                if name == "target":
                    draft.day = day_of(cell.value)

    def _read_mark(self, draft: Draft, row: int, index: int, mark: str) -> None:
        cell = self.grid.anchor(row, index)
        fill = self.grid.fill(row, index)
        if cell is None and not (fill and colour_of_fill(fill) and self._is_painted(index)):
            return
        if cell is not None and cell.text.casefold() in ("n", "no", "-", "n/a"):
            draft.add_note(mark, cell.text)
            return
        if draft.mark:
            self.walk.problems.append(
                (row, f"Both {draft.mark!r} and {mark!r} are marked. Check which rating is right.")
            )
        draft.mark = draft.mark or mark
        if cell is not None:
            draft.add_note(mark, cell.text)

    def _is_painted(self, index: int) -> bool:
        """Some but not all cells of a tick column are coloured: the colour is the tick."""
        column = self.table.columns[index]
        painted = sum(bool(cell.fill) for cell in column.samples)
        return painted > 0 and not any(c.text for c in column.samples)

    def _read_levels(self, row: int, columns: dict[int, Cell]) -> None:
        """Brings the level columns up to date: own text, the merge that covers the row, or as above."""
        walk = self.walk
        changed = False
        for column in self.carried:
            cell = columns.get(column.index)
            if cell is None and column.merged:
                cell = self.grid.anchor(row, column.index)
            known = walk.levels.get(column.field)
            if cell is None:
                keep = (
                    known is not None
                    and not changed
                    and (column.carries or walk.after_break or self._is_blank_merge(row, column))
                )
                if not keep:
                    walk.levels.pop(column.field, None)
                continue
            if known is not None and (known.title == cell.text or ABOVE.fullmatch(cell.text)):
                if known.title != cell.text:
                    walk.furniture[cell.row, cell.column] = "Stands for the text above, which was filled in"
                continue
            changed = True
            walk.levels[column.field] = Level(column.level_name, "", cell.text)
        if changed:
            order = {column.field: column.index for column in self.carried}
            walk.levels = dict(sorted(walk.levels.items(), key=lambda item: order.get(item[0], 0)))

    def _is_blank_merge(self, row: int, column: Column) -> bool:
        """A merge without text at the top of a page goes on from the page before."""
        return self.walk.after_break and self.grid.merge(row, column.index) is not None

    def _add_step(self, row: int, columns: dict[int, Cell]) -> None:
        draft = self.walk.drafts[-1]
        draft.rows.append(row)
        activity = self.table.column_of("activity")
        words = columns.get(activity) or columns.get(self.title)
        number = columns.get(self.reference)
        target = columns.get(self.table.column_of("target"))
        if words is not None:
            draft.row_steps.append(
                RowStep(
                    tidy_reference(number.text, number.value) if number else "",
                    words.text,
                    target.text if target else "",
                )
            )
        used = {cell.column for cell in (words, number, target) if cell is not None}
        for index, cell in columns.items():
            self.walk.taken.add((row, index))
            if index not in used:
                self._append(draft, index, cell)

    def _continue(self, row: int, columns: dict[int, Cell]) -> None:
        """A row with no reference, lead, target or rating goes on with the texts of the action above."""
        draft = self.walk.drafts[-1]
        draft.rows.append(row)
        for index, cell in columns.items():
            self.walk.taken.add((row, index))
            self._append(draft, index, cell)

    def _append(self, draft: Draft, index: int, cell: Cell) -> None:
        column = self.table.columns.get(index)
        field = column.field if column else "note"
        if column is not None and column in self.carried and field in draft.levels:
            level = draft.levels[field]
            level.title = f"{level.title} {cell.text}"
        elif index in self.marks:
            draft.mark = draft.mark or self.marks[index]
            draft.add_note(self.marks[index], cell.text)
        elif (
            column is None
            or field not in FIELDS
            or field in ("note", "ignore")
            or column is not self.table.roles.get(field)
        ):
            draft.add_note(self._name(column, cell), cell.text)
        elif (
            field == "title"
            and self.referenced
            and self.table.column_of("activity") == 0
            and not cell.text[:1].islower()
        ):
            draft.append("activity", cell.text)
        else:
            draft.append(field, cell.text)
            if field == "target":
                draft.day = None

    def _take(self, cells: list[Cell]) -> None:
        self.walk.taken.update((cell.row, cell.column) for cell in cells)

    def _mark(self, cells: list[Cell], reason: str) -> None:
        for cell in cells:
            self.walk.furniture[cell.row, cell.column] = reason

    def _lose(self, cells: list[Cell], reason: str) -> None:
        for cell in cells:
            self.walk.lost[cell.row, cell.column] = reason


__all__ = ["TICKS", "Rows", "Walk"]
