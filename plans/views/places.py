from plans.forms.places import PlacesForm


class PlacesMixin:
    """A form page of rows to reorder and renumber; `numbered` is the column that is numbered."""

    template_name = "plans/places.html"
    form_class = PlacesForm
    button = "Save the order"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"rows": self.rows(), "numbered": self.numbered}

    def get_context_data(self, **kwargs):
        return super().get_context_data(numbered=self.numbered, **kwargs)
