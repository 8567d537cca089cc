"""Forms of meetings: one or a year of them, who came, and what was decided."""

from django import forms
from django.utils import timezone

from plans.forms.base import EditForm, TidyForm
from plans.forms.fields import DayField, day_messages
from plans.forms.nobody_named import NAME_NOBODY, NobodyNamedMixin
from plans.forms.update_base import WordsField
from plans.identifiers import Looks
from plans.models import Action, Challenge, Decision, Meeting, MeetingKind, TargetMove
from plans.rhythm import Partners, Rhythm
from plans.templatetags.components import long_date
from plans.widgets import ChipRadios
from plans.wording.phrases import shortened

# A room has a postcode, a call that is joined has a number.
ADDRESS = frozenset((Looks.POSTCODE, Looks.CASE))
MOST_MOVES = 60
MOST_CHARACTERS = 110
TIMES = ["%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p", "%I:%M %p", "%I %p"]


class StartsAtField(forms.TimeField):
    def __init__(self, **options):
        super().__init__(
            **options
            | {
                "label": "Starts at",
                "required": False,
                "input_formats": TIMES,
                "help_text": "For example, 14:30. Leave it empty if it is not fixed yet.",
                "widget": forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input--width-5"}),
                "error_messages": {"invalid": "Enter the time as 14:30 or 2:30pm"},
            }
        )


class MeetingForm(NobodyNamedMixin, EditForm):
    looks_expected = ADDRESS

    on = DayField(label="Date")
    starts_at = StartsAtField()

    class Meta:
        model = Meeting
        fields = ["on", "starts_at", "kind", "place"]
        labels = {"kind": "Who meets?", "place": "Place"}
        help_texts = {"place": "A room, or a link to join by."}
        widgets = {"kind": ChipRadios}


class CancelMeetingForm(NobodyNamedMixin, TidyForm):
    reason = forms.CharField(
        label="Why is it cancelled?",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=f"Shown on the list of meetings. {NAME_NOBODY}",
    )


class RhythmForm(forms.Form):
    """What a year of meetings is proposed from; sent as an address, so nothing is saved by it."""

    first = DayField(
        label="First meeting",
        help_text="All fall on this day of the week.",
        error_messages=day_messages("the day of the first meeting"),
    )
    rhythm = forms.ChoiceField(
        label="How often?",
        widget=forms.RadioSelect,
        initial=Rhythm.SAME_WEEK,
        choices=[
            (Rhythm.SAME_WEEK.value, "Every month, in the same week as the first: the second Tuesday, say"),
            (Rhythm.LAST_WEEK.value, "Every month, in its last week: the last Thursday, say"),
            (Rhythm.FOUR_WEEKS.value, "Every 4 weeks"),
            (Rhythm.SIX_WEEKS.value, "Every 6 weeks"),
        ],
    )
    partners = forms.ChoiceField(
        label="Which are with partners?",
        widget=forms.RadioSelect,
        initial=Partners.NONE,
        choices=[
            (Partners.NONE.value, "None"),
            (Partners.FROM_FIRST.value, "Every second one, the first included"),
            (Partners.FROM_SECOND.value, "Every second one, from the second on"),
        ],
    )


class YearForm(NobodyNamedMixin, TidyForm):
    """The proposed days, each to be kept, changed or left out; `taken` are days that have a meeting.

    Days that have passed are left out at first.
    """

    looks_expected = ADDRESS

    starts_at = StartsAtField()
    place = forms.CharField(
        required=False, max_length=200, help_text="Of all of them. You can change it for each one later."
    )

    def __init__(self, *args, proposed, taken, **kwargs):
        super().__init__(*args, **kwargs)
        self.proposed, self.taken, self.today = proposed, taken, timezone.localdate()
        for number, day in enumerate(proposed):
            if day.on not in taken:
                self._add_day(number, day)

    def _add_day(self, number, day):
        words = long_date(day.on)
        kind = MeetingKind.PARTNERS if day.with_partners else MeetingKind.INTERNAL
        self.fields[f"take_{number}"] = forms.BooleanField(
            label=f"Meet on {words}", required=False, initial=day.on >= self.today
        )
        self.fields[f"on_{number}"] = DayField(
            label=f"Date of the meeting of {words}", initial=day.on, widget=_labelled(forms.DateInput, words)
        )
        self.fields[f"kind_{number}"] = forms.ChoiceField(
            label=f"Who meets on {words}?", choices=MeetingKind.choices, initial=kind, widget=forms.Select
        )

    def lines(self):
        """(number, proposed, tick, date, kind); the last three are None for a day that is taken."""
        for number, day in enumerate(self.proposed):
            names = [f"{name}_{number}" for name in ("take", "on", "kind")]
            fields = [self[name] if name in self.fields else None for name in names]
            yield number, day, *fields

    def clean(self):
        data = super().clean()
        days = [(number, data.get(f"on_{number}")) for number in self._taken_up(data)]
        seen = set(self.taken)
        for number, day in days:
            if day in seen:
                self.add_error(f"on_{number}", f"There is a meeting on {long_date(day)} already. Change one.")
            seen |= {day} - {None}
        if not days:
            self.add_error(None, "Tick at least one meeting.")
        return data

    def _taken_up(self, data):
        return [number for number in range(len(self.proposed)) if data.get(f"take_{number}")]

    def chosen(self):
        """(date, kind) of each meeting that is ticked."""
        data = self.cleaned_data
        return [(data[f"on_{number}"], data[f"kind_{number}"]) for number in self._taken_up(data)]


def _labelled(widget, words):
    return widget(attrs={"class": "govuk-input--width-10", "aria-label": f"Date of the meeting of {words}"})


class DecisionForm(NobodyNamedMixin, EditForm):
    text = WordsField(3, label="What was decided?", required=True, help_text=NAME_NOBODY)

    class Meta:
        model = Decision
        fields = ["text", "action", "challenge", "move"]
        labels = {
            "action": "Action that it is about",
            "challenge": "Challenge that it settles",
            "move": "Move of a date that it agreed",
        }
        help_texts = {"move": "Moves that no decision stands beside yet."}

    def __init__(self, *args, board, **kwargs):
        super().__init__(*args, **kwargs)
        own = self.instance
        actions = Action.objects.current().filter(plan__board=board) | Action.objects.filter(pk=own.action_id)
        self._choose("action", actions.order_by("plan", "area__position", "position", "id"))
        challenges = Challenge.objects.open().filter(board=board) | Challenge.objects.filter(
            pk=own.challenge_id
        )
        self._choose("challenge", challenges)
        self._choose("move", moves_without_decision(board, own))
        self.fields["move"].label_from_instance = move_words

    def _choose(self, name, rows):
        field = self.fields[name]
        field.queryset, field.empty_label, field.required = rows, "None", False
        field.label_from_instance = lambda row: shortened(str(row), MOST_CHARACTERS)


def moves_without_decision(board, decision):
    """The newest moves on the board that no decision stands beside, and this decision's own."""
    moves = TargetMove.objects.standing().filter(action__plan__board=board)
    free = moves.filter(decision__isnull=True).order_by("-on", "-id").values_list("pk", flat=True)
    wanted = [*free[:MOST_MOVES], decision.move_id]
    return TargetMove.objects.filter(pk__in=wanted).select_related("action", "step").order_by("-on", "-id")


def move_words(move):
    what = f"step {move.step.number} of {move.action}" if move.step else str(move.action)
    moved = f"{move.from_text or 'no date'} to {move.to_text or 'no date'}, on {long_date(move.on)}"
    return f"{shortened(what, MOST_CHARACTERS)}: {moved}"


def is_held(meeting):
    return meeting.on <= timezone.localdate()
