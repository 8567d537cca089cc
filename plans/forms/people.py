from django import forms

from plans.forms.base import EditForm, TidyForm
from plans.forms.fields import RowsField
from plans.models import Board, Lead, Membership, Role, User

ROLE_HINTS = {
    Role.MEMBER: "reads everything",
    Role.LEAD: "also updates the actions they lead",
    Role.EDITOR: "also edits plans, imports workbooks, records meetings and updates for others",
    Role.CHAIR: "reads everything, and decides on sign-offs and moves of dates",
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


class HoldersField(RowsField):
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


class RemindersForm(TidyForm):
    """One tick per board; a board that joined since the page was opened is left as it is."""

    boards = RowsField(
        Membership.objects.none(),
        required=False,
        label="Send me reminders for",
        help_text="One email before each meeting, and only where something waits for you.",
    )
    shown = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        mine = user.memberships.filter(board__closed_on=None).select_related("board")
        self.memberships = list(mine.order_by("board"))
        self.fields["boards"].queryset = user.memberships.all()
        self.fields["boards"].choices = [(each.pk, str(each.board)) for each in self.memberships]
        self.initial["boards"] = [each.pk for each in self.memberships if each.wants_nudges]
        self.initial["shown"] = " ".join(str(each.pk) for each in self.memberships)

    @property
    def of_boards_shown(self):
        shown = self.cleaned_data["shown"].split()
        return [each for each in self.memberships if str(each.pk) in shown]


class NudgeDaysForm(EditForm):
    nudge_days = forms.IntegerField(
        label="Days before a meeting",
        min_value=0,
        max_value=60,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}),
        help_text="From this day on the next sending goes out; 0 is the day of the meeting itself.",
        error_messages={
            "invalid": "Enter a whole number of days, such as 7",
            "min_value": "Enter 0 or more days",
            "max_value": "Enter at most 60 days",
        },
    )

    class Meta:
        model = Board
        fields = ["nudge_days"]


class SecondFactorForm(EditForm):
    class Meta:
        model = Board
        fields = ["requires_second_factor"]
        labels = {"requires_second_factor": "Everybody needs a second step at sign-in"}
        help_texts = {
            "requires_second_factor": "An authenticator app or a passkey. Who has none, you too, sets one "
            "up before they see the board again; what they were writing is kept."
        }
