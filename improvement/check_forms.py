from collections.abc import Sequence

from django import forms

from improvement.checks import Finding
from plans.forms.base import TidyForm
from plans.forms.nobody_named import NAME_NOBODY, NobodyNamedMixin

REASON_HINT = f"The board sees this beside the question, with your name and the day. {NAME_NOBODY}"


class AnswerForm(NobodyNamedMixin, TidyForm):
    """Which question is answered, by what it rests on, and why it is accepted."""

    basis = forms.ChoiceField(
        label="Which question do you answer?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose the question that you answer",
            "invalid_choice": "What this question rests on has changed meanwhile. Read the questions again",
        },
    )
    reason = forms.CharField(
        label="Accepted because",
        help_text=REASON_HINT,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it is accepted"},
    )

    def __init__(self, *args, findings: Sequence[Finding], **options):
        super().__init__(*args, **options)
        self.findings = {finding.basis: finding for finding in findings}
        choices = [(finding.basis, finding.words) for finding in findings]
        self.fields["basis"].choices = choices

    @property
    def finding(self) -> Finding:
        return self.findings[self.cleaned_data["basis"]]


class WithdrawAnswerForm(forms.Form):
    """Nothing is asked: the button says it."""
