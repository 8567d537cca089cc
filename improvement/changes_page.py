"""The page of what changed in a plan between two meetings, or any two days."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django import forms
from django.http import QueryDict

from improvement.changes import changes_between
from plans.forms.as_at import EARLIEST, FORMATS
from plans.history.then import PlanThen
from plans.ledger import Moved
from plans.models import Meeting, Plan
from plans.rating import KeyEntry
from plans.spreadsheets.writing import Table
from plans.standing import AsAt, shown_day
from plans.standing.compare import Changes, Compared
from plans.templatetags.components import long_date
from plans.wording.phrases import date_words, sentence

MOST_PAIRS = 6
HEADERS = (
    "What changed",
    "Action",
    "Area",
    "Accountable",
    "Rating before",
    "Rating after",
    "Due before",
    "Due after",
    "In words",
)


def day_field(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        input_formats=FORMATS,
        help_text="For example, 27/3/2026",
        error_messages={"invalid": "Type a real day, such as 30 March 2026"},
        widget=forms.TextInput({"class": "govuk-input--width-10", "autocomplete": "off"}),
    )


class ChangesForm(forms.Form):
    """The two days in the address, `from` and `to`; without them the meeting before `as_at` and that day, or
    the last meeting and now.

    `meetings` are the board's that stand, the earliest first.
    """

    def __init__(self, data: QueryDict, *, plan: Plan, today: date, meetings: list[Meeting]):
        data = data.copy()
        data["to"] = data.get("to") or data.get("as_at", "")
        super().__init__(data)
        self.fields["from"], self.fields["to"] = day_field("Changes since the end of"), day_field("Up to")
        self.plan, self.today, self.meetings = plan, today, meetings
        self.latest = plan.as_at(today)

    def clean(self):
        cleaned = super().clean()
        for name in ("from", "to"):
            if problem := self._problem(cleaned.get(name)):
                self.add_error(name, problem)
        if self.errors:
            return cleaned
        last = cleaned["to"] or self.latest
        first = cleaned["from"] or self._before(last)
        if first >= last:
            self.add_error("from", f"Choose a day before {long_date(last)}, to see what changed after it")
        self._fill_in({"from": first, "to": last})
        return cleaned | {"from": first, "to": last}

    def _fill_in(self, days: Mapping[str, date]) -> None:
        """The fields show the days compared, whoever chose them."""
        for name, day in days.items():
            self.data[name] = f"{day.day}/{day.month}/{day.year}"

    def _problem(self, day: date | None) -> str:
        if day is None:
            return ""
        if day > self.today:
            return "That day is still to come. Choose today or an earlier day"
        if day > self.latest:
            return f"The plan ended on {long_date(self.latest)}. Choose that day or an earlier one"
        return "" if day >= EARLIEST else f"Choose a day from {long_date(EARLIEST)} on"

    def _before(self, last: date) -> date:
        """The plan's meeting before a day, or a month before it."""
        return shown_day(self.plan, self.today, chosen=last, meetings=self.meetings).before

    @property
    def pairs(self) -> list[tuple[date, date]]:
        """The plan's last few meetings, each with the next or with now, the latest first."""
        held = [each.on for each in self.plan.since_its_start(self.meetings) if each.on < self.latest]
        return list(pairwise([*held, self.latest]))[: -MOST_PAIRS - 1 : -1]


@dataclass(frozen=True)
class Row:
    """An action in a section, with what there is to say beside its ratings."""

    action: Compared
    before: KeyEntry | None
    after: KeyEntry | None
    words: str

    @property
    def has_changed(self) -> bool:
        return self.action.way in {"up", "down", "first"}

    @property
    def is_first(self) -> bool:
        return self.action.way == "first"


@dataclass(frozen=True)
class Section:
    name: str
    heading: str
    rows: list[Row]

    @property
    def words_heading(self) -> str:
        """What the words of its rows are; "" where they have none."""
        return {"moved": "Moves", "removed": "Why", "due": "Due"}.get(self.name, "")

    @property
    def counted(self) -> str:
        return f"{self.heading}: {len(self.rows)}"


def move_words(move: Moved) -> str:
    """Such as "31 January 2026 to 30 April 2026, 89 days later: two posts are open (agreed by the chair)"."""
    before, after = date_words(move.before, move.before_text), date_words(move.after, move.after_text)
    why = f": {move.reason}" if move.reason else ""
    agreed = f" (agreed by {move.agreed_by})" if move.agreed_by else ""
    return f"{before} to {after}, {move.words}{why}{agreed}"


def _nothing(one: Compared) -> str:
    return ""


SECTIONS: tuple[tuple[str, str, Callable[[Compared], str]], ...] = (
    ("up", "Ratings up", _nothing),
    ("down", "Ratings down", _nothing),
    ("first_rated", "First ratings", _nothing),
    ("moved", "Dates moved", lambda one: ". ".join(map(move_words, one.moves))),
    ("done", "Done", _nothing),
    ("added", "Added to the plan", _nothing),
    ("removed", "Taken out of the plan", lambda one: one.gone),
    ("silent", "Not reported on", _nothing),
    ("due", "Due", lambda one: f"Due {long_date(one.after.due)}"),
)

# How the sections' clauses go where they have no rows; those of one beginning are told as one.
NONE_OF = (
    ("no rating went", {"up": "up", "down": "down"}),
    ("no action was rated", {"first_rated": "for the first time"}),
    ("no date", {"moved": "moved"}),
    ("nothing was", {"done": "done", "added": "added to the plan", "removed": "taken out of the plan"}),
    ("no open action went", {"silent": "without an update"}),
)


def nothing_words(empty: Collection[str], until: date) -> str:
    """Such as "Nothing was done or added to the plan, and nothing is due by 4 May 2026."; "" for none."""
    clauses = []
    for begins, ends in NONE_OF:
        if found := [words for name, words in ends.items() if name in empty]:
            clauses.append(f"{begins} {' or '.join(filter(None, [', '.join(found[:-1]), found[-1]]))}")
    clauses += [f"nothing is due by {long_date(until)}"] if "due" in empty else []
    return sentence(", and ".join(filter(None, [", ".join(clauses[:-1]), *clauses[-1:]])))


class ChangesPage:
    def __init__(self, plan: Plan, form: ChangesForm):
        self.plan, self.form = plan, form
        self.first, self.last = form.cleaned_data["from"], form.cleaned_data["to"]
        self.shown = AsAt(self.last, is_past=self.last < form.latest)
        self.then = PlanThen(plan, self.shown)
        self.changes: Changes = changes_between(plan, self.first, self.last, self.then)
        self.key: Mapping[str, KeyEntry] = {rating.code: rating.entry for rating in plan.key.all()}
        self.sections = [
            Section(name, self._heading(name, heading), self._rows(getattr(self.changes, name), told))
            for name, heading, told in SECTIONS
        ]

    def _heading(self, name: str, heading: str) -> str:
        return f"{heading} by {long_date(self.changes.until)}" if name == "due" else heading

    def _rows(self, actions: Iterable[Compared], told: Callable[[Compared], str]) -> list[Row]:
        return [
            Row(one, self.key.get(one.rating_before), self.key.get(one.rating_after), told(one))
            for one in actions
        ]

    @property
    def filled(self) -> list[Section]:
        return [section for section in self.sections if section.rows]

    @property
    def empty(self) -> str:
        """The sections that have nothing to show, told in one sentence."""
        empty = {section.name for section in self.sections if not section.rows}
        return nothing_words(empty, self.changes.until)

    def table(self) -> Table:
        rows = [_sheet_row(section, row) for section in self.sections for row in section.rows]
        return Table("Changes", list(HEADERS), rows)


def _sheet_row(section: Section, row: Row) -> list:
    one = row.action
    return [
        section.heading,
        one.name,
        one.area,
        one.lead,
        row.before.word if row.before else "",
        row.after.word if row.after else "",
        one.before.due if one.before else None,
        one.after.due if one.after else None,
        row.words,
    ]
