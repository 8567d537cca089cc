from django import forms
from django.conf import settings
from django.utils import timezone

from improvement.imports.workbooks import limits
from plans.models import PlanStatus
from plans.spreadsheets.reading import UnreadableWorkbook, read_workbook

NEW_PLAN = "new"
# Ticks speak of one plan's actions.
NOTHING_TICKED = {"updates": {}, "moves": {}, "changes": {}, "stale": {}}


class UploadForm(forms.Form):
    workbook = forms.FileField(
        label="The workbook",
        help_text="An Excel workbook (.xlsx), of any shape. Nothing changes on the board until you say so.",
        error_messages={
            "required": "Choose the workbook to bring in.",
            "empty": "The file is empty. Choose the workbook as it was saved from Excel.",
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def clean_workbook(self):
        upload = self.cleaned_data["workbook"]
        if upload.size > settings.IMPORT_MAX_BYTES:
            most = settings.IMPORT_MAX_BYTES // 1_000_000
            raise forms.ValidationError(
                f"The file is larger than {most} MB. Remove pictures or sheets that are not the plan, "
                "save it and upload it again."
            )
        self.content = upload.read()
        try:
            read_workbook(self.content, limits())
        except UnreadableWorkbook as error:
            raise forms.ValidationError(str(error)) from error
        return upload


def _named(plan):
    return (
        plan.title
        if plan.status == PlanStatus.LIVE
        else f"{plan.title} ({plan.get_status_display().lower()})"
    )


class DestinationForm(forms.Form):
    """Which plan the workbook goes into; only what was changed on the page counts as chosen."""

    plan = forms.ChoiceField(label="Bring it into", show_hidden_initial=True)
    title = forms.CharField(
        label="Title of the new plan",
        help_text="Only where it becomes a new plan.",
        max_length=240,
        required=False,
        show_hidden_initial=True,
    )
    on = forms.DateField(
        label="Ratings count from",
        error_messages={"invalid": "Enter the day that the workbook speaks of, such as 27/3/2026."},
        help_text="The day that the workbook speaks of. For example, 27/3/2026",
        required=False,
        show_hidden_initial=True,
    )

    def __init__(self, *args, plans, **kwargs):
        super().__init__(*args, **kwargs)
        titles = [(str(plan.pk), _named(plan)) for plan in plans]
        self.fields["plan"].choices = [(NEW_PLAN, "A new plan"), *titles]

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("The day from which the ratings count can’t lie in the future.")
        return day

    @property
    def chosen(self):
        """What the page's reader changed, as an import's choices."""
        words = {"plan": str, "title": str.strip, "on": lambda day: day.isoformat() if day else ""}
        values = {name: words[name](self.cleaned_data[name]) for name in self.changed_data}
        return values | (NOTHING_TICKED if "plan" in values else {})
