from django import forms

from plans.forms.base import TidyForm
from plans.forms.fields import RowsField
from plans.forms.people import on_board
from plans.models import Lead, User
from plans.services.handover import why_not_hand_over


class HandoverChoiceForm(TidyForm):
    """Who hands over to whom."""

    giver = forms.ModelChoiceField(
        User.objects.none(),
        label="From",
        empty_label="Choose a person",
        error_messages={
            "required": "Choose who hands over",
            "invalid_choice": "This person holds no lead on this board now. Choose another.",
        },
    )
    taker = forms.ModelChoiceField(
        User.objects.none(),
        label="To",
        empty_label="Choose a person",
        help_text="Somebody who is on the board. Add a new person under People first.",
        error_messages={
            "required": "Choose who takes over",
            "invalid_choice": "This person is not on the board. Add them to the board first, then hand over.",
        },
    )

    def __init__(self, *args, board, **kwargs):
        super().__init__(*args, **kwargs)
        self.board = board
        self.fields["giver"].queryset = User.objects.filter(holdings__lead__board=board).distinct()
        self.fields["taker"].queryset = on_board(board)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("giver") and cleaned.get("taker"):
            problem = why_not_hand_over(self.board, cleaned["giver"], cleaned["taker"])
            if problem:
                self.add_error("taker", problem)
        return cleaned


class LeadsField(RowsField):
    def label_from_instance(self, lead):
        others = ", ".join(user.name for user in lead.holders.all() if user != self.giver)
        return f"{lead} (held by {others} too, who keep it)" if others else str(lead)


class HandoverForm(TidyForm):
    leads = LeadsField(
        Lead.objects.none(),
        label="Leads to hand over",
        error_messages={
            "required": "Tick at least one lead",
            "invalid_choice": "Who holds these leads has changed. Open this page again.",
        },
    )

    def __init__(self, *args, board, giver, **kwargs):
        super().__init__(*args, **kwargs)
        held = board.leads.held_by(giver).prefetch_related("holders")
        self.fields["leads"].giver = giver
        self.fields["leads"].queryset = held
        self.initial["leads"] = [lead.pk for lead in held]
