"""Reads a block copied from a spreadsheet: with or without months at its head and measures beside it."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from impact.figures import BLANK, read_figure
from impact.month_words import read_bare_month, read_month
from impact.months import month_words, months_after

MOST_ROWS = 500
MOST_COLUMNS = 500
MOST_CHARACTERS = 100_000
TOO_LARGE = f"The block has more than {MOST_ROWS} rows or columns. Paste a part of it at a time."


@dataclass(frozen=True, slots=True)
class Pasted:
    """What the block says of a measure in a month."""

    measure: int
    month: date
    text: str


@dataclass(slots=True)
class Paste:
    """What was understood of a block, and in sentences what was not."""

    cells: list[Pasted] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_paste(
    text: str, names: Mapping[int, str], months: Sequence[date], *, first: int, month: date
) -> Paste:
    """The block's values by measure and month.

    `names` holds the measures in the order of the grid, `months` those it shows. A block without names goes
    to the measures from `first` on, one without months to the months from `month` on.
    """
    rows = _rows(text) if len(text) <= MOST_CHARACTERS else []
    if len(text) > MOST_CHARACTERS or len(rows) > MOST_ROWS or any(len(row) > MOST_COLUMNS for row in rows):
        return Paste(problems=[TOO_LARGE])
    if rows and not _heads(rows[0], months) and _heads([row[0] for row in rows], months):
        rows = _turned(rows)
    paste = Paste()
    found: dict[tuple[int, date], str] = {}
    for cell in _Block(rows, names, months, paste).read(first, month):
        known = found.setdefault((cell.measure, cell.month), cell.text)
        if known != cell.text:
            where = f"{names[cell.measure]}, {month_words(cell.month)}"
            paste.problems.append(
                f"{where}: the block has two values, “{known}” and “{cell.text}”. Keep one of them."
            )
            found[cell.measure, cell.month] = ""
    paste.cells = [Pasted(*place, words) for place, words in found.items() if words]
    return paste


def _rows(text: str) -> list[list[str]]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    read = csv.reader(lines, delimiter="\t")
    rows = [[" ".join(cell.split()) for cell in row] for row in read if any(cell.strip() for cell in row)]
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def _turned(rows: list[list[str]]) -> list[list[str]]:
    return [list(column) for column in zip(*rows, strict=True)]


def _heads(cells: Sequence[str], months: Sequence[date]) -> dict[int, date]:
    """The months of a row of headings by their column; none where the row holds figures too."""
    found = {n: month for n, cell in enumerate(cells) if (month := _month(cell, months))}
    others = [cell for n, cell in enumerate(cells) if n not in found]
    return {} if any(_is_figure(cell) for cell in others) else found


def _month(words: str, months: Sequence[date]) -> date | None:
    """A month, with its year or as the one that the grid shows."""
    bare = read_bare_month(words)
    if bare is None:
        return read_month(words)
    return next((month for month in months if month.month == bare), None)


def _is_figure(words: str) -> bool:
    try:
        return read_figure(words) is not None
    except ValueError:
        return False


@dataclass(slots=True)
class _Block:
    rows: list[list[str]]
    names: Mapping[int, str]
    months: Sequence[date]
    paste: Paste

    def read(self, first: int, month: date) -> Iterator[Pasted]:
        heads = _heads(self.rows[0], self.months) if self.rows else {}
        body = self.rows[1:] if heads else self.rows
        beside = self._name_column(body, heads)
        if not heads:
            start = 0 if beside is None else beside + 1
            width = len(body[0]) if body else 0
            heads = {n: months_after(month, n - start) for n in range(start, width)}
        else:
            self._refuse_columns(heads, beside)
        measures = self._by_name(body, beside) if beside is not None else self._in_order(body, first)
        for measure, row in measures:
            yield from (Pasted(measure, at, row[n]) for n, at in heads.items() if not _is_blank(row[n]))

    def _name_column(self, body: list[list[str]], heads: Mapping[int, date]) -> int | None:
        """The first column, where most of its cells are words and no figures."""
        columns = [n for n in range(len(body[0]) if body else 0) if n not in heads]
        if not columns or (not heads and columns[0] != 0):
            return None
        cells = [row[columns[0]] for row in body]
        words = [cell for cell in cells if not _is_blank(cell) and not _is_figure(cell)]
        known = {fold(name) for name in self.names.values()}
        named = any(fold(cell) in known for cell in cells)
        return columns[0] if named or (words and len(words) * 2 > len(cells) and len(body[0]) > 1) else None

    def _refuse_columns(self, heads: Mapping[int, date], beside: int | None) -> None:
        for n, head in enumerate(self.rows[0]):
            if n not in heads and n != beside and any(row[n] for row in self.rows[1:]):
                said = f"“{head}”" if head else f"Column {n + 1} of the block"
                self.paste.problems.append(f"{said} is no month, so its column was left out.")

    def _by_name(self, body: list[list[str]], beside: int) -> Iterator[tuple[int, list[str]]]:
        known = {fold(name): key for key, name in self.names.items()}
        for row in body:
            measure = known.get(fold(row[beside]))
            if measure is not None:
                yield measure, row
            elif any(row[n] for n in range(len(row)) if n != beside):
                said = f"“{row[beside][:100]}” is no measure here" if row[beside] else "A row has no name"
                self.paste.problems.append(
                    f"{said}, so its row was left out. Write the name as it stands in the table, or add the "
                    "measure first."
                )

    def _in_order(self, body: list[list[str]], first: int) -> Iterator[tuple[int, list[str]]]:
        keys = list(self.names)
        keys = keys[keys.index(first) :] if first in keys else keys
        if len(body) > len(keys):
            self.paste.problems.append(
                f"The block has {len(body)} rows, and there are {len(keys)} measures from "
                f"“{self.names[keys[0]] if keys else ''}” on: the rest was left out."
            )
        yield from zip(keys, body, strict=False)


def fold(name: str) -> str:
    return " ".join(name.split()).casefold()


def _is_blank(words: str) -> bool:
    return words.casefold() in BLANK
