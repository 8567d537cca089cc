"""The chair's answer to a move of a date that was asked for."""

from django import forms

from plans.dates import describe_move
from plans.forms.base import TidyForm
from plans.forms.fields import RowsField
from plans.forms.held import HeldMeetingField
from plans.forms.nobody_named import NobodyNamedMixin
from plans.ledger import days_words
from plans.models import MoveRequest, Outcome
from plans.wording.phrases import date_words


class MoveAnswerForm(NobodyNamedMixin, TidyForm):
    AGREE, REFUSE = "agree", "refuse"
    answer = forms.ChoiceField(
        label="What is the chair’s answer?",
        choices=[(AGREE, "Agree: the date moves"), (REFUSE, "Refuse: the date stays as it is")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the move is agreed or refused"},
    )
    reason = forms.CharField(
        label="Reason",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed to refuse. Who asked and the board see it, also where you agree.",
    )
    meeting = HeldMeetingField()

    def __init__(self, *args, board, as_chair, asked_on, **kwargs):
        """`as_chair` says whether the person is the chair, who may answer between meetings."""
        super().__init__(*args, **kwargs)
        field = self.fields["meeting"]
        field.of(board, asked_on)
        if not as_chair:
            field.required, field.empty_label = True, "Choose a meeting"
            field.label = "At which meeting did the chair answer?"
            field.error_messages["required"] = "Choose the meeting at which the chair answered"

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("answer") == self.REFUSE and not cleaned.get("reason"):
            self.add_error("reason", "Say why the move is refused")
        return cleaned


def says_what_stands(asked, sent):
    """Whether the fields that were sent give a move the answer that it has, in the same words."""
    answer = {Outcome.AGREED: MoveAnswerForm.AGREE, Outcome.REFUSED: MoveAnswerForm.REFUSE}.get(asked.outcome)
    stands = answer, asked.decision_reason.split(), str(asked.meeting_id or "")
    return stands == (sent.get("answer"), sent.get("reason", "").split(), sent.get("meeting", ""))


class MovesField(RowsField):
    def label_from_instance(self, asked):
        step = f", step {asked.step.number}" if asked.step else ""
        now = (asked.step or asked.action).target
        later = days_words(describe_move(now, asked.after) or 0)
        moved = ", ".join(filter(None, (f"from {date_words(now.due, now.text)} to {asked.to}", later)))
        action, who = str(asked.action).rstrip("."), asked.by or "An import"
        return f"{action}{step}: {moved}. {who} asked: {asked.reason}"


class MovesAnswerForm(MoveAnswerForm):
    """One answer to several moves of dates."""

    moves = MovesField(
        queryset=MoveRequest.objects.none(),
        label="Which moves?",
        error_messages={"required": "Tick the moves that you answer"},
    )
    field_order = ("moves", "answer", "reason", "meeting")

    def __init__(self, *args, waiting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["moves"].queryset = waiting
