from django import forms

from impact.services.publishing import LEAST, MOST
from plans.forms.base import TidyForm


class ThresholdForm(TidyForm):
    below = forms.IntegerField(
        label="Hide counts below",
        min_value=LEAST,
        max_value=MOST,
        help_text="Usually 5: then counts from 1 to 4 are shown as “fewer than 5”.",
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}),
        error_messages={
            "required": "Give the number below which counts are hidden",
            "invalid": "Give a whole number, such as 5",
            "min_value": f"Give a number from {LEAST} to {MOST}",
            "max_value": f"Give a number from {LEAST} to {MOST}",
        },
    )
