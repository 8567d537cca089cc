"""What was understood of a workbook: values only, each with the sheet and row it came from."""

from dataclasses import dataclass, field
from datetime import date

from plans.dates import Period, Target
from plans.rating import KeyEntry, RatingReading
from plans.steps import StepText

ANY_TIME = Period()
UNRATED_READING = RatingReading("", "", "")


@dataclass(slots=True)
class ColumnReading:
    """One column of a plan: every spelling of its header, what it was taken for and why.

    `headers` are as written ("" for a column with no heading); `sure` is False for "please check".
    """

    letter: str
    index: int
    headers: tuple[str, ...]
    field: str
    why: str
    sure: bool
    samples: list[str]
    hidden: bool = False


@dataclass(slots=True)
class Level:
    """A heading above an action: its kind in the council's own word, its number, words and introduction."""

    name: str
    reference: str
    title: str
    description: str = ""

    def __iter__(self):
        return iter((self.name, self.reference, self.title, self.description))


@dataclass(slots=True)
class ActionRow:
    """One action, in the words of the workbook; `row` is where it starts, `rows` all rows it is made of.

    `levels` runs from the outermost heading inwards. `notes` are (header, text) of the other columns.
    """

    sheet: str
    row: int
    reference: str = ""
    area: str = ""
    outcome: str = ""
    objective: str = ""
    title: str = ""
    activity: str = ""
    steps: tuple[StepText, ...] = ()
    leads_text: str = ""
    leads: list[str] = field(default_factory=list)
    target: Target | None = None
    rating: RatingReading = UNRATED_READING
    rating_text: str = ""
    success_criteria: str = ""
    what_it_means: str = ""
    progress: str = ""
    way_back: str = ""
    recommendations: list[tuple[str, str]] = field(default_factory=list)
    links: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)
    levels: tuple[Level, ...] = ()
    rows: tuple[int, ...] = ()


@dataclass(slots=True)
class NotUnderstood:
    """A cell that is in no action; `furniture`: a title, header, key, page number or heading."""

    sheet: str
    row: int
    column: str
    text: str
    reason: str
    furniture: bool = False


@dataclass(slots=True)
class Problem:
    """Something a person should look at before the import is applied; `row` is 0 for a whole sheet."""

    sheet: str
    row: int
    message: str


@dataclass(slots=True)
class SheetReading:
    """One sheet: kind "plan" or "none", and in plain words why."""

    sheet: str
    kind: str
    reason: str
    columns: list[ColumnReading] = field(default_factory=list)


@dataclass(slots=True)
class PlanReading:
    """All that was understood of one workbook, and all that was not."""

    title: str = ""
    period: Period = ANY_TIME
    title_period: Period = ANY_TIME
    # The days that the workbook says it speaks of.
    stated_days: frozenset[date] = frozenset()
    key: tuple[KeyEntry, ...] | None = None
    level_names: tuple[str, ...] = ()
    sheets: list[SheetReading] = field(default_factory=list)
    actions: list[ActionRow] = field(default_factory=list)
    not_understood: list[NotUnderstood] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    columns_as_written: list[dict[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
