from django import forms


class LinesField(forms.CharField):
    """A list of words, written one to a line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        lines = value if isinstance(value, list) else super().to_python(value).splitlines()
        return [" ".join(line.split()) for line in lines if line.strip()]
