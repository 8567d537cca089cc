from django import forms

from plans.forms.base import TidyForm
from plans.forms.nobody_named import NobodyNamedMixin

REASON = forms.Textarea(attrs={"rows": 3})
YEARS = "Enter a number of years from 1 to 100"


def years_field(help_text: str) -> forms.IntegerField:
    return forms.IntegerField(
        label="How many years is it kept?",
        help_text=help_text,
        min_value=1,
        max_value=100,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), YEARS),
    )


class CloseBoardForm(NobodyNamedMixin, TidyForm):
    reason = forms.CharField(
        label="Why is the board closed?",
        help_text="Shown to everybody on the board.",
        widget=REASON,
        error_messages={"required": "Say why the board is closed"},
    )
    keep_years = years_field(
        "Counted from today. Your council’s retention schedule says how many: from 1 to 100."
    )


class KeepYearsForm(NobodyNamedMixin, TidyForm):
    keep_years = years_field("Counted from the day on which the board was closed: from 1 to 100.")
    reason = forms.CharField(
        label="Why is it kept longer or shorter?",
        help_text="The history keeps your reason.",
        widget=REASON,
        error_messages={"required": "Say why it is kept longer or shorter"},
    )


class ReopenBoardForm(NobodyNamedMixin, TidyForm):
    reason = forms.CharField(
        label="Why is the board opened again?",
        help_text="The history keeps your reason.",
        widget=REASON,
        error_messages={"required": "Say why the board is opened again"},
    )
