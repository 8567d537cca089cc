"""Forms of findings and of the actions that answer them."""

from django import forms

from audits.models import Finding
from plans.forms.areas import AreaField
from plans.forms.base import EditForm, TidyForm
from plans.forms.fields import RowsField
from plans.forms.nobody_named import NAME_NOBODY, NobodyNamedMixin
from plans.forms.targets import TARGET_HINT, WithoutDayField, check_target
from plans.models import Action, Area


class FindingForm(NobodyNamedMixin, EditForm):
    class Meta:
        model = Finding
        fields = ["kind", "theme", "text", "meeting"]
        labels = {
            "kind": "Is it a strength, or does it need work?",
            "text": "What was found",
            "meeting": "Told to the board at",
        }
        help_texts = {
            "theme": "Such as: voice of the child, visits, plans, supervision.",
            "text": f"Say how many cases it was seen in. {NAME_NOBODY}",
        }
        error_messages = {"text": {"required": "Write what was found"}}
        widgets = {"kind": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, board, **kwargs):
        super().__init__(*args, **kwargs)
        meetings = board.meetings.standing().order_by("-on", "-id")
        self.fields["meeting"].queryset = meetings
        self.fields["meeting"].empty_label = "No meeting yet"
        if not meetings:
            del self.fields["meeting"]

    @property
    def said(self):
        return {name: self.cleaned_data[name] for name in self._meta.fields if name in self.fields}


class RaiseActionForm(NobodyNamedMixin, TidyForm):
    """A new action of the plan that answers a finding."""

    area = AreaField(Area.objects.none(), label="Area", empty_label=None)
    title = forms.CharField(
        label="Action",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NAME_NOBODY,
        error_messages={"required": "Say what the action is"},
    )
    leads_text = forms.CharField(
        label="Leads",
        required=False,
        help_text="Roles or names, the accountable one first, parted by commas.",
    )
    target_text = forms.CharField(label="Target date", required=False, help_text=TARGET_HINT)
    without_day = WithoutDayField()

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.fields["area"].queryset = plan.areas.current()

    def clean(self):
        cleaned = super().clean()
        check_target(self, "target_text", period=self.plan.period)
        return cleaned

    @property
    def said(self):
        return {name: self.cleaned_data[name] for name in ("area", "title", "leads_text", "target_text")}


class LinkActionsForm(TidyForm):
    actions = RowsField(
        queryset=Action.objects.none(),
        required=False,
        label="Actions that answer it",
    )

    def __init__(self, *args, finding, plans, **kwargs):
        super().__init__(*args, **kwargs)
        linked = Action.objects.filter(finding_links__finding=finding)
        self.initial["actions"] = [action.pk for action in linked]
        offered = Action.objects.current().filter(plan__in=plans) | linked
        self.fields["actions"].queryset = offered.distinct().order_by(
            "plan_id", "area__position", "position", "pk"
        )


class RemoveFindingForm(NobodyNamedMixin, TidyForm):
    reason = forms.CharField(
        label="Why is it removed?",
        help_text=f"The history keeps your reason. {NAME_NOBODY}",
        error_messages={"required": "Say why it is removed"},
    )
