from django import forms

from plans.forms.base import TidyForm
from plans.forms.nobody_named import NobodyNamedMixin

REASON = forms.Textarea(attrs={"rows": 3})


class CloseBoardForm(NobodyNamedMixin, TidyForm):
    reason = forms.CharField(
        label="Why is the board closed?",
        help_text="Shown to everybody on the board.",
        widget=REASON,
        error_messages={"required": "Say why the board is closed"},
    )
    keep_years = forms.IntegerField(
        label="How many years is it kept?",
        help_text="Counted from today. Your council’s retention schedule says how many: from 1 to 100.",
        min_value=1,
        max_value=100,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
        error_messages={
            "required": "Enter a number of years from 1 to 100",
            "invalid": "Enter a number of years from 1 to 100",
            "min_value": "Enter a number of years from 1 to 100",
            "max_value": "Enter a number of years from 1 to 100",
        },
    )


class ReopenBoardForm(NobodyNamedMixin, TidyForm):
    reason = forms.CharField(
        label="Why is the board opened again?",
        help_text="The history keeps your reason.",
        widget=REASON,
        error_messages={"required": "Say why the board is opened again"},
    )
