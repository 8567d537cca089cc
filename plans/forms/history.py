from django import forms

from plans.history import KINDS
from plans.models import Membership, User


class HistoryFilter(forms.Form):
    kind = forms.ChoiceField(label="What", required=False, choices=[("", "Everything"), *KINDS.items()])
    person = forms.ModelChoiceField(User.objects.none(), label="Who", required=False, empty_label="Everybody")
    action = forms.ModelChoiceField(None, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, board, actions, wings=(), **kwargs):
        super().__init__(*args, auto_id="filter_%s", **kwargs)
        for wing in wings:
            self.fields["kind"].choices += list(wing.kinds.items())
        ever = Membership.history.filter(board_id=board.pk).values("user_id")
        self.fields["person"].queryset = User.objects.filter(pk__in=ever)
        self.fields["action"].queryset = actions

    def chosen(self):
        """What to show; a choice that can't be made is as none."""
        self.is_valid()
        data = self.cleaned_data
        person = data.get("person")
        return {
            "kind": data.get("kind", ""),
            "person": person.pk if person else None,
            "action": data.get("action"),
        }
