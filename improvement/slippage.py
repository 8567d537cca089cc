"""The ledger of a plan’s moved dates as at a day, narrowed by area, lead and meeting: a page and a sheet."""

from collections.abc import Iterable, Mapping
from datetime import date

from django import forms
from django.db.models import Prefetch

from improvement.changes import NOBODY, moves_between, top_groups
from plans.history.leads import accountable_then
from plans.history.then import PlanThen
from plans.ledger import Group, Ledger, Line, Moved, make_ledger
from plans.models import Action, ActionLead, Meeting, Plan
from plans.spreadsheets.writing import Table
from plans.standing import AsAt
from plans.templatetags.components import long_date

NOBODY_YET = Group(None, NOBODY)
NOBODY_CHOICE = "none"
MOVES = (
    "Reference",
    "Action",
    "Area",
    "Accountable",
    "First date",
    "Date now",
    "Move",
    "Moved on",
    "From",
    "From, as written",
    "To",
    "To, as written",
    "Days later",
    "Reason",
    "Moved or asked for by",
    "Agreed by",
    "Meeting",
)
TOTALS = ("Dates moved", "Moves", "Days later")


def lines_of(plan: Plan, then: PlanThen) -> list[Line]:
    """Each action of the plan whose date had moved by the day shown, in the plan's order: four queries, and
    three more for the words of a past day."""
    shown = then.shown
    moves = moves_between(plan, None, shown.day)
    accountable = ActionLead.objects.filter(accountable=True).select_related("lead")
    actions = plan.actions.shown(shown).with_target(shown.day).moved(as_at=shown.day)
    actions = actions.order_by("area__position", "position", "id")
    actions = list(actions.prefetch_related(Prefetch("action_leads", accountable)))
    if shown.is_past:
        then.tell(actions)
        actions = then.in_order(actions)
    areas = top_groups(plan, then)
    return [_line(action, areas, moves[action.pk]) for action in actions]


def _line(action: Action, areas: Mapping[int, Group], moves: Iterable[Moved]) -> Line:
    area, told = areas[action.area_id], tuple(moves)
    return Line(
        action.pk, action.reference, action.title, area, _lead_of(action), told[0].before, told, action.due
    )


def _lead_of(action: Action) -> Group:
    """Who was accountable; one whom only a text of the day knows goes by the name."""
    lead = accountable_then(action)
    return Group(lead[0] or lead[1], lead[1]) if lead else NOBODY_YET


class SlippageForm(forms.Form):
    """Which part of the ledger to show; the choices are what the whole ledger holds."""

    area = forms.ChoiceField(label="Area", required=False)
    lead = forms.ChoiceField(label="Accountable", required=False)
    since = forms.ChoiceField(label="Moved", required=False)

    def __init__(self, data, *, ledger: Ledger, meetings: Iterable[Meeting], shown: AsAt):
        super().__init__(data)
        self.fields["area"].choices = [("", "Every area"), *_choices(ledger.areas)]
        self.fields["lead"].choices = [("", "Everybody"), *_choices(ledger.leads)]
        held = [meeting.on for meeting in meetings if meeting.on < shown.day]
        self.fields["since"].choices = [
            ("", "Ever"),
            *((day.isoformat(), f"Since the meeting of {long_date(day)}") for day in reversed(held)),
        ]
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = "Choose one from the list"

    @property
    def chosen(self) -> dict:
        return self.cleaned_data if self.is_valid() else {}

    @property
    def since_day(self) -> date | None:
        words = self.chosen.get("since")
        return date.fromisoformat(words) if words else None

    def fits(self, line: Line) -> bool:
        return all(
            not (wanted := self.chosen.get(name)) or wanted == code_of(group)
            for name, group in (("area", line.area), ("lead", line.lead))
        )

    def in_words(self) -> list[str]:
        """What the ledger is narrowed to, for the sentence above it."""
        labels = {name: dict(field.choices) for name, field in self.fields.items()}
        said = {name: labels[name][value] for name, value in self.chosen.items() if value}
        forms_of = {"area": "in “{}”", "lead": "led by {}", "since": "{}"}
        told = (forms_of[name].format(words) for name, words in said.items())
        return [words[:1].lower() + words[1:] for words in told]


def _choices(totals) -> list[tuple[str, str]]:
    return [(code_of(total.group), total.group.name) for total in totals]


def code_of(group: Group) -> str:
    return NOBODY_CHOICE if group.pk is None else str(group.pk)


class SlippagePage:
    """`ledger` is narrowed, `whole` is not."""

    def __init__(self, plan: Plan, shown: AsAt, meetings: Iterable[Meeting], data):
        self.then = PlanThen(plan, shown)
        lines = lines_of(plan, self.then)
        self.plan, self.shown, self.whole = plan, shown, make_ledger(lines)
        self.form = SlippageForm(data, ledger=self.whole, meetings=meetings, shown=shown)
        self.ledger = make_ledger(filter(self.form.fits, lines), since=self.form.since_day)
        self.narrowed = self.form.in_words()

    def tables(self) -> list[Table]:
        """The moves, then the totals: one table a sheet."""
        return [
            Table("Moves of dates", list(MOVES), [row for line in self.ledger.lines for row in _rows(line)]),
            _totals("By area", "Area", self.ledger.areas),
            _totals("By lead", "Accountable", self.ledger.leads),
        ]


def _rows(line: Line) -> Iterable[list]:
    of_action = [line.reference, line.title, line.area.name, line.lead.name, line.first, line.current]
    for number, move in line.numbered:
        yield [
            *of_action,
            number,
            move.on,
            move.before,
            move.before_text,
            move.after,
            move.after_text,
            move.days,
            move.reason,
            move.by,
            move.agreed_by,
            move.meeting,
        ]


def _totals(title: str, heading: str, totals) -> Table:
    rows = [[total.group.name, total.dates, total.times, total.days] for total in totals]
    return Table(title, [heading, *TOTALS], rows)
