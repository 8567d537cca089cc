"""The mistakes of forms as (words, address), for the summary at the top of a page."""

from django.forms import BaseForm, BoundField
from django.forms.formsets import BaseFormSet


def mistakes(form) -> list[tuple[str, str]]:
    """Every mistake of a form, a formset or a list of either; the address is "" where there is no field."""
    if isinstance(form, BaseForm):
        return _of_form(form)
    if isinstance(form, BaseFormSet):
        own = [(words, "") for words in form.non_form_errors()]
        return own + [mistake for part in form.forms for mistake in mistakes(part)]
    return [mistake for part in form or [] for mistake in mistakes(part)]


def _of_form(form: BaseForm) -> list[tuple[str, str]]:
    prefix = getattr(form, "error_prefix", "")
    place = f"#{form.prefix or 'form'}-errors"
    found = [(f"{prefix}{words}", place) for words in form.non_field_errors()]
    for field in form:
        link = "" if field.is_hidden else f"#{first_id(field)}"
        found += [(f"{prefix}{words}", link) for words in field.errors]
    return found


def first_id(field: BoundField) -> str:
    """The id of a field's first control: where it has several, each id ends in a number."""
    return field.id_for_label or f"{field.auto_id}_0"
