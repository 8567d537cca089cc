"""Tells what each row of a table is: an action, a heading, a step, a continued text, or furniture."""

from plans.rating import colour_of_fill

from .book import Cell
from .drafts import tidy_reference
from .furniture import PAGE_NUMBER, is_total, key_line, page_line
from .gathering import Gatherer
from .nesting import has_children, lies_below
from .profiles import REFERENCE
from .sheet_areas import lone_titles_are_headings, look_of
from .tables import Segment, Table
from .walk import Walk, means_above

EVIDENCE = ("leads", "target", "rating")
Columns = dict[int, Cell]


class Rows:
    """The rows of one table, read with what its columns were taken for."""

    def __init__(self, walk: Walk, table: Table) -> None:
        self.walk, self.table, self.grid = walk, table, walk.grid
        self.gatherer = Gatherer(walk, table)
        self.title, self.reference = table.column_of("title"), table.column_of("reference")
        self.activity = table.column_of("activity")
        self.evidence = {table.column_of(role) for role in EVIDENCE if role in table.roles}
        self.evidence |= {c.index for role in EVIDENCE for c in table.fallbacks.get(role, ())}
        self.evidence |= self.gatherer.marks.keys()
        self.steering = {table.column_of("leads"), table.column_of("rating"), *self.gatherer.marks} - {0}
        names = ("reference", "title", "activity", "target")
        self.of_steps = {table.column_of(name) for name in names}
        self.levels = {column.index: column for column in self.gatherer.levels}
        self.is_rated = "rating" in table.roles and any(c.text for c in table.roles["rating"].samples)
        self.bold_titles, self.referenced = self._habits()
        self.lone_titles_are_headings = lone_titles_are_headings(self.grid, table)

    def _habits(self) -> tuple[bool, bool]:
        """Are ordinary actions in bold, and do most of them have a reference?"""
        cells = [c for c in self.table.columns[self.title].samples if c.text]
        bold = sum(cell.bold for cell in cells) > 0.5 * len(cells)
        numbered = self.table.columns[self.reference].samples if self.reference else []
        return bold, bool(cells) and len(numbered) >= 0.5 * len(cells)

    def read(self, segment: Segment) -> None:
        """Gathers the rows of one segment."""
        columns, others = self.table.columns, self.table.others
        self.gatherer.begin()
        if self.table.areas_in_header:
            self.open_heading([c for c in segment.header.cells if c.column == self.title])
        numbers = self.grid.between(segment.first_row, segment.last_row)
        for row, following in zip(numbers, [*numbers[1:], 0], strict=False):
            cells = self.grid.rows[row]
            if others or len(cells) > len(columns):
                cells = [
                    c for c in cells if c.column in columns or (len(cells) <= 2 and c.column not in others)
                ]
            if cells:
                self._read_row(row, cells, following)

    def _read_row(self, row: int, cells: list[Cell], following: int) -> None:
        walk = self.walk
        columns = {cell.column: cell for cell in cells}
        if len(cells) <= 3 and self._is_furniture(cells, columns, following):
            return
        if (len(cells) <= 3 and self._is_heading(cells, columns, following)) or (
            following and self._sums_up(columns, following)
        ):
            self.open_heading(cells)
            return
        walk.in_key = False
        if self._is_action(row, columns):
            self.gatherer.start(row, columns)
        elif self._is_step_row(columns):
            self.gatherer.add_step(row, columns)
        elif self._only_levels(columns):
            self._read_lone_levels(row, columns)
        elif walk.drafts and not walk.after_heading:
            self.gatherer.go_on(row, columns)
        else:
            walk.lose(cells, "Stands above the first action, and is no heading")
        walk.after_heading = False

    def _read_lone_levels(self, row: int, columns: Columns) -> None:
        walk, before = self.walk, self.walk.levels
        self.gatherer.read_levels(row, columns)
        if walk.levels is before:
            again = [c for c in columns.values() if (row, c.column) not in walk.furniture | walk.lost]
            walk.mark(again, "Says again what stands above")
        else:
            walk.taken.update((row, column) for column in columns)

    def _is_furniture(self, cells: list[Cell], columns: Columns, following: int) -> bool:
        walk = self.walk
        reason = page_line(cells, walk.running) or (self._is_bare_page(cells, following) and PAGE_NUMBER)
        if reason:
            walk.mark(cells, reason)
            walk.after_break = True
            return True
        if is_total(cells):
            walk.mark(cells, "A row of totals")
            return True
        swatch = self.grid.fill(cells[0].row, cells[0].column - 1)
        line = key_line(cells, walk.in_key, swatch) if self._could_be_key(cells, columns) else ""
        if line:
            walk.in_key = True
            walk.key_lines.append(line)
            walk.mark(cells, "Rating key")
        return bool(line)

    def _could_be_key(self, cells: list[Cell], columns: Columns) -> bool:
        """No action: no number, and neither lead nor date; the words may stand in any column."""
        if REFERENCE.fullmatch(cells[0].text) or (cells[0].column == self.title and len(cells) > 1):
            return self.walk.in_key and not REFERENCE.fullmatch(cells[0].text)
        if len(cells) == 1 and not self.walk.in_key:
            return cells[0].column != self.title or key_line(cells).casefold().startswith(("key", "rag"))
        return self.walk.in_key or not self.evidence & columns.keys()

    def _is_bare_page(self, cells: list[Cell], following: int) -> bool:
        """A lone number; in the reference's own column only as the very last row."""
        if len(cells) != 1 or not cells[0].text.strip(" -").isdigit() or len(cells[0].text) > 4:
            return False
        if cells[0].column != self.reference:
            return cells[0].column not in self.levels
        return following == 0

    def _is_heading(self, cells: list[Cell], columns: Columns, following: int) -> bool:
        widest = max(cells, key=self.grid.width)
        others = [cell for cell in cells if cell is not widest]
        if any(cell.column in self.evidence for cell in others):
            wide = self.grid.width(widest) >= 3 and widest.bold and not self.bold_titles
            return wide and len(others) == 1 and self.title not in {cell.column for cell in others}
        if self._is_wide(widest):
            return all(REFERENCE.fullmatch(cell.text) or cell.bold for cell in others)
        if not others:
            return self._lone_cell_is_heading(widest)
        first, second = cells[0], cells[1]
        if len(cells) > 2 or not REFERENCE.fullmatch(first.text) or second.column != first.column + 1:
            return False
        styled = second.bold and not self.bold_titles
        return second.column not in self.evidence and (
            styled or has_children(self.grid, self.reference, first.text, following)
        )

    def _sums_up(self, columns: Columns, following: int) -> bool:
        """A bold row with no lead or rating of its own, over rows numbered below it that have one."""
        reference, title = columns.get(self.reference), columns.get(self.title)
        if reference is None or title is None or not title.bold or self.bold_titles:
            return False
        if self.steering & columns.keys() or not has_children(
            self.grid, self.reference, reference.text, following
        ):
            return False
        return any(cell.column in self.steering for cell in self.grid.rows[following])

    def _is_wide(self, cell: Cell) -> bool:
        """Merged over more columns than the header above it is."""
        width = self.grid.width(cell)
        if width < 2 or width in self.table.header_widths.get(cell.column, ()):
            return False
        return width >= 3 or width >= 0.5 * len(self.table.columns) or cell.bold

    def _lone_cell_is_heading(self, cell: Cell) -> bool:
        column = cell.column
        if column == self.title:
            if (cell.bold and not self.bold_titles) or self.lone_titles_are_headings:
                return True
            coloured = cell.fill and not colour_of_fill(cell.fill) and not self._is_usual_fill(cell.fill)
            return bool(coloured and len(cell.text) < 150)
        if column == self.reference or column < self.table.first_column:
            return not REFERENCE.fullmatch(cell.text)
        level = self.levels.get(column)
        if level is None:
            return cell.bold and column < self.title
        if level.field == "area":
            return not level.carries and not level.merged
        return cell.bold and not any(sample.bold for sample in level.samples)

    def _is_usual_fill(self, fill: str) -> bool:
        samples = self.table.columns[self.title].samples
        return sum(cell.fill == fill for cell in samples) > 0.3 * len(samples)

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

    def open_heading(self, cells: list[Cell]) -> None:
        """A heading row: it opens a level, or introduces the one just opened."""
        walk, headings = self.walk, self.walk.headings
        main = max(cells, key=lambda c: (self.grid.width(c), not REFERENCE.fullmatch(c.text), len(c.text)))
        style = look_of(self.grid, main)
        if walk.after_heading and headings.is_introduction(main.text, style):
            level = headings.stack[-1].level
            level.description = f"{level.description}\n{main.text}".strip()
            headings.stack[-1].places += [(c.row, c.column) for c in cells]
            walk.mark(cells, "Introduction to the area above: stands as its description")
            return
        numbers = [cell for cell in cells if cell is not main and REFERENCE.fullmatch(cell.text)]
        number = tidy_reference(numbers[0].text, numbers[0].value) if numbers else ""
        if walk.after_heading and headings.is_label(main.text):
            headings.stack[-1].level.title += f": {main.text}"
            headings.stack[-1].places += [(c.row, c.column) for c in cells]
            walk.mark(cells, "Heading in two rows: stands as a level of the plan")
            return
        heading = headings.open(main.text, number, style, walk.after_heading)
        heading.level.description = "\n".join(c.text for c in cells if c is not main and c not in numbers)
        heading.places = [(c.row, c.column) for c in cells]
        walk.mark(cells, f"{heading.level.name} heading: stands as a level of the plan")
        walk.levels = {}
        walk.after_heading, walk.after_break, walk.in_key = True, False, False

    def _is_action(self, row: int, columns: Columns) -> bool:
        title = columns.get(self.title)
        evidence = not self.evidence.isdisjoint(columns)
        reference = columns.get(self.reference) if self.reference else None
        if reference is not None and (
            title or evidence or len(columns) > 1 or REFERENCE.fullmatch(reference.text)
        ):
            return not self._is_child_step(reference.text, columns)
        if title is not None and self._is_broken_line(row, title, columns):
            return False
        if title is None:
            return evidence and self._stands_without_title(row, columns)
        return evidence or means_above(title.text) or not self._continues_title(title, columns)

    def _is_broken_line(self, row: int, title: Cell, columns: Columns) -> bool:
        """Right below a numbered action and with no number or rating: each line of its cells has a row."""
        if not self.reference or not self.walk.drafts or not title.text[:1].islower():
            return False
        before = self.walk.drafts[-1]
        rated = self.table.column_of("rating") in columns or not self.gatherer.marks.keys().isdisjoint(
            columns
        )
        numbered = before.values.get("reference") and before.values.get("title", "x")[:1].isupper()
        return bool(numbered and before.rows[-1] == row - 1 and not rated and not before.ends_its_title)

    def _stands_without_title(self, row: int, columns: Columns) -> bool:
        """An action whose title is merged over it, or missing: it needs a lead or rating of its own."""
        anchor = self.grid.anchor(row, self.title)
        if anchor is not None and anchor.row < row and not self.activity:
            return len(self.evidence & columns.keys()) >= 2
        rated = not self.is_rated or self.table.column_of("rating") in columns
        if not rated or not self.steering & columns.keys():
            return False
        return self.activity in columns or len(self.evidence & columns.keys()) >= 2

    def _continues_title(self, title: Cell, columns: Columns) -> bool:
        """Words in the action's column alone: the rest of the action above, or an action of their own?"""
        walk = self.walk
        if not walk.drafts or walk.after_heading:
            return False
        before = walk.drafts[-1].values.get("title", "")
        if title.text[:1].islower() and (walk.after_break or not before.endswith((".", "?", "!"))):
            return True
        return self.referenced and not any(column.index in columns for column in self.gatherer.carried)

    def _is_child_step(self, reference: str, columns: Columns) -> bool:
        """1.1 below 1, or a) below 1, with neither lead nor rating of its own, is a step."""
        walk = self.walk
        if not walk.drafts or walk.after_heading or self.steering & columns.keys():
            return False
        parent = walk.drafts[-1]
        theirs = parent.values.get("reference", "")
        if not theirs or not (parent.mark or any(parent.values.get(name) for name in EVIDENCE)):
            return False
        return columns.keys() <= self.of_steps and lies_below(reference.strip().rstrip(".)"), theirs)

    def _is_step_row(self, columns: Columns) -> bool:
        if not self.walk.drafts or self.walk.after_heading:
            return False
        if self.reference and self.reference in columns:
            return self._is_child_step(columns[self.reference].text, columns)
        draft = self.walk.drafts[-1]
        if self.title in columns:
            return self._is_step_in_title(columns[self.title], columns)
        if not self.activity or self.activity not in columns:
            return False
        broken_off = columns[self.activity].text[:1].islower()
        return not (broken_off and not draft.values.get("activity", "").endswith((".", ";")))

    def _is_step_in_title(self, title: Cell, columns: Columns) -> bool:
        """Below a numbered action, a line in the action's own column that is not the rest of its sentence."""
        before = self.walk.drafts[-1].values.get("title", "")
        if self.walk.after_break and not before.endswith((".", ":", ";", "?", "!")):
            return False
        return not self.activity and self.referenced and not title.text[:1].islower()

    def _only_levels(self, columns: Columns) -> bool:
        if not columns.keys() <= {column.index for column in self.gatherer.carried}:
            return False
        return not (self.walk.after_break and all(cell.text[:1].islower() for cell in columns.values()))
