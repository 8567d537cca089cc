from django import forms

from improvement.redacting.words import BadWords, Words
from plans.forms.base import TidyForm
from plans.models import Board, Evidence

REASON_HELP = (
    "Everybody on the boards concerned reads it in the history, and packs say it. "
    "Do not write the words themselves."
)
ERRORS = {"required": "Say why it is taken out."}


class ReasonForm(TidyForm):
    reason = forms.CharField(
        label="Why is it taken out?",
        help_text=REASON_HELP,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        error_messages=ERRORS,
    )


class WordsForm(ReasonForm):
    """Which words go, and why; on one board or everywhere."""

    words = forms.CharField(
        label="Words to take out",
        help_text="Such as a first name and a surname. Capitals do not matter, nor spaces and line breaks.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Write the words to take out."},
    )
    board = forms.ModelChoiceField(
        Board.objects.all(),
        label="Where",
        required=False,
        empty_label="Everywhere",
        help_text="Choose one board only where the same words are right elsewhere.",
    )
    field_order = ("words", "reason", "board")

    def clean_words(self):
        try:
            return Words(self.cleaned_data["words"])
        except BadWords as error:
            raise forms.ValidationError(str(error)) from error


class PieceForm(TidyForm):
    """Which file of evidence goes, by its number."""

    number = forms.IntegerField(
        label="Number of the piece of evidence",
        help_text="It stands in the address of its page, such as 42 in …/evidence/42/.",
        min_value=1,
        error_messages={
            "required": "Give the number of the piece.",
            "invalid": "Write the number in figures.",
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
    )

    def clean_number(self):
        piece = Evidence.objects.filter(pk=min(self.cleaned_data["number"], 2**62)).first()
        if piece is None:
            raise forms.ValidationError("There is no piece of evidence with this number.")
        return piece
