from django import forms

from plans.forms.base import TidyForm
from plans.services.feeds import LASTS


class FeedTokenForm(TidyForm):
    name = forms.CharField(
        label="What will read with it",
        max_length=100,
        help_text="For example, “Power BI, performance team” or “Excel on my laptop”.",
    )
    days = forms.TypedChoiceField(
        label="How long it lasts",
        choices=[(days, f"{days} days") for days in LASTS],
        coerce=int,
        initial=90,
        widget=forms.RadioSelect,
        help_text="Afterwards, or when it may be in wrong hands, make another.",
        error_messages={"invalid_choice": "Choose how long it lasts from the list"},
    )
