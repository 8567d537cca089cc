"""Tables to be written: their rows, and the rules of Excel for titles, texts and numbers."""

import math
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from .texts import BREAKS, UNSTORABLE, long_date

MAX_TITLE = 31
MIN_WIDTH, MAX_WIDTH = 8, 60
MAX_EXACT = 10**15
FIRST_EXCEL_DAY = date(1900, 3, 1)


@dataclass(frozen=True, slots=True)
class Filled:
    """A value on a background, such as a rating's word on its colour; `fill` is "RRGGBB"."""

    value: "Plain"
    fill: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A row of one text, merged across the table: an area above its actions."""

    text: str


Plain = str | int | float | bool | date | datetime | None | Sequence[str]
Content = Plain | Filled
Row = Sequence[Content] | Heading


@dataclass(frozen=True)
class Table:
    """One sheet: `above` are title rows over the header, `notes` rows under the table.

    A list of texts becomes lines of one cell. Columns in `merged_down` (counted from 0) are levels:
    equal texts in rows that follow each other, under the same levels to the left, become one merged cell.
    """

    title: str
    headers: Sequence[str]
    rows: Sequence[Row]
    above: Sequence[str] = ()
    notes: Sequence[str] = ()
    widths: Sequence[float] | None = None
    merged_down: Collection[int] = ()


def legal_titles(titles: Sequence[str]) -> list[str]:
    """Sheet titles as Excel allows them: 31 characters, none of []:*?/\\, each once whatever its case."""
    legal: list[str] = []
    taken = {"", "history"}  # Excel keeps "History" to itself
    for title in titles:
        plain = re.sub(r"[\[\]:*?/\\]", " ", safe(title).replace("\n", " ")).strip().strip("'").strip()
        plain = shortened(plain, MAX_TITLE).strip().strip("'") or "Sheet"
        number, unique = 2, plain
        while unique.casefold() in taken:
            ending = f" ({number})"
            unique = shortened(plain, MAX_TITLE - len(ending)) + ending
            number += 1
        taken.add(unique.casefold())
        legal.append(unique)
    return legal


def merged_runs(table: Table) -> Iterator[tuple[int, int, int]]:
    """First row, last row and column of each run of equal texts that becomes one cell, counted from 0."""
    levels = sorted(table.merged_down)
    for depth, column in enumerate(levels):
        start: int | None = None
        before: list[str] | None = None
        for number, row in enumerate([*table.rows, Heading("")]):
            heading = isinstance(row, Heading)
            path = (
                None if heading else [shown(row[at]) if at < len(row) else "" for at in levels[: depth + 1]]
            )
            if path is not None and path[-1] and path == before:
                continue
            if start is not None and number - start > 1:
                yield start, number - 1, column
            start, before = (number, path) if path is not None and path[-1] else (None, None)


def storable(content: Plain) -> Plain:
    """The value as Excel can hold it; what it can't hold exactly becomes a text."""
    if content is None or isinstance(content, bool):
        return content
    if isinstance(content, str):
        return safe(content)
    if isinstance(content, int | float):
        return content if math.isfinite(content) and abs(content) < MAX_EXACT else str(content)
    if isinstance(content, datetime):
        content = content.replace(tzinfo=None)
        day = content.date()
        return content if day >= FIRST_EXCEL_DAY else f"{long_date(day)} {content:%H:%M}"
    if isinstance(content, date):
        return content if content >= FIRST_EXCEL_DAY else long_date(content)
    return "\n".join(safe(line) for line in content)


def safe(text: str) -> str:
    """The text without what no workbook may hold, its breaks as "\\n"."""
    return UNSTORABLE.sub("", BREAKS.sub("\n", text))


def escaped_text(text: str) -> str:
    """Texts that look like Excel's escapes, kept as they are written."""
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text) if "_x" in text else text


def excel_length(text: str) -> int:
    """Excel counts a character beyond the basic plane as two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def shortened(text: str, most: int) -> str:
    """The start of the text, at most so long as Excel counts."""
    return text.encode("utf-16-le")[: most * 2].decode("utf-16-le", "ignore")


def shown(content: Content) -> str:
    """The value as a text, days as dd/mm/yyyy."""
    value = storable(content.value if isinstance(content, Filled) else content)
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}" if value.time() == time() else f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)


def widths(table: Table, columns: int) -> Iterator[float]:
    """A width for each column from its longest line, within bounds; long texts wrap."""
    longest = [0] * columns
    rows = [row for row in table.rows if not isinstance(row, Heading)]
    for row in [table.headers, *rows]:
        for column, content in enumerate(row):
            line = max(map(len, shown(content).split("\n")), default=0)
            longest[column] = max(longest[column], line)
    for length in longest:
        yield min(max(length + 2, MIN_WIDTH), MAX_WIDTH)
