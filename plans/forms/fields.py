from django import forms
from django.core.exceptions import ValidationError

from plans.forms.ids import read_id


class LinesField(forms.CharField):
    """A list of words, written one to a line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        lines = value if isinstance(value, list) else super().to_python(value).splitlines()
        return [" ".join(line.split()) for line in lines if line.strip()]


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
