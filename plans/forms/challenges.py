"""Forms of challenges: asking, answering, closing and opening again."""

from django import forms

from plans.forms.base import EditForm, TidyForm
from plans.forms.fields import DayField, day_messages
from plans.forms.nobody_named import NAME_NOBODY, NobodyNamedMixin
from plans.forms.update_base import WordsField
from plans.models import Challenge, ChallengeOutcome


class ChallengeForm(NobodyNamedMixin, EditForm):
    question = WordsField(4, label="What do you ask?", required=True, help_text=NAME_NOBODY)
    due = DayField(
        label="Answer due by", error_messages=day_messages("the day by which it is to be answered")
    )

    class Meta:
        model = Challenge
        fields = ["question", "owner", "due"]
        labels = {"owner": "Who is to answer?"}
        help_texts = {"owner": "Whoever holds this lead is asked."}

    def __init__(self, *args, board, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = board.leads.all()
        self.fields["owner"].empty_label = "Choose a lead"


class AnswerForm(NobodyNamedMixin, TidyForm):
    text = WordsField(
        5,
        label="Your answer",
        required=True,
        help_text=f"What has changed, and what shows it. {NAME_NOBODY}",
    )


class CloseChallengeForm(NobodyNamedMixin, TidyForm):
    outcome = forms.ChoiceField(label="What came of it?", widget=forms.RadioSelect)
    words = WordsField(
        3,
        label="In words",
        required=True,
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
    reason = WordsField(2, label="Why is it opened again?", required=True, help_text=NAME_NOBODY)
