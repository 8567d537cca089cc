from django import forms
from django.conf import settings


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
        return upload
