"""How every form of the site is drawn and what it says when a field is left empty, with no code per form."""

from django import forms
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input

DEFAULT_REQUIRED = forms.Field.default_error_messages["required"]
DEFAULT_DATE = forms.DateField.default_error_messages["invalid"]
DEFAULT_NUMBER = forms.IntegerField.default_error_messages["invalid"]
DATE_HINT = "For example, 27/3/2026"

CLASSES = (
    (forms.Textarea, "govuk-textarea"),
    (forms.RadioSelect, "govuk-radios__input"),
    (forms.CheckboxSelectMultiple, "govuk-checkboxes__input"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.Select, "govuk-select"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.DateInput, "govuk-input govuk-input--width-10"),
    (Input, "govuk-input"),
)
NEEDS_NO_ARTICLE = frozenset(("a", "an", "the", "your", "our", "who", "what", "when", "where", "why", "how"))
CHOOSING = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.FileInput)


class GovukBoundField(forms.BoundField):
    def __init__(self, form, field, name):
        super().__init__(form, field, name)
        if isinstance(field, forms.DateField) and not self.help_text:
            self.help_text = DATE_HINT
        self._say_what_to_do(field.error_messages)

    def _say_what_to_do(self, messages):
        if messages.get("required") == DEFAULT_REQUIRED:
            messages["required"] = self.required_sentence()
        if isinstance(self.field, forms.DateField) and messages["invalid"] == DEFAULT_DATE:
            messages["invalid"] = f"Enter {named(self.label)} as a real day, such as 27/3/2026"
        if isinstance(self.field, forms.IntegerField):
            self._say_which_number(messages)

    def _say_which_number(self, messages):
        messages.setdefault("min_value", f"Enter %(limit_value)s or more for “{self.label}”")
        # Without a limit of its own the database's is met, which says nothing to a person.
        most = "a smaller number" if self.field.max_value is None else "%(limit_value)s or less"
        messages.setdefault("max_value", f"Enter {most} for “{self.label}”")
        if messages["invalid"] == DEFAULT_NUMBER:
            messages["invalid"] = f"Enter a whole number for “{self.label}”"

    def required_sentence(self) -> str:
        """What to do about an empty field, in the words of its own label."""
        label, widget = str(self.label), self.field.widget
        if isinstance(widget, forms.CheckboxInput):
            return f"Tick “{label}”"
        if label.endswith("?"):
            return f"Answer “{label}”"
        return f"{'Choose' if isinstance(widget, CHOOSING) else 'Enter'} {named(label)}"

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        attrs.pop("required", None)
        if "placeholder" in widget.attrs:
            attrs["placeholder"] = False
        if not widget.is_hidden:
            attrs["class"] = self._classes(widget, attrs)
        return attrs

    def _classes(self, widget, attrs):
        ours = next((css for kind, css in CLASSES if isinstance(widget, kind)), "govuk-input")
        error = "govuk-input--error" if self.errors else ""
        given = attrs.get("class", ""), widget.attrs.get("class", "")
        return " ".join(filter(None, (ours, error, *given)))

    @property
    def is_tick(self) -> bool:
        """A single checkbox, whose label stands after it."""
        return isinstance(self.field.widget, forms.CheckboxInput)


def named(label: str) -> str:
    """A label inside a sentence: "Title" gives "the title", "Your email" "your email", "RAG" "the RAG"."""
    label = str(label)
    is_word = label[1:2].islower() or label[1:2] == " "
    words = label[:1].lower() + label[1:] if is_word else label
    return words if words.split(" ")[0] in NEEDS_NO_ARTICLE else f"the {words}"


class GovukRenderer(TemplatesSetting):
    form_template_name = "django/forms/form.html"
    formset_template_name = "django/forms/formset.html"
    field_template_name = "django/forms/field.html"
    bound_field_class = GovukBoundField
