from django import forms

from plans.clocks import CLOCKS
from plans.forms.base import EditForm, TidyForm
from plans.forms.fields import DayField, day_messages
from plans.forms.nobody_named import NobodyNamedMixin
from plans.models import Action, Inspection, PlanStatus, Recommendation

SHORT = {"class": "govuk-input--width-10"}


class InspectionForm(NobodyNamedMixin, EditForm):
    not_asked_about = frozenset(("link",))

    received_on = DayField(
        label="Final report received on",
        help_text="The days for the action plan, or for the next review, are counted from it.",
        error_messages=day_messages("the day on which the final report came"),
    )
    link = forms.URLField(
        label="Address of the report",
        required=False,
        assume_scheme="https",
        help_text="Where it is published, if it is.",
        error_messages={"invalid": "Write the whole address of the page, beginning with https://"},
    )

    class Meta:
        model = Inspection
        fields = ["kind", "title", "received_on", "link"]
        labels = {"kind": "What kind of inspection or review is it?"}
        widgets = {"kind": forms.RadioSelect}
        help_texts = {"title": "Such as “Inspection of children’s services, January 2026”."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = self.fields["kind"]
        kinds.choices = [choice for choice in kinds.choices if choice[0]]


class RecommendationForm(NobodyNamedMixin, EditForm):
    not_asked_about = frozenset(("reference", "paragraph"))

    class Meta:
        model = Recommendation
        fields = ["inspection", "reference", "paragraph", "text", "priority"]
        labels = {"inspection": "Inspection or review", "paragraph": "Paragraph of the report"}
        help_texts = {
            "reference": "Its number or name in the report, such as 3 or R12.",
            "priority": "In the report’s or the council’s own word, if there is one.",
        }
        widgets = {name: forms.TextInput(attrs=SHORT) for name in ("reference", "paragraph", "priority")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["inspection"].queryset = self.instance.board.inspections.all()
        self.fields["inspection"].empty_label = "Not of one that is listed"

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("reference") and not cleaned.get("text"):
            self.add_error("text", "Write the recommendation, or give its reference")
        return cleaned


class ClockStopForm(NobodyNamedMixin, TidyForm):
    clock = forms.ChoiceField(label="What was done?", widget=forms.RadioSelect)
    on = forms.DateField(
        label="On which day?",
        error_messages={"invalid": "Enter the day on which it was done, such as 27/3/2026"},
    )
    words = forms.CharField(label="Note", required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        clocks = [clock for clock in CLOCKS if kind in clock.kinds]
        self.fields["clock"].choices = [(clock.code, clock.name) for clock in clocks]
        if len(clocks) == 1:
            self.initial["clock"] = clocks[0].code

    def clean_clock(self):
        return next(clock for clock in CLOCKS if clock.code == self.cleaned_data["clock"])


class AnswerForm(TidyForm):
    action = forms.ModelChoiceField(
        Action.objects.none(),
        empty_label="Choose an action",
        help_text="Of the board’s live plans. One action at a time; it may answer several recommendations.",
        error_messages={"required": "Choose the action"},
    )

    def __init__(self, *args, recommendation, **kwargs):
        super().__init__(*args, **kwargs)
        live = Action.objects.current().filter(plan__board=recommendation.board, plan__status=PlanStatus.LIVE)
        unnamed = live.exclude(action_recommendations__recommendation=recommendation)
        self.fields["action"].queryset = unnamed.select_related("area")
