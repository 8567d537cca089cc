"""Move a workbook's dates by whole months, keeping the way each one was written."""

import re
from calendar import month_name, monthrange
from collections.abc import Collection
from datetime import date
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

MONTHS = tuple(month_name[number] for number in range(1, 13))
MONTH_NUMBERS = {month[:3].lower(): number for number, month in enumerate(MONTHS, start=1)}
NAMED = re.compile(
    r"(?P<day>\b\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?)?"
    r"\b(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept(?:ember)?|sep|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
    r"(?P<gap>[\s.,'’-]*)(?P<year>\d{4}|\d{2}(?!\d|st|nd|rd|th|\s*[-.]\s*\d))?",
    re.IGNORECASE,
)
FIGURES = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?P<sign>[./-])(?P<month>\d{1,2})(?P=sign)(?P<year>\d{4}|\d{2})(?!\d)"
)
WRITTEN_DAY = re.compile(r"(\d{1,2})(st|nd|rd|th)?(\s+(?:of\s+)?)", re.IGNORECASE)
TARGET_HEADER = re.compile(
    r"(time ?scales?|(target|due|end|completion) date|by when|when|deadline|target)\W*"
)
ALSO_WORDS = frozenset({"may", "May", "march", "mar"})


def move_dates(content: bytes, months: int) -> bytes:
    """Return the .xlsx with its target columns and title rows moved by `months` (may be negative).

    A title row stands above a sheet's first header row; a sheet without a target column stays as it is.
    Raises what openpyxl raises for content that is no workbook.
    """
    book = load_workbook(BytesIO(content))
    for sheet in book.worksheets:
        for cell in _cells_to_move(sheet):
            cell.value = _moved(cell.value, months)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def keep_sheets(content: bytes, names: Collection[str]) -> bytes:
    """Return the .xlsx with the sheets of these names alone. Raises what openpyxl raises."""
    book = load_workbook(BytesIO(content))
    for sheet in book.worksheets:
        if sheet.title not in names:
            book.remove(sheet)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def move_text(text: str, months: int) -> str:
    """Move each date written in `text`: "Sept 23" by 14 months is "Nov 24", "End Jan" by 1 is "End Feb"."""
    moved = NAMED.sub(lambda found: _moved_named(found, months), text)
    return FIGURES.sub(lambda found: _moved_figures(found, months), moved)


def months_between(earlier: date, later: date) -> int:
    """Whole calendar months from the month of one day to the month of another, whatever the days."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def _cells_to_move(sheet: Worksheet) -> list[Cell]:
    headers = [cell for row in sheet.iter_rows() for cell in row if _heads_targets(cell.value)]
    if not headers:
        return []
    first = min(cell.row for cell in headers)
    columns = {cell.column for cell in headers}
    return [
        cell
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell, Cell) and (cell.row < first or (cell.row > first and cell.column in columns))
    ]


def _heads_targets(value: object) -> bool:
    return isinstance(value, str) and TARGET_HEADER.fullmatch(value.strip().lower()) is not None


def _moved(value: object, months: int) -> object:
    if isinstance(value, str):
        return move_text(value, months)
    if isinstance(value, date):
        year, month = _shifted(value.year, value.month, months)
        return value.replace(year=year, month=month, day=min(value.day, monthrange(year, month)[1]))
    return value


def _shifted(year: int, month: int, months: int) -> tuple[int, int]:
    years, index = divmod(month - 1 + months, 12)
    return year + years, index + 1


def _moved_named(found: re.Match[str], months: int) -> str:
    day, written, gap, year = found["day"] or "", found["month"], found["gap"], found["year"] or ""
    if written in ALSO_WORDS and not (day or year):
        return found[0]
    full_year = 2000 + int(year) % 100 if len(year) == 2 else int(year or 2000)
    new_year, month = _shifted(full_year, MONTH_NUMBERS[written[:3].lower()], months)
    last = monthrange(new_year, month)[1]
    return _moved_day(day, last) + _spelt_like(written, month) + gap + (year and _year_like(year, new_year))


def _moved_figures(found: re.Match[str], months: int) -> str:
    day, month, year, sign = int(found["day"]), int(found["month"]), found["year"], found["sign"]
    if not 1 <= month <= 12:
        return found[0]
    full_year = int(year) if len(year) == 4 else 2000 + int(year)
    new_year, new_month = _shifted(full_year, month, months)
    new_day = min(day, monthrange(new_year, new_month)[1])
    width, month_width = len(found["day"]), len(found["month"])
    return f"{new_day:0{width}}{sign}{new_month:0{month_width}}{sign}{_year_like(year, new_year)}"


def _moved_day(written: str, last: int) -> str:
    """Keep the day as written unless the new month is too short for it."""
    match = WRITTEN_DAY.fullmatch(written)
    if match is None or int(match[1]) <= last:
        return written
    return f"{last}{'th' if match[2] else ''}{match[3]}"


def _spelt_like(written: str, month: int) -> str:
    name = MONTHS[month - 1]
    if written.lower() == "sept" and month == 9:
        name = "Sept"
    elif len(written) == 3 or written.lower() == "sept":
        name = name[:3]
    if written.isupper():
        return name.upper()
    return name.lower() if written.islower() else name


def _year_like(written: str, year: int) -> str:
    return f"{year % 100:02}" if len(written) == 2 else str(year)
