"""Puts the cells of a row into the action they belong to: fields, levels, notes, ticks, continued texts."""

from plans.rating import colour_of_fill, read_rating

from .book import Cell, column_letter
from .drafts import Draft, RowStep, date_part, day_of, tidy_reference
from .headings import name_and_number
from .profiles import REFERENCE, TICKS
from .results import Level
from .tables import Column, Table
from .vocabulary import LEVEL_FIELDS
from .walk import FILLED_IN, Walk, means_above

NOT_MARKED = frozenset({"n", "no", "-", "–", "n/a", "na", "0", "false", "☐"})
MARKED = (TICKS - NOT_MARKED) | {"1", "true", "✓✓"}
NOTHING_ABOVE = "Stands for a text above, but there is none"
PLACED, FIELD, NOTE, IGNORED = range(4)


class Gatherer:
    """Fills actions from the rows of one table."""

    def __init__(self, walk: Walk, table: Table) -> None:
        self.walk, self.table, self.grid = walk, table, walk.grid
        self.title, self.reference = table.column_of("title"), table.column_of("reference")
        self.activity, self.target = table.column_of("activity"), table.column_of("target")
        self.marks = {column.index: column.mark for column in table.marks}
        self.rating = table.column_of("rating") or table.colour_column
        self.levels = [
            c for name in LEVEL_FIELDS if (c := table.roles.get(name)) and c is not table.roles.get("title")
        ]
        self.levels.sort(key=lambda column: column.index)
        self.carried = [column for column in self.levels if column.level]
        self.vertical = [c for c in table.columns.values() if c.merged and c not in self.carried]
        self.names = {index: _name(column) for index, column in table.columns.items()}
        self.places = {index: self._place_of(column) for index, column in table.columns.items()}
        self.resumed: set[tuple[int, int]] = set()
        leads = table.roles.get("leads")
        self.who_when = bool(leads and leads.guess.sense == "when" and not self.target)

    def _place_of(self, column: Column) -> tuple[int, str]:
        fallback = column in self.table.fallbacks.get(column.field, ())
        if column.index in self.marks or column in self.carried or fallback:
            return PLACED, column.field
        if column.field == "ignore":
            return IGNORED, ""
        is_role = column.field != "note" and self.table.roles.get(column.field) is column
        return (FIELD, column.field) if is_role else (NOTE, "")

    def begin(self) -> None:
        """Levels of a table above that are no levels here do not reach into this one."""
        names = {column.field for column in self.carried}
        self.walk.levels = {name: level for name, level in self.walk.levels.items() if name in names}

    def start(self, row: int, columns: dict[int, Cell]) -> None:
        """A new action from its first row."""
        walk = self.walk
        self.read_levels(row, columns)
        draft = Draft(walk.sheet, row, rows=[row], pale=self.table.pale)
        before = walk.drafts[-1] if walk.drafts else None
        for index, cell in columns.items():
            self._put(draft, index, cell, before)
        for column in self.vertical:
            if column.index not in columns:
                self._share(draft, row, column)
        for name, fallbacks in self.table.fallbacks.items():
            for column in fallbacks:
                self._fall_back(draft, row, name, column)
        if self.rating:
            draft.fill = self.grid.fill(row, self.rating) or draft.fill
        for index, mark in self.marks.items():
            self._read_mark(draft, row, index, mark)
        if self.who_when:
            draft.values["target"] = date_part(draft.values.get("leads", ""))
            draft.who_when = True
        draft.levels = walk.levels
        draft.headings = walk.headings.chain()
        if not draft.values.get("title"):
            self._find_words(draft, row)
        walk.drafts.append(draft)
        walk.after_break = False

    def _put(self, draft: Draft, index: int, cell: Cell, before: Draft | None) -> None:
        """Puts one cell into its field of the action."""
        place = (cell.row, index)
        kind, name = self.places.get(index, (NOTE, ""))
        if kind == IGNORED:
            self.walk.lost[place] = "The column is left out, as chosen for this board"
            return
        self.walk.taken.add(place)
        if kind == PLACED:
            if place in self.walk.lost or place in self.walk.furniture:
                self.walk.taken.discard(place)
            return
        text = cell.text
        above = self._above(text, before, name, index)
        if above:
            self.walk.taken.discard(place)
            self.walk.furniture[place] = FILLED_IN
            text = above
        if kind == NOTE:
            draft.add_note(self.names.get(index) or f"Column {column_letter(index)}", text)
            return
        if name == "target":
            draft.day = before.day if above and before else day_of(cell.value)
        elif name in ("reference", "recommendation_reference") and not above:
            text = tidy_reference(text, cell.value)
        draft.values[name] = text

    def _above(self, text: str, before: Draft | None, name: str, index: int) -> str:
        """The text that "as above" stands for, "" for any other text."""
        if before is None or not means_above(text):
            return ""
        if name:
            return before.values.get(name, "")
        return next((note[1] for note in before.notes if note[0] == self.names.get(index)), "")

    def _share(self, draft: Draft, row: int, column: Column) -> None:
        """A cell really merged over several actions belongs to each of them."""
        anchor = self.grid.anchor(row, column.index)
        if anchor is None or anchor.row == row or anchor.column != column.index:
            return
        kind, name = self.places[column.index]
        if kind == NOTE:
            draft.add_note(self.names[column.index], anchor.text)
        elif kind == FIELD and name != "reference" and name not in draft.values:
            draft.values[name] = (
                tidy_reference(anchor.text, anchor.value)
                if name == "recommendation_reference"
                else anchor.text
            )
            if name == "target":
                draft.day = day_of(anchor.value)

    def _fall_back(self, draft: Draft, row: int, name: str, column: Column) -> None:
        """A second column of dates or ratings: used where the first is blank, else a note."""
        cell = self.grid.anchor(row, column.index)
        if cell is None:
            if name == "rating" and not draft.values.get("rating"):
                draft.fill = draft.fill or self.grid.fill(row, column.index)
        elif draft.values.get(name):
            draft.add_note(self.names[column.index], cell.text)
        else:
            draft.values[name] = cell.text
            if name == "target":
                draft.day = day_of(cell.value)

    def _read_mark(self, draft: Draft, row: int, index: int, mark: str) -> None:
        """A tick, or a colour, in a column headed by a rating."""
        cell = self.grid.anchor(row, index)
        if cell is None:
            fill = self.grid.fill(row, index)
            if not fill or not colour_of_fill(fill) or not self._is_painted(index):
                return
        elif not self._is_marked(cell, draft):
            draft.add_note(self.names[index], cell.text)
            return
        elif draft.mark:
            draft.add_note(self.names[index], cell.text)
        else:
            draft.mark_text = cell.text
        if draft.mark:
            message = f"Both “{draft.mark}” and “{mark}” are marked. Leave only one of them."
            self.walk.problems.append((row, message))
        draft.mark = draft.mark or mark

    def _is_marked(self, cell: Cell, draft: Draft) -> bool:
        text = cell.text.casefold().strip()
        if text in NOT_MARKED:
            return False
        if len(self.marks) > 1 or text in MARKED or cell.value is True:
            return True
        if not draft.values.get("rating"):
            draft.mark = cell.text if read_rating(cell.text).code else draft.mark
        return False

    def _is_painted(self, index: int) -> bool:
        """Some but not all cells of a tick column are coloured: the colour is the tick."""
        return not any(cell.text for cell in self.table.columns[index].samples)

    def _find_words(self, draft: Draft, row: int) -> None:
        """Without words of its own it takes those of its activity; with none at all it is a problem."""
        values = draft.values
        if values.get("activity"):
            values["title"] = values.pop("activity")
            return
        for name in ("objective", "recommendation", "outcome"):
            if values.get(name):
                values["title"] = values[name]
                return
        reference = values.get("reference", "")
        said = f"Action {reference} has" if reference else "This row has"
        self.walk.problems.append(
            (row, f"{said} nothing in the column of actions. Write what is to be done, or clear the row.")
        )

    def read_levels(self, row: int, columns: dict[int, Cell]) -> None:
        """Brings the level columns up to date: own text, the merge that covers the row, or as above."""
        walk, changed = self.walk, False
        now = dict(walk.levels)
        for column in self.carried:
            name = column.field
            cell = columns.get(column.index)
            if cell is None and column.merged:
                cell = self.grid.anchor(row, column.index)
            known = now.get(name)
            if cell is None:
                if known is not None and (changed or not self._goes_on(row, column)):
                    del now[name]
            elif means_above(cell.text):
                filled = known is not None
                (walk.furniture if filled else walk.lost)[cell.row, cell.column] = (
                    FILLED_IN if filled else NOTHING_ABOVE
                )
                walk.taken.discard((cell.row, cell.column))
            elif known is None or known.title != cell.text:
                changed = True
                now.pop(name, None)
                now[name] = Level(column.level_name, self._number_of(column, cell, columns), cell.text)
                walk.unused_levels.append((cell, now[name]))
        if now != walk.levels or changed:
            order = {column.field: column.index for column in self.carried}
            walk.levels = dict(sorted(now.items(), key=lambda item: order.get(item[0], 0)))

    def _number_of(self, column: Column, cell: Cell, columns: dict[int, Cell]) -> str:
        """A level's number: in its words; a recommendation's in the paragraph column, or merged with it."""
        if column.field != "recommendation":
            return name_and_number(cell.text)[1]
        number = columns.get(self.table.column_of("recommendation_reference"))
        if number is not None:
            return tidy_reference(number.text, number.value)
        beside = columns.get(self.reference) if self.reference else None
        if beside is None or not (column.merged and self.table.columns[self.reference].merged):
            return ""
        return tidy_reference(beside.text, beside.value)

    def _goes_on(self, row: int, column: Column) -> bool:
        """A blank level cell means "as above" where the column is written so, or after a page break."""
        if column.carries or self.walk.after_break:
            merge = self.grid.merge(row, column.index)
            self.resumed.update({(merge.first_row, column.index)} if merge else ())
            return True
        merge = self.grid.merge(row, column.index)
        return merge is not None and (merge.first_row, column.index) in self.resumed

    def add_step(self, row: int, columns: dict[int, Cell]) -> None:
        """A step on a row of its own, below its action."""
        draft = self.walk.drafts[-1]
        draft.rows.append(row)
        words = columns.get(self.activity) or columns.get(self.title)
        number, target = columns.get(self.reference), columns.get(self.target)
        used: set[int] = set()
        if words is not None:
            label = tidy_reference(number.text, number.value) if number else ""
            draft.row_steps.append(RowStep(label, words.text, self._step_target(draft, target)))
            used = {cell.column for cell in (words, number, target) if cell is not None}
        self.walk.taken.update((row, index) for index in columns if (row, index) not in self.walk.furniture)
        for index, cell in columns.items():
            if index not in used:
                self._append(draft, index, cell)

    def _step_target(self, draft: Draft, cell: Cell | None) -> str:
        if cell is None or not means_above(cell.text):
            return cell.text if cell else ""
        self.walk.furniture[cell.row, cell.column] = FILLED_IN
        return draft.row_steps[-1].target_text if draft.row_steps else draft.values.get("target", "")

    def go_on(self, row: int, columns: dict[int, Cell]) -> None:
        """A row with no reference, lead, target or rating goes on with the texts of the action above."""
        draft = self.walk.drafts[-1]
        draft.rows.append(row)
        for index, cell in columns.items():
            self.walk.taken.add((row, index))
            self._append(draft, index, cell)

    def _append(self, draft: Draft, index: int, cell: Cell) -> None:
        kind, name = self.places.get(index, (NOTE, ""))
        if kind == PLACED and name in draft.levels and cell.text[:1].islower():
            draft.levels[name].title = f"{draft.levels[name].title} {cell.text}"
        elif kind == PLACED and index in self.marks:
            self._read_mark(draft, cell.row, index, self.marks[index])
        elif kind == FIELD and self._may_go_on(name, draft, cell):
            draft.append(name, cell.text)
            draft.day = None if name == "target" else draft.day
        else:
            draft.add_note(self.names.get(index) or f"Column {column_letter(index)}", cell.text)

    def _may_go_on(self, name: str, draft: Draft, cell: Cell) -> bool:
        return name not in draft.levels and (
            name != "reference" or REFERENCE.fullmatch(cell.text) is not None
        )


def _name(column: Column) -> str:
    return " ".join(column.header.split()) or f"Column {column_letter(column.index)}"
