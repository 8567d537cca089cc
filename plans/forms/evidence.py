"""Evidence as a form of its own, and as a part of an update's form."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from plans.forms.base import TidyForm
from plans.forms.fields import RowsField
from plans.forms.nobody_named import NobodyNamedMixin
from plans.models import Evidence, EvidenceKind
from plans.services.evidence import check_address, check_file
from plans.signatures import ACCEPTED
from plans.templatetags.components import long_date

NAME_NOBODY = "Do not name a child, family or case, here or in the file."
KINDS = [("", "Choose a kind"), *EvidenceKind.choices]


class PastDayField(forms.DateField):
    def clean(self, value):
        day = super().clean(value)
        if day and day > timezone.localdate():
            raise ValidationError("Give the day it is from: today or earlier", code="future")
        return day


class UploadField(forms.FileField):
    """A file whose content is of a kind taken; gives (name, content), or None where none was chosen."""

    def __init__(self, **options):
        most = f"{settings.EVIDENCE_MAX_BYTES / 1_000_000:g}"
        options.setdefault("help_text", f"{ACCEPTED}; up to {most} MB. No macros.")
        super().__init__(**{"label": "File", "required": False, "max_length": 255} | options)
        self.error_messages["empty"] = "The file is empty. Choose another."

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if not upload:
            return None
        if upload.size > settings.EVIDENCE_MAX_BYTES:
            content = b" " * (settings.EVIDENCE_MAX_BYTES + 1)
        else:
            content = upload.read()
        try:
            check_file(upload.name, content)
        except ValidationError as error:
            raise ValidationError(error.messages) from error
        return upload.name, content


def link_field(**options):
    return forms.CharField(
        **{
            "label": "Link",
            "required": False,
            "max_length": 1000,
            "validators": [check_address],
            "help_text": "The address of a page, such as https://www.example.org/report",
        }
        | options
    )


class EvidenceDetailsForm(NobodyNamedMixin, TidyForm):
    not_asked_about = frozenset(("link",))

    title = forms.CharField(label="What it is", max_length=200, help_text=NAME_NOBODY)
    kind = forms.ChoiceField(label="Kind", choices=KINDS)
    dated = PastDayField(label="Date of the evidence")
    note = forms.CharField(
        label="Note",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What it shows, in a sentence or two.",
    )


class EvidenceForm(EvidenceDetailsForm):
    """One piece: a file or a link, one of the two."""

    link = link_field()
    file = UploadField()

    field_order = ("title", "kind", "dated", "link", "file", "note")

    def clean(self):
        data = super().clean()
        if not self.errors.keys() & {"link", "file"} and bool(data.get("link")) == bool(data.get("file")):
            self.add_error("link", "Give a link or choose a file, one of the two")
        return data

    @property
    def said(self) -> dict:
        """What `add_evidence` takes."""
        data = dict(self.cleaned_data)
        return {"upload": data.pop("file"), **data}


class RemoveEvidenceForm(NobodyNamedMixin, TidyForm):
    reason = forms.CharField(label="Why is it removed?", help_text="The history keeps your reason.")


class PiecesField(RowsField):
    """Pieces of evidence that the board holds already."""

    def __init__(self, **options):
        super().__init__(
            **{"label": "Evidence", "required": False, "queryset": Evidence.objects.none()} | options
        )

    def label_from_instance(self, evidence):
        return f"{evidence.title} ({evidence.get_kind_display().lower()}, {long_date(evidence.dated)})"
