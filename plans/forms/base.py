"""What edit forms share: even line ends, and nothing lost when two people edit the same thing."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django import forms
from django.utils import timezone

from plans.services.history import version_of
from plans.templatetags.components import long_date


@dataclass(frozen=True)
class Clash:
    """A field that was changed elsewhere too: those words now stand, yours are in the form."""

    label: str
    theirs: str
    yours: str
    who: str


def in_another_window(did: str, moment: datetime) -> str:
    """Such as "You saved this at 22:37 in another window": of what the person did there themselves."""
    local = timezone.localtime(moment)
    day = "" if local.date() == timezone.localdate() else f"on {long_date(local.date())} "
    return f"You {did} {day}at {local:%H:%M} in another window"


class TidyMixin:
    """Browsers send line ends as CR LF; what is kept, compared and downloaded has LF alone."""

    def _clean_fields(self):
        super()._clean_fields()
        for name, value in self.cleaned_data.items():
            if isinstance(value, str):
                self.cleaned_data[name] = value.replace("\r\n", "\n")


class TidyForm(TidyMixin, forms.Form):
    pass


class EditForm(TidyMixin, forms.ModelForm):
    """Edits a row with history and notices what was saved elsewhere since the page was opened.

    What only that changed is kept. Where both changed a field, both are shown in `clashes`, and saving
    again takes the person's own words. The page says who is writing (`user`).
    """

    user = None

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.clashes = []
        self.newest = version_of(self.instance) if self.instance.pk else None
        self.initial["version"] = self.newest

    def clean(self):
        cleaned = super().clean()
        opened = self.instance.pk and self._opened_on(cleaned.get("version"))
        if opened:
            self.data = self.data.copy()
            self.data[self.add_prefix("version")] = self.newest
            for name in self._meta.fields:
                self._bring_together(name, opened)
        return cleaned

    def _opened_on(self, version):
        """The row as it was when the page was opened, where a newer one stands by now."""
        if version is None or version == self.newest:
            return None
        return self.instance.history.filter(history_id=version).first()

    def _bring_together(self, name, opened):
        field = self.fields[name]
        theirs = self.initial[name]
        before = field.prepare_value(self._value(opened, name))
        if name not in self.cleaned_data or field.prepare_value(theirs) == before:
            return
        yours = field.prepare_value(self.cleaned_data[name])
        if yours == before:
            self.data[self.add_prefix(name)] = field.prepare_value(theirs)
            self.cleaned_data[name] = field.clean(field.prepare_value(theirs))
        elif yours != field.prepare_value(theirs):
            self._clash(name, opened, theirs, yours)

    def _value(self, row, name):
        return getattr(row, row._meta.get_field(name).attname)

    def _clash(self, name, opened, theirs, yours):
        change = self._last_change_of(name, opened)
        who, said = str(change.history_user or "Someone"), "changed this while you were writing"
        told = f"{who} {said}. Save again to keep your words."
        if self.user and change.history_user == self.user:
            who = "In another window you"
            told = f"{in_another_window('saved this', change.history_date)}. Save again to keep these words."
        self.clashes.append(Clash(self[name].label, self._words(name, theirs), self._words(name, yours), who))
        self.add_error(name, told)

    def _last_change_of(self, name, opened):
        """The row by which the field came to say what stands: others may have saved other fields since."""
        rows = self.instance.history.filter(history_id__gte=opened.history_id)
        rows = rows.order_by("-history_id").select_related("history_user")
        said = self._value
        return next((row for row, old in pairwise(rows) if said(row, name) != said(old, name)), rows[0])

    def _words(self, name, value):
        choices = dict(getattr(self.fields[name], "choices", None) or {})
        return str(choices.get(value, "" if value is None else value))
