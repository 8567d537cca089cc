"""Forms of the register of assurance products and of their reviews."""

from django import forms

from audits.models import AssuranceProduct, Finding
from plans.forms.base import EditForm, TidyForm
from plans.forms.evidence import PastDayField
from plans.forms.fields import day_messages
from plans.forms.nobody_named import NAME_NOBODY, NobodyNamedMixin
from plans.models import Action, Decision
from plans.wording.phrases import shortened

MIDDLE = {"class": "govuk-input--width-20"}
MOST_OFFERED = 60
LONGEST = 80


class ProductForm(NobodyNamedMixin, EditForm):
    class Meta:
        model = AssuranceProduct
        fields = ["name", "purpose", "reviewed_by", "lead", "frequency", "next_due"]
        labels = {
            "name": "Name",
            "purpose": "To what end",
            "reviewed_by": "Reviewed by",
            "lead": "Lead",
            "frequency": "How often",
            "next_due": "Next review due",
        }
        help_texts = {
            "name": "Such as: monthly performance report.",
            "purpose": f"What it tells the board, and what is done with that. {NAME_NOBODY}",
            "reviewed_by": "The people or the group that look at it.",
            "lead": "Whoever sees to it that it is reviewed.",
            "frequency": "Such as monthly, quarterly or every 6 weeks.",
        }
        error_messages = {
            "name": {"required": "Say what the product is called"},
            "next_due": day_messages("the day of the next review"),
        }
        widgets = {
            "purpose": forms.Textarea(attrs={"rows": 3}),
            "frequency": forms.TextInput(attrs=MIDDLE),
        }

    def __init__(self, *args, board, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = board.leads.all()
        self.fields["lead"].empty_label = "Nobody yet"

    @property
    def said(self):
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class ReviewForm(NobodyNamedMixin, TidyForm):
    on = PastDayField(label="Reviewed on", error_messages=day_messages("the day it was reviewed"))
    who = forms.CharField(label="Reviewed by", max_length=500, required=False)
    learnt = forms.CharField(
        label="What was learnt",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=NAME_NOBODY,
        error_messages={"required": "Write what was learnt"},
    )
    led_to = forms.CharField(label="What it led to", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    action = forms.ModelChoiceField(
        Action.objects.none(), label="Action", required=False, empty_label="No action"
    )
    finding = forms.ModelChoiceField(
        Finding.objects.none(), label="Finding of an audit", required=False, empty_label="No finding"
    )
    decision = forms.ModelChoiceField(
        Decision.objects.none(), label="Decision of a meeting", required=False, empty_label="No decision"
    )
    due_next = forms.DateField(
        label="Next review due",
        required=False,
        help_text="Leave this empty to count from how often it is reviewed. For example, 27/3/2026",
        error_messages=day_messages("the day of the next review"),
    )

    def __init__(self, *args, board, **kwargs):
        super().__init__(*args, **kwargs)
        plans = board.plans.newest_first().filter(status__in=["live", "draft"])
        actions = Action.objects.current().filter(plan__in=plans)
        self._offer("action", actions.order_by("plan_id", "area__position", "position", "pk"))
        findings = Finding.objects.filter(audit__board=board)
        self._offer("finding", latest(findings))
        self._offer("decision", latest(Decision.objects.filter(meeting__board=board)))

    def _offer(self, name, rows):
        self.fields[name].queryset = rows
        self.fields[name].label_from_instance = lambda row: shortened(str(row), LONGEST)
        if not rows.exists():
            del self.fields[name]

    def clean(self):
        cleaned = super().clean()
        on, due = cleaned.get("on"), cleaned.get("due_next")
        if on and due and due <= on:
            self.add_error("due_next", "Give a day after the day it was reviewed, or leave this empty")
        return cleaned

    @property
    def said(self):
        return {name: self.cleaned_data[name] for name in self.fields if name in self.cleaned_data}


def latest(rows):
    """The newest, as a queryset that may still be filtered."""
    return rows.filter(pk__in=[row.pk for row in rows.order_by("-pk")[:MOST_OFFERED]]).order_by("-pk")
