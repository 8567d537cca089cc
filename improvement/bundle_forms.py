"""What an inspector's bundle is to be about, and as at which day."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from plans.forms.as_at import EARLIEST
from plans.forms.base import TidyForm
from plans.forms.ids import read_id
from plans.models import Area, Plan, Recommendation
from plans.templatetags.components import long_date
from plans.wording.phrases import shortened

LONGEST = 120
KINDS = {"plan": Plan, "area": Area, "recommendation": Recommendation}


class BundleForm(TidyForm):
    about = forms.ChoiceField(
        label="What is it about?",
        help_text="A whole plan, one of its headings with all inside it, or one recommendation.",
        error_messages={"invalid_choice": "Choose a plan, a heading or a recommendation from the list"},
    )
    day = forms.DateField(
        label="As at which day?",
        error_messages={"invalid": "Enter the day, such as 27/3/2026"},
    )
    with_files = forms.BooleanField(
        label="Put the files of the evidence in it",
        help_text="Look at them first: they go in as they are, and may name people.",
        required=False,
    )

    def __init__(self, *args, board, **kwargs):
        super().__init__(*args, **kwargs)
        self.board = board
        self.fields["about"].choices = [("", "Choose one"), *self._groups()]

    def _groups(self):
        plans = list(self.board.plans.newest_first())
        yield "Whole plans", [(f"plan-{plan.pk}", _short(plan)) for plan in plans]
        areas = Area.objects.current().filter(plan__in=plans).order_by("-plan", "position")
        yield "Headings", [(f"area-{area.pk}", _short(area)) for area in areas]
        told = [(f"recommendation-{one.pk}", _short(one)) for one in self.board.recommendations.all()]
        if told:
            yield "Recommendations", told

    def clean_about(self):
        kind, _, pk = self.cleaned_data["about"].partition("-")
        found = KINDS[kind].objects.filter(pk=read_id(pk))
        return (found.select_related("plan") if kind == "area" else found).get()

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise ValidationError("That day is still to come. Choose today or an earlier day")
        if day < EARLIEST:
            raise ValidationError(f"Choose a day from {long_date(EARLIEST)} on")
        return day


def _short(one):
    return shortened(str(one), LONGEST)
