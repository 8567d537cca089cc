"""Asks before text is saved that looks as if it named a child, a family or a case."""

from django import forms
from django.utils import timezone

from plans.identifiers import Looks, Suspect, find_identifiers

NAME_NOBODY = "Name no child, family or case."
NAMES_NOBODY = "names_nobody"


class NobodyNamedMixin:
    """For a form whose texts must name nobody: each piece that looks as if it did is asked about once.

    The answer is a field that appears only then; what it holds never reaches `cleaned_data`. Text that stood
    before is not asked about again, nor what stands in fields `not_asked_about` (dates, references, roles) or
    looks as the form expects (`looks_expected`).
    """

    not_asked_about: frozenset[str] = frozenset()
    looks_expected: frozenset[Looks] = frozenset()

    def clean(self):
        cleaned = super().clean()
        suspects = self._suspects()
        if suspects:
            self._ask(suspects)
        return cleaned

    def _suspects(self) -> dict[str, tuple[str, Suspect]]:
        """By the words found the label of their field, and what they look like."""
        found = {}
        for name in self.changed_data:
            value = self.cleaned_data.get(name)
            if isinstance(value, str) and self._is_text(name):
                for suspect in find_identifiers(value, timezone.localdate()):
                    if suspect.looks not in self.looks_expected:
                        found.setdefault(suspect.words, (str(self[name].label), suspect))
        return found

    def _is_text(self, name: str) -> bool:
        """What a person wrote: neither chosen from a list nor carried along unseen."""
        if name in self.not_asked_about:
            return False
        return isinstance(self.fields[name], forms.CharField) and not self[name].is_hidden

    def _ask(self, suspects) -> None:
        field = forms.MultipleChoiceField(
            label="Does this name somebody?",
            required=False,
            choices=[(words, f"“{words}” names nobody") for words in suspects],
            widget=forms.CheckboxSelectMultiple,
            help_text="Change the words above, or tick what names no child, family or case.",
        )
        self.fields[NAMES_NOBODY] = field
        ticked = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(NAMES_NOBODY))
        for words, (label, suspect) in suspects.items():
            if words not in (ticked or ()):
                said = f"{label.rstrip('?')}: “{words}” looks like {suspect.looks}."
                self.add_error(NAMES_NOBODY, f"{said} Take it out, or tick that it names nobody.")
