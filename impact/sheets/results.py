"""What was understood of a workbook's figures and narratives: values only, each with where it came from."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from plans.spreadsheets.results import NotUnderstood, Problem

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MonthValue:
    """A month's value; `row` and `column` are its cell, `text` what that says."""

    month: date
    value: Decimal
    numerator: Decimal | None
    denominator: Decimal | None
    sheet: str
    row: int
    column: int
    text: str


@dataclass(slots=True)
class MeasureRow:
    """A monthly series in the words of the workbook; `row` is where it is first named."""

    sheet: str
    row: int
    name: str
    unit: str
    decimals: int = 0
    is_stock: bool = False
    area: str = ""
    values: list[MonthValue] = field(default_factory=list)


@dataclass(slots=True)
class NarrativeRow:
    """What was done in an area, and so what; `rows` are all rows that it is made of."""

    sheet: str
    row: int
    area: str
    done: str
    so_what: str
    rows: tuple[int, ...] = ()


@dataclass(slots=True)
class Reading:
    """What one reader understood: `claimed` holds every cell of its tables by sheet, the furniture too,
    and `reasons` why it took each sheet."""

    measures: list[MeasureRow] = field(default_factory=list)
    narratives: list[NarrativeRow] = field(default_factory=list)
    claimed: dict[str, set[Place]] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    not_understood: list[NotUnderstood] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
