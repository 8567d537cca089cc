"""Forms for measures, their targets, step changes, remarks and links."""

from datetime import date

from django import forms
from django.utils import timezone

from impact.models import Measure
from impact.month_words import read_month
from plans.forms.base import EditForm, TidyForm
from plans.forms.fields import RowsField
from plans.forms.nobody_named import NAME_NOBODY, NobodyNamedMixin
from plans.models import Action, Area

SHORT = {"class": "govuk-input--width-5"}
MIDDLE = {"class": "govuk-input--width-10"}


class MeasureForm(NobodyNamedMixin, EditForm):
    class Meta:
        model = Measure
        fields = [
            "name",
            "definition",
            "unit",
            "decimals",
            "direction",
            "is_stock",
            "frequency",
            "owner",
            "source",
        ]
        labels = {
            "name": "Name",
            "definition": "What it counts",
            "unit": "Unit",
            "decimals": "Decimal places",
            "direction": "Which way is good?",
            "is_stock": "It is a count at one time, such as children looked after",
            "frequency": "How often",
            "owner": "Owner",
            "source": "Source",
        }
        help_texts = {
            "name": "Short, as a board would say it: contacts decided on time.",
            "definition": "For a percentage, what of what: contacts decided in a day, of all contacts.",
            "is_stock": "Most of it carries over each month, so its monthly change is judged instead.",
            "owner": "Whoever holds this lead may enter its values and remarks.",
            "source": "The system or return that the figures come from.",
            "decimals": "How many to show, 0 to 4.",
        }
        error_messages = {"name": {"required": "Say what the measure is called"}}
        widgets = {
            "definition": forms.Textarea(attrs={"rows": 3}),
            "direction": forms.RadioSelect,
            "decimals": forms.NumberInput(attrs=SHORT),
            "source": forms.TextInput(attrs={"class": "govuk-input--width-20"}),
        }

    def __init__(self, *args, board, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = board.leads.all()
        self.fields["owner"].empty_label = "Nobody yet"


class MeasureRulesForm(EditForm):
    """What decides whether a month is unusual; printed under every chart of the measure."""

    class Meta:
        model = Measure
        fields = ["run_length", "trend_length", "two_of_three", "screen", "fix_after"]
        labels = {
            "run_length": "Months in a row on one side of the mean",
            "trend_length": "Months in a row rising or falling",
            "two_of_three": "Two of three months",
            "screen": "Leave extreme changes from month to month out of the limits",
            "fix_after": "Set the limits by the first months only",
        }
        help_texts = {
            "fix_after": "How many, 12 or more. Leave this empty to use every month of a phase.",
            "run_length": "Usually 7.",
            "trend_length": "Usually 7.",
        }
        widgets = {
            name: forms.NumberInput(attrs=SHORT) for name in ("run_length", "trend_length", "fix_after")
        }


class AreasField(RowsField):
    def label_from_instance(self, area):
        return "\u2003" * area.level + str(area)


class MeasureLinksForm(TidyForm):
    """Which areas and actions a measure is about."""

    areas = AreasField(queryset=Area.objects.none(), required=False, label="Areas")
    actions = RowsField(
        queryset=Action.objects.none(),
        required=False,
        label="Actions",
        help_text="Those that are meant to move it.",
    )

    def __init__(self, *args, measure, plans, **kwargs):
        super().__init__(*args, **kwargs)
        areas, actions = measure.areas.all(), measure.actions.all()
        self.initial |= {"areas": [area.pk for area in areas], "actions": [action.pk for action in actions]}
        self.fields["areas"].queryset = Area.objects.current().filter(plan__in=plans) | areas_of(measure)
        self.fields["actions"].queryset = (
            Action.objects.current().filter(plan__in=plans) | actions_of(measure)
        ).order_by("plan_id", "area__position", "position")


def areas_of(measure):
    """Those it is linked to already stay on the list, whatever became of their plan."""
    return Area.objects.filter(measure_links__measure=measure)


def actions_of(measure):
    return Action.objects.filter(measure_links__measure=measure)


class MonthField(forms.CharField):
    """A month as people write it: "March 2020", "Mar 20", "3/2020", "2020-03"."""

    widget = forms.TextInput(attrs=MIDDLE)

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", f"For example: {timezone.now():%B %Y}.")
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return f"{value:%B %Y}" if isinstance(value, date) else value

    def clean(self, value):
        words = super().clean(value)
        month = read_month(words) if words else None
        if words and month is None:
            raise forms.ValidationError("Write the month with its year, such as March 2020")
        return month


class MeasureTargetForm(NobodyNamedMixin, TidyForm):
    value = forms.DecimalField(
        label="Target",
        required=False,
        max_digits=14,
        decimal_places=4,
        widget=forms.TextInput(attrs=MIDDLE),
        help_text="In the measure's unit. Leave this empty to have no target from that month on.",
        error_messages={"invalid": "Write the target as a number, such as 90 or 12.5"},
    )
    month = MonthField(label="From the month")
    reason = forms.CharField(
        label="Reason",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Who set it, and why.",
    )


class StepChangeForm(NobodyNamedMixin, TidyForm):
    not_asked_about = frozenset(("agreed_by",))

    month = MonthField(
        label="First month of the new phase",
        help_text="Limits start anew with this month. For example: October 2018.",
    )
    reason = forms.CharField(
        label="Reason",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What changed, when, and why it will last.",
        error_messages={"required": "Say what changed and why it will last"},
    )
    agreed_by = forms.CharField(
        label="Agreed by",
        max_length=200,
        help_text="For example: the improvement board.",
        error_messages={"required": "Say who agreed it"},
    )
    agreed_on = forms.DateField(
        label="Agreed on",
        input_formats=["%d/%m/%Y", "%d/%m/%y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d"],
        error_messages={
            "required": "Give the day it was agreed",
            "invalid": "Enter the day it was agreed as a real day, such as 27/3/2026",
        },
    )


class NoteForm(NobodyNamedMixin, TidyForm):
    month = MonthField(label="Month")
    text = forms.CharField(
        label="Remark",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=f"What explains the month's value. {NAME_NOBODY}",
        error_messages={"required": "Write the remark"},
    )


class CloseMeasureForm(NobodyNamedMixin, TidyForm):
    reason = forms.CharField(label="Reason", required=False, widget=forms.Textarea(attrs={"rows": 2}))
