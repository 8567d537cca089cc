from datetime import date

from django import forms
from django.utils import timezone

from plans.dates import parse_target
from plans.forms.areas import AreaField
from plans.forms.base import EditForm, TidyForm
from plans.forms.fields import LinesField
from plans.forms.held import HeldMeetingField
from plans.forms.nobody_named import NobodyNamedMixin
from plans.forms.targets import TARGET_HINT, WithoutDayField, check_target
from plans.models import Action, Area, Step
from plans.templatetags.components import long_date

SHORT = {"class": "govuk-input--width-5"}
LEADS_HINT = (
    "Roles or names, the accountable one first, each on its own line or parted by commas. "
    "For example: Head of Service for Assessment."
)


class ActionForm(NobodyNamedMixin, EditForm):
    not_asked_about = frozenset(("reference", "leads_text", "links", "target_text"))
    area = AreaField(queryset=Area.objects.none(), label="Area", empty_label=None)
    # The lines seen when the page was opened come back with it: only what changed here is written.
    recommendations = LinesField(
        label="Recommendations it answers",
        required=False,
        show_hidden_initial=True,
        help_text="Of an inspection or a reviewer, each on its own line.",
    )
    field_order = ["area"]

    class Meta:
        model = Action
        fields = [
            "area",
            "reference",
            "title",
            "activity",
            "outcome",
            "objective",
            "success_criteria",
            "what_it_means",
            "leads_text",
            "links",
        ]
        labels = {"leads_text": "Leads", "links": "Links to other plans and strategies"}
        help_texts = {"leads_text": LEADS_HINT, "reference": "Its number in the plan, if it has one."}
        error_messages = {"title": {"required": "Say what the action is"}}
        widgets = {"reference": forms.TextInput(attrs=SHORT)} | {
            name: forms.Textarea(attrs={"rows": 3}) for name in ("title", "leads_text", "links")
        }

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = plan.areas.current()
        answered = self.instance.recommendations.all() if self.instance.pk else []
        self.initial["recommendations"] = [str(recommendation) for recommendation in answered]
        self.plan = plan

    def clean_reference(self):
        reference = self.cleaned_data["reference"]
        namesake = (
            self.plan.actions.current().filter(reference=reference).exclude(pk=self.instance.pk).first()
        )
        if reference and namesake:
            raise forms.ValidationError(f"“{namesake.title}” has this reference. Choose another.")
        return reference


class NewActionForm(ActionForm):
    target_text = forms.CharField(label="Target date", required=False, help_text=TARGET_HINT)
    without_day = WithoutDayField()
    steps_text = forms.CharField(
        label="Steps",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="One to a line, each starting with its number. You can add steps later, too.",
    )

    def clean(self):
        cleaned = super().clean()
        check_target(self, "target_text", period=self.plan.period)
        return cleaned


class TargetForm(NobodyNamedMixin, TidyForm):
    """A date moved (shown to the board for ever) or a mistyped one mended."""

    not_asked_about = frozenset(("to",))

    MOVE, CORRECT = "move", "correct"
    kind = forms.ChoiceField(
        label="What happened to the date?",
        choices=[
            (MOVE, "It has moved: the board sees from when to when, and why"),
            (CORRECT, "It was mistyped or misread: it is put right and does not count as a move"),
        ],
        widget=forms.RadioSelect,
        initial=MOVE,
    )
    to = forms.CharField(label="New date", help_text=TARGET_HINT, required=False)
    without_day = WithoutDayField()
    reason = forms.CharField(
        label="Reason",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Give the reason"},
    )
    agreed_by = forms.CharField(
        label="Agreed by", required=False, max_length=200, help_text="A person, a role or a meeting."
    )
    meeting = HeldMeetingField()
    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, dated, plan, **kwargs):
        """`dated` is the action or step of `plan` whose date it is."""
        super().__init__(*args, **kwargs)
        self.dated, self.target, self.plan = dated, dated.target, plan
        self.initial["was"] = self.target.text
        self.fields["meeting"].of(plan.board)
        if plan.moves_need_agreement:
            del self.fields["agreed_by"], self.fields["meeting"]
            asked = "It has to move: the chair is asked, and the date stays until they agree"
            self.fields["kind"].choices = [(self.MOVE, asked), *self.fields["kind"].choices[1:]]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == self.MOVE and not cleaned.get("to"):
            self.add_error("to", "Write the new date, or say that the old one was mistyped")
        else:
            self._check_words()
        if "\n".join(cleaned.get("was", "").splitlines()) != "\n".join(self.target.text.strip().splitlines()):
            self.data = self.data.copy()
            self.data["was"] = self.target.text
            self.add_error(
                "to",
                f"The date was changed to “{self.target.text or 'none'}” while you were writing. "
                "Save again if yours still holds.",
            )
        return cleaned

    def _check_words(self):
        what, period = self.dated._meta.verbose_name, self.plan.period
        check_target(self, "to", period=period, what=what, before=self.target)
        if self.cleaned_data.get("kind") == self.MOVE and "to" not in self.errors:
            self._check_to_come(parse_target(self.cleaned_data["to"], period).due)

    def _check_to_come(self, due: date | None):
        """An old minute may be recorded late: what it agreed was to come on its day."""
        meeting = self.cleaned_data.get("meeting")
        if due is None or due >= (meeting.on if meeting else self.plan.as_at(timezone.localdate())):
            return
        if meeting:
            said = f"{long_date(due)} had passed at the meeting of {long_date(meeting.on)}. Write a later day"
        else:
            said = f"{long_date(due)} has passed. Write a day that is still to come"
            said += ", or choose the meeting that agreed it" if "meeting" in self.fields else ""
        self.add_error("to", said)


class WithdrawForm(NobodyNamedMixin, TidyForm):
    merged_into = forms.ModelChoiceField(
        Action.objects.none(),
        required=False,
        label="Merge into",
        empty_label="No other action: it is withdrawn",
        help_text="Where another action now covers this one.",
    )
    covers_others = forms.BooleanField(required=False)
    reason = forms.CharField(
        label="Reason",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Give the reason, for the board to see"},
    )

    def __init__(self, *args, action, **kwargs):
        super().__init__(*args, **kwargs)
        others = action.plan.actions.current().exclude(pk=action.pk).select_related("area")
        self.fields["merged_into"].queryset = others
        self.fields["covers_others"].label = "Nothing covers what was merged into it: all count nowhere"
        if not action.merged_from.exists():
            del self.fields["covers_others"]

    def clean(self):
        cleaned = super().clean()
        asks = "covers_others" in self.fields and "merged_into" in cleaned
        if asks and not cleaned["merged_into"] and not cleaned["covers_others"]:
            self.add_error(
                "covers_others",
                "Other actions were merged into this one. Choose what covers them all now, or tick this.",
            )
        return cleaned


class ReasonForm(NobodyNamedMixin, TidyForm):
    reason = forms.CharField(label="Reason", widget=forms.Textarea(attrs={"rows": 3}))


class StepForm(NobodyNamedMixin, EditForm):
    not_asked_about = frozenset(("number",))

    class Meta:
        model = Step
        fields = ["number", "text", "done_on"]
        labels = {"text": "Step", "done_on": "Done on"}
        widgets = {"number": forms.TextInput(attrs=SHORT), "text": forms.Textarea(attrs={"rows": 3})}
        error_messages = {
            "text": {"required": "Say what the step is"},
            "done_on": {"invalid": "Enter the day on which the step was done, such as 27/3/2026"},
        }


class NewStepForm(NobodyNamedMixin, TidyForm):
    not_asked_about = frozenset(("number", "target_text"))
    number = forms.CharField(
        max_length=10, required=False, label="Number", widget=forms.TextInput(attrs=SHORT)
    )
    text = forms.CharField(label="Step", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    target_text = forms.CharField(label="Target date", required=False, help_text=TARGET_HINT)
    without_day = WithoutDayField()
    several = forms.CharField(
        label="Or several at once",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Paste a numbered list; each number starts a step.",
    )

    def __init__(self, *args, period, **kwargs):
        super().__init__(*args, **kwargs)
        self.period = period

    def clean(self):
        cleaned = super().clean()
        check_target(self, "target_text", period=self.period, what="step")
        if not cleaned.get("text") and not cleaned.get("several"):
            self.add_error("text", "Say what the step is, or paste a numbered list below")
        if cleaned.get("text") and cleaned.get("several"):
            self.add_error("several", "Add the one step or the list first, then the other")
        return cleaned
