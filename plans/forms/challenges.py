"""Forms of challenges: asking, answering, closing and opening again."""

from django import forms

from plans.forms.base import EditForm, TidyForm
from plans.forms.fields import DayField
from plans.forms.nobody_named import NAME_NOBODY, NobodyNamedMixin
from plans.models import Challenge, ChallengeOutcome


class ChallengeForm(NobodyNamedMixin, EditForm):
    due = DayField(label="Answer due by")

    class Meta:
        model = Challenge
        fields = ["question", "owner", "due"]
        labels = {"question": "What do you ask?", "owner": "Who is to answer?"}
        help_texts = {"question": NAME_NOBODY, "owner": "Whoever holds this lead is asked."}
        widgets = {"question": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, board, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = board.leads.all()
        self.fields["owner"].empty_label = "Choose a lead"


class AnswerForm(NobodyNamedMixin, TidyForm):
    text = forms.CharField(
        label="Your answer",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=f"What has changed, and what shows it. {NAME_NOBODY}",
    )


class CloseChallengeForm(NobodyNamedMixin, TidyForm):
    outcome = forms.ChoiceField(label="What came of it?", widget=forms.RadioSelect)
    words = forms.CharField(
        label="In words",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NAME_NOBODY,
        error_messages={"required": "Write what came of it"},
    )

    def __init__(self, *args, is_own, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [
            (choice.value, choice.label)
            for choice in ChallengeOutcome
            if is_own or choice != ChallengeOutcome.DROPPED
        ]


class ReopenChallengeForm(NobodyNamedMixin, TidyForm):
    reason = forms.CharField(
        label="Why is it opened again?", widget=forms.Textarea(attrs={"rows": 2}), help_text=NAME_NOBODY
    )
