"""Reads a workbook's narratives: for each area what was done, and so what."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plans.spreadsheets.book import Cell, Sheet, Workbook, column_letter
from plans.spreadsheets.results import NotUnderstood, Problem
from plans.spreadsheets.vocabulary import fold, look_up

from .results import NarrativeRow, Reading

Needs = tuple[tuple[str, ...], tuple[re.Pattern, ...]]

DONE = re.compile(
    r"\bwhat (?:have|has|had|did|do|was|were|is|s) (?:(?:we|you|they|been|the \w+|our \w+)\s?){0,2}"
    r"(?:done|do|achieved|completed)\b"
    r"|\bwhat (?:we|you|they) (?:have |ve )?(?:done|did|achieved)\b|\bwhats been done\b"
    r"|^(?:work|activity|actions?) (?:done|so far|to date|taken|undertaken|completed|this period)\b"
    r"|^(?:our )?activity$|^progress(?: made| so far| to date)?$|^done$"
)
SO_WHAT = re.compile(
    r"\bso what\b|\b(?:what|which) (?:is the |has been the |was the )?(?:difference|impact)\b"
    r"|\bdifference (?:it |this |we )?(?:has |have )?made\b"
    r"|^(?:evidence of )?impact(?: on .*| for .*| made| so far)?$"
    r"|^what has (?:changed|improved)\b|^outcomes? for children\b"
)
# What a heading must hold to ask a question at all, to be looked for before each text is folded: the words
# anywhere, or one of the patterns. A text starts with START. Patterns that begin with a letter are fast.
START = "\0"
ASKS_DONE = ("what",), (re.compile(rf"{START}[\W_]*(?:our|work|activity|action|progress|done)"),)
ASKS_SO_WHAT = (
    ("impact", "difference"),
    (re.compile(r"so[\W_]+what"), re.compile(rf"{START}[\W_]*(?:what|outcome)")),
)
AREA = re.compile(
    r"\b(?:area|theme|priority|heading|workstream|service|outcome|objective|standard|commitment)s?\b", re.I
)
STEERING = frozenset({"leads", "target", "rating"})
DEEPEST_HEADER = 40
LONGEST_AREA = 300


@dataclass(frozen=True, slots=True)
class _Columns:
    area: int
    done: int
    so_what: int

    def __iter__(self):
        return iter((self.area, self.done, self.so_what))


def read_narratives(workbook: Workbook) -> Reading:
    """Every narrative, and each cell of their tables that is in none."""
    reading = Reading()
    for sheet in workbook.sheets:
        before = len(reading.narratives)
        _Reader(sheet, reading).read()
        if found := len(reading.narratives) - before:
            reading.reasons[sheet.title] = f"Narratives for {found} area{'s' * (found != 1)}"
    return reading


class _Reader:
    """One sheet, from the top: a row of headings opens a table, and the next one closes it."""

    def __init__(self, sheet: Sheet, reading: Reading) -> None:
        self.sheet, self.reading = sheet, reading
        self.columns: _Columns | None = None
        self.current: NarrativeRow | None = None
        self.last = 0

    def read(self) -> None:
        short = [cell for cell in self.sheet.cells.values() if len(cell.text) <= LONGEST_AREA]
        if not (_may_ask(short, ASKS_SO_WHAT) and _may_ask(short, ASKS_DONE)):
            return
        for row, cells in self.sheet.rows():
            cells = [cell for cell in cells if cell.text]
            if not cells:
                continue
            columns = _head(cells)
            if columns is not None:
                self._open(cells, columns)
            elif self.columns is not None and row - self.last <= 3:
                self._row(row, {cell.column: cell for cell in cells})
            else:
                self.columns = self.current = None
            self.last = row

    def _open(self, cells: list[Cell], columns: _Columns) -> None:
        self.columns, self.current = columns, None
        for cell in cells:
            self._unused(cell, "Heading of the narratives", True)

    def _row(self, row: int, cells: Mapping[int, Cell]) -> None:
        area, done, so_what = (cells.get(column) for column in self.columns)
        if done is None and so_what is None:
            for cell in cells.values():
                self._unused(cell, "Stands in the narratives without any words of theirs", False)
            return
        if area is None and self.current is None:
            self._nameless(row, cells)
            return
        if area is not None:
            self.current = NarrativeRow(self.sheet.title, row, area.text, "", "", ())
            self.reading.narratives.append(self.current)
        self._take(row, cells)

    def _take(self, row: int, cells: Mapping[int, Cell]) -> None:
        now = self.current
        now.rows = (*now.rows, row)
        for column, cell in cells.items():
            if column == self.columns.done:
                now.done = f"{now.done}\n{cell.text}".strip()
            elif column == self.columns.so_what:
                now.so_what = f"{now.so_what}\n{cell.text}".strip()
            elif column != self.columns.area:
                self._unused(cell, "Beside the narratives, and in no column of theirs", False)
                continue
            self._claim(cell)

    def _nameless(self, row: int, cells: Mapping[int, Cell]) -> None:
        words = "No area stands beside this narrative. Write its area in the workbook."
        self.reading.problems.append(Problem(self.sheet.title, row, words))
        for cell in cells.values():
            self._unused(cell, "A narrative without an area", False)

    def _unused(self, cell: Cell, reason: str, furniture: bool) -> None:
        self._claim(cell)
        self.reading.not_understood.append(
            NotUnderstood(
                self.sheet.title, cell.row, column_letter(cell.column), cell.text, reason, furniture
            )
        )

    def _claim(self, cell: Cell) -> None:
        self.reading.claimed.setdefault(self.sheet.title, set()).add((cell.row, cell.column))


def _head(cells: list[Cell]) -> _Columns | None:
    """The columns of a row that heads narratives: both questions, and beside them no plan's columns."""
    if not 2 <= len(cells) <= DEEPEST_HEADER or any(len(cell.text) > LONGEST_AREA for cell in cells):
        return None
    if not _may_ask(cells, ASKS_SO_WHAT):
        return None
    so_whats = [cell.column for cell in cells if _says(cell, ASKS_SO_WHAT, SO_WHAT)]
    done = next((cell.column for cell in cells if so_whats and _says(cell, ASKS_DONE, DONE)), None)
    so_what = next((column for column in so_whats if column != done), None)
    if done is None or so_what is None:
        return None
    others = [cell for cell in cells if cell.column not in (done, so_what)]
    fields = {word.field for cell in others if (word := look_up(cell.text))}
    if "title" in fields or len(fields & STEERING) > 1:
        return None
    named = [cell.column for cell in others if AREA.search(cell.text)]
    left = [cell.column for cell in others]
    area = (named or left or [max(1, min(done, so_what) - 1)])[0]
    return _Columns(area, done, so_what) if area not in (done, so_what) else None


def _says(cell: Cell, needs: Needs, question: re.Pattern) -> bool:
    return _may_ask([cell], needs) and question.search(fold(cell.text)) is not None


def _may_ask(cells: Iterable[Cell], needs: Needs) -> bool:
    words, patterns = needs
    text = START + START.join([cell.text for cell in cells]).casefold()
    return any(word in text for word in words) or any(each.search(text) for each in patterns)
