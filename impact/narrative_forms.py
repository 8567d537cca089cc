from django import forms

from impact.models import Measure, Narrative
from plans.forms.base import EditForm, TidyForm
from plans.forms.evidence import PiecesField
from plans.forms.fields import RowsField, day_messages
from plans.forms.nobody_named import NobodyNamedMixin
from plans.services.evidence import recent_evidence

SIGNS = "Begin a line with “- ” for a bullet; **two stars** make words bold. Name no child, family or case."
TEXTS = {
    "done": ("What have we done?", f"The activity of the period. {SIGNS}"),
    "so_what": (
        "So what?",
        "The difference it made to children, and the measure, audit or feedback that shows it. If none can "
        "be shown yet, say so.",
    ),
}


def supports(board, narrative=None):
    """The fields of what supports a narrative: the board's measures and its evidence."""
    measures = Measure.objects.filter(board=board).current()
    pieces = recent_evidence(board)
    if narrative is not None and narrative.pk:
        measures = Measure.objects.filter(
            board=board, pk__in=[*pks(measures), *pks(narrative.measures.all())]
        )
        pieces = board.evidence.filter(pk__in=[*pks(pieces), *pks(narrative.evidence.all())])
    return measures, board.evidence.filter(pk__in=pks(pieces))


def pks(rows):
    return [row.pk for row in rows]


class SupportMixin(forms.Form):
    measures = RowsField(label="Measures that show it", required=False, queryset=Measure.objects.none())
    evidence = PiecesField(label="Evidence that shows it")

    def offer(self, board, narrative=None):
        self.fields["measures"].queryset, self.fields["evidence"].queryset = supports(board, narrative)
        for name in ("measures", "evidence"):
            if not self.fields[name].queryset:
                del self.fields[name]


class NarrativeForm(NobodyNamedMixin, SupportMixin, EditForm):
    class Meta:
        model = Narrative
        fields = ("starts", "ends", "done", "so_what")
        error_messages = {
            "starts": day_messages("the first day of the period"),
            "ends": day_messages("the last day of the period"),
        }

    def __init__(self, *args, board, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer(board, self.instance)
        for name, (label, hint) in TEXTS.items():
            self.fields[name].label, self.fields[name].help_text = label, hint
            self.fields[name].widget.attrs["rows"] = 8

    @property
    def said(self):
        """What the services take."""
        names = ("starts", "ends", "done", "so_what", "measures", "evidence")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


class SupportForm(SupportMixin, TidyForm):
    """Adds to a published narrative what has come to support it; its words stay as they are."""

    def __init__(self, *args, narrative, board, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer(board)
        for name in set(self.fields) & {"measures", "evidence"}:
            shown = getattr(narrative, name).all()
            self.fields[name].queryset = self.fields[name].queryset.exclude(pk__in=pks(shown))

    def clean(self):
        data = super().clean()
        if not self.errors and not any(data.values()):
            self.add_error(None, "Choose a measure or a piece of evidence, or go back.")
        return data
