"""A new piece of evidence, given in the same form as the update that shows it."""

from django import forms
from django.utils import timezone

from plans.forms.evidence import KINDS, NAME_NOBODY, PastDayField, UploadField, link_field
from plans.services.evidence import add_evidence

NEEDED = {
    "piece_title": "Say what the evidence is",
    "piece_kind": "Choose the kind of the evidence",
    "piece_dated": "Enter the date of the evidence",
}


class NewPieceForm(forms.Form):
    """To be mixed into an update's form."""

    piece_title = forms.CharField(label="What it is", required=False, max_length=200, help_text=NAME_NOBODY)
    piece_kind = forms.ChoiceField(label="Kind", required=False, choices=KINDS)
    piece_dated = PastDayField(label="Date of the evidence", required=False, initial=timezone.localdate)
    piece_link = link_field()
    piece_file = UploadField()

    @property
    def shows_evidence(self) -> bool:
        return super().shows_evidence or self.wants_piece

    @property
    def wants_piece(self) -> bool:
        names = ("piece_title", "piece_kind", "piece_link", "piece_file")
        return any(self[name].value() for name in names)

    def shows_more(self, newest, data):
        return self.wants_piece or super().shows_more(newest, data)

    def clean(self):
        data = super().clean()
        if self.wants_piece:
            self._clean_piece(data)
        return data

    def _clean_piece(self, data):
        for name, words in NEEDED.items():
            if not data.get(name) and name not in self.errors:
                self.add_error(name, words)
        wrong = self.errors.keys() & {"piece_link", "piece_file"}
        if not wrong and bool(data.get("piece_link")) == bool(data.get("piece_file")):
            self.add_error("piece_link", "Give a link or choose a file, one of the two")

    def chosen_pieces(self):
        return super().chosen_pieces() + ([self._add_piece()] if self.wants_piece else [])

    def _add_piece(self):
        data = self.cleaned_data
        return add_evidence(
            self.action.plan.board,
            by=self.user,
            title=data["piece_title"],
            kind=data["piece_kind"],
            dated=data["piece_dated"],
            link=data["piece_link"],
            upload=data["piece_file"],
        )
