from django import forms

from plans.forms.base import EditForm, TidyForm
from plans.models import Lead, Role, User

ROLE_HINTS = {
    Role.MEMBER: "reads everything",
    Role.LEAD: "also updates the actions they lead",
    Role.EDITOR: "also edits plans, imports workbooks and updates for others",
    Role.CHAIR: "reads everything, and chairs the board",
    Role.ADMINISTRATOR: "as editor, and looks after people, leads and the rating key",
}
ROLES = [(role.value, f"{role.label}: {hint}") for role, hint in ROLE_HINTS.items()]


class MemberForm(TidyForm):
    email = forms.EmailField(
        label="Email address",
        max_length=254,
        error_messages={"invalid": "Enter an email address such as name@example.org"},
    )
    name = forms.CharField(
        max_length=150,
        required=False,
        help_text="Shown beside what they write. Used when they are new to the site.",
    )
    role = forms.ChoiceField(choices=ROLES, widget=forms.RadioSelect, initial=Role.MEMBER)

    def clean(self):
        cleaned = super().clean()
        email = cleaned.get("email")
        if email and not cleaned.get("name") and not User.objects.filter(email__iexact=email).exists():
            self.add_error("name", "Enter the name, since nobody on the site has this address yet")
        return cleaned


class RoleForm(TidyForm):
    role = forms.ChoiceField(choices=ROLES, widget=forms.RadioSelect)


class HoldersField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(
            User.objects.none(),
            required=False,
            label="Who holds it",
            help_text="They may update its actions. With nobody ticked the lead rests; its actions stay.",
            **kwargs,
        )


class NewLeadForm(TidyForm):
    name = forms.CharField(
        max_length=200, help_text="A role outlives people: prefer “Head of Service” to a name."
    )
    holders = HoldersField()

    def __init__(self, *args, board, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["holders"].queryset = on_board(board)


class LeadForm(EditForm):
    holders = HoldersField()
    held_by = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Lead
        fields = ["name"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.holding = sorted(self.instance.holdings.values_list("user_id", flat=True))
        self.fields["holders"].queryset = on_board(self.instance.board)
        self.initial |= {"holders": self.holding, "held_by": self._now()}

    def _now(self):
        return " ".join(map(str, self.holding))

    def clean(self):
        cleaned = super().clean()
        wanted = sorted(user.pk for user in cleaned.get("holders", []))
        if cleaned.get("held_by") != self._now() and wanted != self.holding:
            self.data = self.data.copy()
            self.data["held_by"] = self._now()
            names = ", ".join(str(holding.user) for holding in self.instance.holdings.select_related("user"))
            self.add_error(
                "holders",
                f"Somebody handed this lead over while you were here: it is held by {names or 'nobody'} now. "
                "Save again to hand it to those ticked.",
            )
        return cleaned


def on_board(board):
    return User.objects.filter(memberships__board=board)
