"""Reads audit results: one row an audit with its counts, or one row a graded case without identifiers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from audits.grading import AGREEMENT, FOUR_GRADES, GradeWord
from plans.dates import Period, parse_target
from plans.identifiers import ANY_DAY, find_identifiers
from plans.spreadsheets.book import Cell, Sheet, Workbook, column_letter
from plans.spreadsheets.results import NotUnderstood, Problem
from plans.spreadsheets.vocabulary import fold

Place = tuple[int, int]
Row = tuple[int, list[Cell]]

GRADES = {
    "inadequate": 0, "requires improvement": 1, "requires improvement to be good": 1, "ri": 1,
    "requires imp": 1, "good": 2, "outstanding": 3,
}  # fmt: skip
AGREED = {"disagreed": 0, "disagree": 0, "not agreed": 0, "agreed": 1, "agree": 1}
SCALES: tuple[tuple[dict[str, int], tuple[GradeWord, ...]], ...] = (
    (GRADES, FOUR_GRADES),
    (AGREED, AGREEMENT),
)
HEADINGS = {
    "title": re.compile(r"^(?:practice )?audits?(?: title| name| topic| theme)?$|^(?:what|topic|title)\b"),
    "theme": re.compile(r"^theme|^subject$"),
    "done_on": re.compile(r"\b(?:date|month|done|completed|when)\b"),
    "sample": re.compile(
        r"^(?:sample|cases|total|number|no)\b|\b(?:sample size|cases (?:audited|looked at))\b"
    ),
    "read_twice": re.compile(r"\b(?:moderated|second reader read|read (?:again|twice))\b"),
    "agreed": re.compile(r"\b(?:moderator|second reader) agreed\b|\bagreement\b"),
    "team": re.compile(r"^team|^service"),
    "auditor": re.compile(r"^(?:auditor|audited by|carried out by|by whom)\b"),
    "grade": re.compile(
        r"^(?:overall |audit |final )*(?:grade|judgement|judgment|rating|outcome|decision)s?$"
    ),
}
MOST_HEADINGS = 16
LONGEST_HEADING = 60
FEWEST_CASES = 3
GAP = 2
LONGEST = {"title": 200, "theme": 100, "team": 150, "auditor": 200}


@dataclass(slots=True)
class AuditRow:
    """The results of one audit in a workbook; `counts` follow `words`, worst first."""

    sheet: str
    row: int
    title: str
    done_on: date | None
    words: tuple[GradeWord, ...]
    counts: list[int]
    sample: int = 0
    read_twice: int = 0
    agreed: int = 0
    texts: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)


@dataclass(slots=True)
class ResultsReading:
    """What was understood: `claimed` holds every cell of the tables by sheet, headings too."""

    audits: list[AuditRow] = field(default_factory=list)
    claimed: dict[str, set[Place]] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    not_understood: list[NotUnderstood] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column is what; `grades` maps the columns of counts to the place of their grade."""

    fields: Mapping[int, str]
    grades: Mapping[int, int]
    words: tuple[GradeWord, ...]

    def has(self, name: str) -> bool:
        return name in self.fields.values()


def read_results(workbook: Workbook, today: date) -> ResultsReading:
    """Every audit with results, and each cell of their tables that is in none."""
    reading = ResultsReading()
    for sheet in workbook.sheets:
        before = len(reading.audits)
        for heads, columns, body in _tables(sheet):
            _Table(sheet, reading, columns, today).read(heads, body)
        if found := len(reading.audits) - before:
            reading.reasons[sheet.title] = f"Results of {found} audit{'s' * (found != 1)}"
    return reading


def _tables(sheet: Sheet) -> Iterator[tuple[list[Cell], _Columns, list[Row]]]:
    rows = [(row, [cell for cell in cells if cell.text]) for row, cells in sheet.rows()]
    rows = [(row, cells) for row, cells in rows if cells]
    starts = [n for n, (_, cells) in enumerate(rows) if _headings(cells)]
    for number, n in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(rows)
        body, last = [], rows[n][0]
        for row, cells in rows[n + 1 : end]:
            if row - last > GAP:
                break
            body.append((row, cells))
            last = row
        columns = _columns(rows[n][1], body)
        if columns is not None:
            yield rows[n][1], columns, body


def _headings(cells: Sequence[Cell]) -> dict[int, str]:
    """The fields that a row's cells head, by column; {} where they head no results."""
    if not 3 <= len(cells) <= MOST_HEADINGS or any(len(cell.text) > LONGEST_HEADING for cell in cells):
        return {}
    found: dict[int, str] = {}
    for cell in cells:
        words = fold(cell.text)
        if words in GRADES or words in AGREED:
            continue
        taken = {*found.values()}
        name = next((name for name, each in HEADINGS.items() if name not in taken and each.search(words)), "")
        if name:
            found[cell.column] = name
    named = {"title", "theme"} & {*found.values()}
    return found if named and "done_on" in found.values() else {}


def _columns(heads: Sequence[Cell], body: Sequence[Row]) -> _Columns | None:
    """The columns of counts, else the one column of grades; None where there are neither."""
    fields = _headings(heads)
    for known, words in SCALES:
        grades = {cell.column: known[fold(cell.text)] for cell in heads if fold(cell.text) in known}
        if len({*grades.values()}) == len(words):
            return _Columns(
                {column: name for column, name in fields.items() if name != "grade"}, grades, words
            )
    column = next((column for column, name in fields.items() if name == "grade"), None)
    said = [fold(cell.text) for _, cells in body for cell in cells if cell.column == column]
    for known, words in SCALES:
        if len(said) >= FEWEST_CASES and sum(each in known for each in said) * 5 >= len(said) * 4:
            return _Columns(fields, {}, words)
    return None


class _Table:
    def __init__(self, sheet: Sheet, reading: ResultsReading, columns: _Columns, today: date) -> None:
        self.sheet, self.reading, self.columns, self.today = sheet, reading, columns, today
        self.cases: dict[tuple[str, date | None], AuditRow] = {}

    def read(self, heads: Sequence[Cell], body: Sequence[Row]) -> None:
        for cell in heads:
            self._unused(cell, "Heading of audit results", furniture=True)
        for row, cells in body:
            said = {
                self.columns.fields[cell.column]: cell for cell in cells if cell.column in self.columns.fields
            }
            audit = self._audit(row, said)
            if audit is not None and self.columns.grades:
                self._counts(audit, said, cells)
            elif audit is not None:
                self._case(audit, said)
            self._place(audit, cells)
        for audit in self.cases.values():
            audit.sample = audit.sample or sum(audit.counts)

    def _audit(self, row: int, said: Mapping[str, Cell]) -> AuditRow | None:
        """The audit that a row is of; rows of cases with one title and day are one audit."""
        named = said.get("title") or said.get("theme")
        if named is None or fold(named.text) in ("total", "totals", "all"):
            return None
        title = " ".join(named.text.split())
        done_on = _day(said.get("done_on"), self.today)
        if not self.columns.grades and (fold(title), done_on) in self.cases:
            return self.cases[fold(title), done_on]
        audit = AuditRow(
            self.sheet.title, row, title, done_on, self.columns.words, [0] * len(self.columns.words)
        )
        audit.texts = {n: " ".join(said[n].text.split()) for n in ("theme", "team", "auditor") if n in said}
        self._check(audit, said)
        self.cases[fold(title), done_on] = audit
        self.reading.audits.append(audit)
        return audit

    def _check(self, audit: AuditRow, said: Mapping[str, Cell]) -> None:
        if audit.done_on is None:
            written = said["done_on"].text if "done_on" in said else "nothing"
            audit.faults.append(f"No day or month can be read from “{written}”.")
        elif audit.done_on > self.today:
            audit.faults.append("It was done on a day still to come.")
        for name, words in {"title": audit.title, **audit.texts}.items():
            if len(words) > LONGEST[name]:
                audit.faults.append(f"“{words[:40]}…” is too long: {LONGEST[name]} letters at most.")
            if looks := self._looks_like(words):
                audit.faults.append(f"Its {name} looks like {looks}. Change that and upload it again.")

    def _looks_like(self, words: str) -> str:
        """What in a text may name somebody; "" for nothing, and for a day, of which audits are full."""
        found = find_identifiers(words, self.today)
        return next((each.looks for each in found if not ANY_DAY.fullmatch(each.words)), "")

    def _counts(self, audit: AuditRow, said: Mapping[str, Cell], cells: Sequence[Cell]) -> None:
        for cell in cells:
            if cell.column in self.columns.grades:
                audit.counts[self.columns.grades[cell.column]] += self._number(audit, cell)
        for name in ("sample", "read_twice", "agreed"):
            if name in said:
                setattr(audit, name, self._number(audit, said[name]))
        audit.sample = audit.sample or sum(audit.counts)
        if sum(audit.counts) > audit.sample:
            audit.faults.append(
                f"Its grades add up to {sum(audit.counts)}, more than its {audit.sample} cases."
            )
        if not audit.agreed <= audit.read_twice <= audit.sample:
            audit.faults.append("More cases were moderated or agreed than there are.")
        if not audit.sample:
            audit.faults.append("It has no cases.")

    def _number(self, audit: AuditRow, cell: Cell) -> int:
        words = cell.text.replace(",", "").strip()
        if re.fullmatch(r"\d{1,6}(?:\.0+)?", words):
            return int(float(words))
        if words not in ("-", "–", "n/a"):
            audit.faults.append(
                f"“{cell.text[:40]}” in column {column_letter(cell.column)} is no number of cases."
            )
        return 0

    def _case(self, audit: AuditRow, said: Mapping[str, Cell]) -> None:
        known = GRADES if self.columns.words == FOUR_GRADES else AGREED
        place = known.get(fold(said["grade"].text)) if "grade" in said else None
        audit.sample += 1
        if place is not None:
            audit.counts[place] += 1
        elif "grade" in said:
            audit.faults.append(
                f"Row {said['grade'].row}: “{said['grade'].text[:40]}” is no grade of this scale."
            )

    def _place(self, audit: AuditRow | None, cells: Sequence[Cell]) -> None:
        for cell in cells:
            if audit is None:
                self._unused(cell, "Stands among audit results without the name of an audit")
            elif cell.column in self.columns.fields or cell.column in self.columns.grades:
                audit.cells.append(cell)
                self._claim(cell)
            else:
                self._beside(audit, cell)

    def _beside(self, audit: AuditRow, cell: Cell) -> None:
        """A cell of no field; what may name a case is not copied, and stops its audit."""
        suspects = find_identifiers(cell.text, self.today)
        if not suspects:
            self._unused(cell, "Beside audit results, and in no column of them")
            return
        where = f"Column {column_letter(cell.column)}, row {cell.row}, looks like {suspects[0].looks}"
        audit.faults.append(f"{where}. Take that column out of the workbook and upload it again.")
        self._unused(cell, f"Not shown: it looks like {suspects[0].looks}", text="Not shown")

    def _unused(self, cell: Cell, reason: str, *, furniture: bool = False, text: str = "") -> None:
        self._claim(cell)
        place = (self.sheet.title, cell.row, column_letter(cell.column))
        self.reading.not_understood.append(NotUnderstood(*place, text or cell.text, reason, furniture))

    def _claim(self, cell: Cell) -> None:
        self.reading.claimed.setdefault(self.sheet.title, set()).add((cell.row, cell.column))


def _day(cell: Cell | None, today: date) -> date | None:
    """The day of a cell; of a month its last day, or today where the month is not over."""
    if cell is None:
        return None
    value = cell.value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    day = parse_target(cell.text, Period()).due
    is_running = day is not None and (day.year, day.month) == (today.year, today.month)
    return min(day, today) if is_running else day
