from django import forms
from django.db.models import Min

from plans.forms.base import EditForm, TidyForm
from plans.forms.fields import LinesField
from plans.models import Plan, PlanStatus, ProgressUpdate
from plans.models.plan import default_levels
from plans.templatetags.components import long_date


def level_names_field():
    return LinesField(
        label="Level names",
        help_text="The plan’s own names for its areas, the outermost first, each on its own line. "
        "For example: Improvement area, then Outcome.",
        error_messages={"required": "Name at least one level"},
    )


class PlanDatesMixin:
    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", "The plan must end on or after the day it starts. Change one of the two.")
        return cleaned


class PlanForm(PlanDatesMixin, EditForm):
    class Meta:
        model = Plan
        fields = [
            "title",
            "starts",
            "ends",
            "status",
            "quarters_from",
            "blue_needs_sign_off",
            "moves_need_agreement",
        ]
        labels = {
            "quarters_from": "Quarters count from",
            "blue_needs_sign_off": "An action is done only once somebody else signs it off",
            "moves_need_agreement": "A date moves only once the chair agrees",
        }
        error_messages = {
            "starts": {"invalid": "Enter the day on which the plan starts, such as 27/3/2026"},
            "ends": {"invalid": "Enter the last day of the plan, such as 27/3/2026"},
        }
        help_texts = {
            "status": "Members’ pages open on the newest live plan.",
            "quarters_from": "What “Q1” means in this plan’s dates: January to March, or April to June.",
            "blue_needs_sign_off": "The chair or an administrator, who sees the evidence first.",
            "moves_need_agreement": "Until then a move is asked for, and the date stays as it is.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        shown = [choice for choice in PlanStatus.choices if choice[0] != PlanStatus.WITHDRAWN]
        self.fields["status"].choices = shown

    def clean_title(self):
        title = self.cleaned_data["title"]
        others = (
            Plan.objects.current().filter(board=self.instance.board, title=title).exclude(pk=self.instance.pk)
        )
        if others.exists():
            raise forms.ValidationError("The board already has a plan with this title. Choose another title.")
        return title

    def clean_starts(self):
        """On a day before its start a plan has not begun: what was said then would never be seen again."""
        starts, before = self.cleaned_data["starts"], self.initial["starts"]
        if not self.instance.pk or starts is None or (before and starts <= before):
            return starts
        updates = ProgressUpdate.objects.standing().filter(action__plan=self.instance)
        first = updates.aggregate(first=Min("on"))["first"]
        if first and first < starts:
            said = f"The plan’s first update counts from {long_date(first)}. Give that day or an earlier one"
            raise forms.ValidationError(said)
        return starts


class NewPlanForm(PlanForm):
    level_names = level_names_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("level_names", default_levels())


class LevelNamesForm(EditForm):
    level_names = level_names_field()

    class Meta:
        model = Plan
        fields = ["level_names"]


class ClosePlanForm(TidyForm):
    ends = forms.DateField(label="Last day of the plan")

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan = plan

    def clean_ends(self):
        ends = self.cleaned_data["ends"]
        if self.plan.starts and ends < self.plan.starts:
            raise forms.ValidationError("The plan must end on or after the day it starts. Enter a later day.")
        return ends
