"""Which day the reader asks a page to show: a meeting from the list, or any day typed."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from plans.models import Meeting, Plan
from plans.standing import AsAt
from plans.templatetags.components import long_date

# Nothing on a board is older, and a month before the first day of the calendar is no day.
EARLIEST = date(2000, 1, 1)
FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d %B %Y", "%d %b %Y", "%d.%m.%Y"]
NOT_A_DAY = "Choose a meeting, or type a real day, such as 30 March 2020"


class AsAtForm(forms.Form):
    """Read from an address: `as_at` holds a day, `day` one typed, which wins; either as people write days.

    `meetings` are the board's that stand, of which a plan's own are offered. With a plan that has ended, days
    after its end show nothing.
    """

    as_at = forms.CharField(required=False, label="A meeting", widget=forms.Select)
    day = forms.DateField(
        required=False,
        label="Or any other day",
        help_text="For example, 27/3/2026",
        input_formats=FORMATS,
        error_messages={"invalid": NOT_A_DAY},
        widget=forms.TextInput({"class": "govuk-input--width-10", "autocomplete": "off"}),
    )

    def __init__(self, data, *, plan: Plan | None, today: date, meetings: list[Meeting]):
        self.plan, self.today = plan, today
        self.latest = plan.as_at(today) if plan else today
        own = plan.since_its_start(meetings) if plan else meetings
        self.held = [meeting for meeting in reversed(own) if meeting.on <= self.latest]
        super().__init__(data, auto_id="asat_%s")

    def clean_as_at(self):
        day = self.fields["day"].clean(self.cleaned_data["as_at"])
        return day and self._checked(day)

    def clean_day(self):
        day = self.cleaned_data["day"]
        return day and self._checked(day)

    def _checked(self, day: date) -> date:
        if day > self.today:
            raise ValidationError("That day is still to come. Choose today or an earlier day", code="future")
        if day > self.latest:
            words = f"The plan ended on {long_date(self.latest)}. Choose that day or an earlier one"
            raise ValidationError(words, code="after_the_end")
        if day < EARLIEST:
            raise ValidationError(f"Choose a day from {long_date(EARLIEST)} on", code="too_early")
        return day

    @property
    def chosen(self) -> date | None:
        """The day asked for; None where the reader asked for none, or for one that cannot be shown."""
        if not self.is_valid():
            return None
        return self.cleaned_data["day"] or self.cleaned_data["as_at"]

    def offer(self, shown: AsAt) -> None:
        """Fills the list: now, the meetings held, and the day shown where it is another."""
        now = f"The plan’s end, {long_date(self.latest)}" if self.latest != self.today else "Today"
        choices = [("", now), *((each.on.isoformat(), long_date(each.on)) for each in self.held)]
        if shown.is_past and shown.day not in {each.on for each in self.held}:
            words = f"{long_date(shown.day)}{'' if shown.meeting else ', no meeting'}"
            choices.insert(1, (shown.day.isoformat(), words))
        self.fields["as_at"].widget.choices = choices
