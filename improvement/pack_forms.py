from django import forms

from improvement.packs.sending import read_addresses
from plans.forms.base import TidyForm
from plans.forms.fields import RowsField
from plans.forms.nobody_named import NobodyNamedMixin
from plans.models import Membership


class CloseForm(TidyForm):
    """Which plan's papers are closed."""

    plan = forms.ModelChoiceField(None, label="Plan", empty_label=None)

    def __init__(self, *args, plans, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = plans


class ReissueForm(NobodyNamedMixin, TidyForm):
    """Why papers are issued again."""

    reason = forms.CharField(
        label="Why are the papers issued again?",
        help_text="Everybody who reads the new pack sees this, and the old one says that it was replaced.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why the papers are issued again."},
    )


class MemberChoices(RowsField):
    def label_from_instance(self, member):
        return f"{member.user.name}, {member.get_role_display().lower()} ({member.user.email})"


# Each gets an email of its own with both files, sent while the person waits.
MOST_ADDRESSES = 60


class SendForm(TidyForm):
    members = MemberChoices(None, label="People of the board", required=False)
    others = forms.CharField(
        label="Other addresses",
        help_text="For members who never sign in: one address a line, or with commas between them.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, board, **kwargs):
        super().__init__(*args, **kwargs)
        members = Membership.objects.filter(board=board, user__is_active=True).select_related("user")
        self.fields["members"].queryset = members

    def clean_others(self):
        return read_addresses(self.cleaned_data["others"])

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.addresses:
            raise forms.ValidationError("Choose somebody to send it to, or write an address.")
        if not self.errors and len(self.addresses) > MOST_ADDRESSES:
            raise forms.ValidationError(
                f"Send it to at most {MOST_ADDRESSES} addresses at a time. These are {len(self.addresses)}."
            )
        return cleaned

    @property
    def addresses(self):
        """Each address once, whatever its case."""
        members = [member.user.email for member in self.cleaned_data.get("members", [])]
        every = [*members, *self.cleaned_data.get("others", [])]
        return list({address.casefold(): address for address in every}.values())
