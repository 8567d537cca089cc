"""Reordering and renumbering: a place and a reference for each row, all saved at once."""

from django import forms

from plans.forms.base import TidyForm

PLACE_MESSAGES = {
    "min_value": "Enter 1 for the first place, 2 for the second, and so on",
    "invalid": "Enter a whole number, such as 3",
}


class PlacesForm(TidyForm):
    """`numbered` names the rows' column that is numbered: "reference" or "number"."""

    def __init__(self, *args, rows, numbered, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows, self.numbered = rows, numbered
        column = rows[0]._meta.get_field(numbered) if rows else None
        for index, row in enumerate(rows, start=1):
            self.fields[f"place_{row.pk}"] = forms.IntegerField(
                label=f"Place of {row}",
                initial=index,
                min_value=1,
                widget=forms.NumberInput(attrs=described(f"Place of {row}")),
                error_messages=PLACE_MESSAGES,
            )
            # What stood here when the page was opened comes back with it: only what changed here is written.
            self.fields[f"number_{row.pk}"] = forms.CharField(
                label=f"{numbered.capitalize()} of {row}",
                initial=getattr(row, numbered),
                required=not column.blank,
                max_length=column.max_length,
                show_hidden_initial=True,
                widget=forms.TextInput(attrs=described(f"{numbered.capitalize()} of {row}")),
            )

    def lines(self):
        return [(row, self[f"place_{row.pk}"], self[f"number_{row.pk}"]) for row in self.rows]

    def in_new_order(self):
        """The rows by the places written; of two with one place, the one that was moved there gets it."""

        def place(numbered_row):
            before, row = numbered_row
            wanted = self.cleaned_data[f"place_{row.pk}"]
            moved = (wanted > before) - (wanted < before)
            return (wanted, moved, before)

        return [row for before, row in sorted(enumerate(self.rows, start=1), key=place)]

    def renumbered(self):
        """The new references of the rows whose reference was changed."""
        names = {f"number_{row.pk}": row for row in self.rows}
        return {row: self.cleaned_data[name] for name, row in names.items() if name in self.changed_data}


def described(words):
    return {"class": "govuk-input--width-5", "aria-label": words}
