from django import forms


class ChipRadios(forms.RadioSelect):
    """Radio buttons as a row of large touch targets: short choices, such as the ratings of a key."""

    template_name = "components/chips.html"
