from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from plans.forms.ids import read_id

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)


def day_messages(words: str) -> dict[str, str]:
    """What a field of a day asks for, where its label makes no sentence: "the day it was reviewed"."""
    return {"required": f"Enter {words}", "invalid": f"Enter {words}, such as 27/3/2026"}


class LinesField(forms.CharField):
    """A list of words, written one to a line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        lines = value if isinstance(value, list) else super().to_python(value).splitlines()
        return [" ".join(line.split()) for line in lines if line.strip()]


class DayField(forms.DateField):
    """A day within the years of boards: another is a slip of the pen, such as 1/1/0026."""

    def validate(self, value):
        super().validate(value)
        if value and not EARLIEST <= value <= LATEST:
            raise ValidationError("Enter a day between 2000 and 2099, such as 27/3/2026")


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows to tick. An id that no row can have is refused like any other that is not offered:
    SQLite fails where it is asked for a number of so many digits."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value):
        sent = value if isinstance(value, list | tuple) else []
        for words in map(str, sent):
            if read_id(words) is None:
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": words}
                )
        return super().clean(value)
