"""Reads a workbook's register of assurance products: what is reviewed, how often, by whom and to what end."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from audits.frequency import read_frequency
from plans.spreadsheets.book import Cell, Sheet, Workbook, column_letter
from plans.spreadsheets.results import NotUnderstood, Problem
from plans.spreadsheets.vocabulary import fold, look_up

Place = tuple[int, int]

PRODUCT = re.compile(
    r"^(?:our |the |assurance |quality )*"
    r"(?:products?|reports?|documents?|sources?|tools?|assurance|intelligence)"
    r"(?: of assurance| name| title| or report)?$|^what (?:we|is) (?:use|review|reviewed|look at)"
)
FREQUENCY = re.compile(
    r"\b(?:frequency|how often|review(?:ed|s)?|reported|reporting|cycle|interval)\b(?!.*\b(?:by|date|on)\b)"
)
WHO = re.compile(
    r"^(?:by )?(?:who|whom|owners?|reviewers?|forum|group|audience|responsib\w+|leads?)\b"
    r"|\bby whom\b|\breviewed by\b"
)
PURPOSE = re.compile(r"\b(?:outcomes?|purpose|to what end|why|aims?|what for|benefits?|use[ds]?)\b")
# With one of these it is a plan, whatever else its headings are.
OF_A_PLAN = frozenset({"target", "rating", "title"})
MOST_HEADINGS = 8
LONGEST_HEADING = 60
GAP = 2
LONGEST = {"name": 300, "frequency": 200, "reviewed_by": 500, "purpose": 20_000}


@dataclass(slots=True)
class ProductRow:
    """A product in the words of the workbook; `cells` are all that it is made of."""

    sheet: str
    row: int
    name: str
    frequency: str = ""
    reviewed_by: str = ""
    purpose: str = ""
    cells: list[Cell] = field(default_factory=list)

    @property
    def texts(self) -> dict[str, str]:
        """By field what the workbook says, as far as it says anything."""
        said = {name: getattr(self, name) for name in ("frequency", "reviewed_by", "purpose")}
        return {name: words for name, words in said.items() if words}


@dataclass(slots=True)
class RegisterReading:
    """What was understood: `claimed` holds every cell of the registers by sheet, headings too."""

    products: list[ProductRow] = field(default_factory=list)
    claimed: dict[str, set[Place]] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    not_understood: list[NotUnderstood] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_register(workbook: Workbook) -> RegisterReading:
    """Every product, and each cell of the registers that is in none."""
    reading = RegisterReading()
    for sheet in workbook.sheets:
        before = len(reading.products)
        for heads, columns, body in _tables(sheet):
            _Table(sheet, reading, columns).read(heads, body)
        if found := len(reading.products) - before:
            reading.reasons[sheet.title] = f"A register of {found} assurance product{'s' * (found != 1)}"
    return reading


Row = tuple[int, list[Cell]]


def _tables(sheet: Sheet) -> Iterator[tuple[list[Cell], Mapping[str, int], list[Row]]]:
    """The headings, columns and rows of each register of a sheet."""
    rows = [(row, [cell for cell in cells if cell.text]) for row, cells in sheet.rows()]
    rows = [(row, cells) for row, cells in rows if cells]
    starts = [(n, columns) for n, (_, cells) in enumerate(rows) if (columns := _columns(cells))]
    for number, (n, columns) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else len(rows)
        body = _body(rows[n][0], rows[n + 1 : end])
        if _holds_a_register(body, columns):
            yield rows[n][1], columns, body


def _columns(cells: Sequence[Cell]) -> dict[str, int]:
    """Which column is what, where these are the headings of a register; {} where they are not."""
    if not 2 <= len(cells) <= MOST_HEADINGS or any(len(cell.text) > LONGEST_HEADING for cell in cells):
        return {}
    found: dict[str, int] = {}
    others: list[int] = []
    patterns = {"name": PRODUCT, "reviewed_by": WHO, "frequency": FREQUENCY, "purpose": PURPOSE}
    for cell in cells:
        words = fold(cell.text)
        wanted = next(
            (name for name, each in patterns.items() if name not in found and each.search(words)), ""
        )
        if wanted:
            found[wanted] = cell.column
        elif (word := look_up(cell.text)) and word.field in OF_A_PLAN:
            return {}
        else:
            others.append(cell.column)
    # The one heading in words of its own says what the products are for.
    if len(others) == 1:
        found.setdefault("purpose", others[0])
    return found if {"name", "frequency"} <= found.keys() else {}


def _body(head: int, rows: Sequence[Row]) -> list[Row]:
    """The rows below the headings, up to a gap."""
    found: list[Row] = []
    last = head
    for row, cells in rows:
        if row - last > GAP:
            break
        found.append((row, cells))
        last = row
    return found


def _holds_a_register(body: Sequence[Row], columns: Mapping[str, int]) -> bool:
    """Most of what stands under "how often" says how often."""
    said = [cell.text for _, cells in body for cell in cells if cell.column == columns["frequency"]]
    return bool(said) and sum(read_frequency(words) is not None for words in said) * 2 >= len(said)


class _Table:
    def __init__(self, sheet: Sheet, reading: RegisterReading, columns: Mapping[str, int]) -> None:
        self.sheet, self.reading = sheet, reading
        self.fields = {column: name for name, column in columns.items()}
        self.current: ProductRow | None = None

    def read(self, heads: Sequence[Cell], body: Sequence[Row]) -> None:
        for cell in heads:
            self._unused(cell, "Heading of the register", furniture=True)
        for row, cells in body:
            self._row(row, {self.fields.get(cell.column, cell.column): cell for cell in cells})
        self._close()

    def _row(self, row: int, cells: Mapping[str | int, Cell]) -> None:
        name = cells.get("name")
        if name is not None:
            self._close()
            self.current = ProductRow(self.sheet.title, row, "")
        for place, cell in cells.items():
            if isinstance(place, int):
                self._unused(cell, "Beside the register, and in no column of it")
            elif self.current is None:
                self._unused(cell, "Stands in the register without the name of a product")
            else:
                words = f"{getattr(self.current, place)}\n{cell.text}".strip()
                setattr(self.current, place, words)
                self.current.cells.append(cell)
                self._claim(cell)

    def _close(self) -> None:
        """Takes the product, or says why it cannot be taken."""
        product, self.current = self.current, None
        if product is None:
            return
        product.name = " ".join(product.name.split())
        for place in ("frequency", "reviewed_by"):
            setattr(product, place, " ".join(getattr(product, place).split()))
        fault = self._fault(product)
        if not fault:
            self.reading.products.append(product)
            return
        self.reading.problems.append(Problem(product.sheet, product.row, fault))
        for cell in product.cells:
            self._unused(cell, "Of a product that could not be taken")

    def _fault(self, product: ProductRow) -> str:
        if any(fold(each.name) == fold(product.name) for each in self.reading.products):
            return (
                f"“{product.name[:80]}” stands in the register twice. The first is taken; rename the second."
            )
        for name, most in LONGEST.items():
            if len(getattr(product, name)) > most:
                return f"The words of “{product.name[:80]}” are too long: {most} letters at most in one cell."
        return ""

    def _unused(self, cell: Cell, reason: str, *, furniture: bool = False) -> None:
        self._claim(cell)
        column = column_letter(cell.column)
        self.reading.not_understood.append(
            NotUnderstood(self.sheet.title, cell.row, column, cell.text, reason, furniture)
        )

    def _claim(self, cell: Cell) -> None:
        self.reading.claimed.setdefault(self.sheet.title, set()).add((cell.row, cell.column))
