"""Who came to a meeting: everybody on the board and guests, in one form."""

from django import forms

from plans.forms.base import TidyForm
from plans.forms.meetings import is_held
from plans.models import Membership, Presence, User
from plans.services.meetings import SAID_BEFOREHAND
from plans.widgets import ChipRadios

NEW_GUESTS = 3
MOST_CHARACTERS = 200


class PresenceField(forms.ChoiceField):
    """What stood here when the page was opened comes back with it: only what changed is written."""

    def __init__(self, choices, who, presence):
        super().__init__(
            choices=choices,
            label=who,
            required=False,
            initial=presence,
            widget=ChipRadios,
            show_hidden_initial=True,
        )


class AttendanceForm(TidyForm):
    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.meeting, self.is_held = meeting, is_held(meeting)
        rows = list(meeting.attendance.select_related("user"))
        said = {row.user_id: row.presence for row in rows if row.user_id}
        self.choices = _choices(self.is_held)
        self.people = _people(meeting.board, said)
        for user, _ in self.people:
            self.fields[f"person_{user.pk}"] = PresenceField(self.choices, user.name, said.get(user.pk, ""))
        self.guests = {f"guest_{row.pk}": row.guest for row in rows if row.guest}
        for row in rows:
            if row.guest:
                self.fields[f"guest_{row.pk}"] = PresenceField(self.choices, row.guest, row.presence)
        if self.is_held:
            self.fields["rest"] = forms.BooleanField(
                label="Everybody of whom nothing is said was present", required=False
            )
        self._add_new_guests()

    def _add_new_guests(self):
        words = "Present" if self.is_held else "Apologies"
        for number in range(NEW_GUESTS):
            self.fields[f"new_{number}"] = forms.CharField(
                label=f"Guest {number + 1}", required=False, max_length=MOST_CHARACTERS
            )
        self.new_guest = Presence(words.lower())
        self.new_guest_words = words.lower()

    def lines(self):
        """(name, role, field) of everybody on the board and each guest who is noted already."""
        for user, role in self.people:
            yield user.name, role, self[f"person_{user.pk}"]
        for name, guest in self.guests.items():
            yield guest, "Guest", self[name]

    def new_guests(self):
        return [self[f"new_{number}"] for number in range(NEW_GUESTS)]

    def said_of_people(self):
        """The Presence of each person of whom something else is said than when the page was opened."""
        said = {}
        for user, _ in self.people:
            name = f"person_{user.pk}"
            presence = self.cleaned_data[name]
            if not presence and self.cleaned_data.get("rest"):
                said[user] = Presence.PRESENT
            elif name in self.changed_data:
                said[user] = presence
        return said

    def said_of_guests(self):
        data = self.cleaned_data
        changed = [(guest, data[name]) for name, guest in self.guests.items() if name in self.changed_data]
        return changed + [(data[f"new_{number}"], self.new_guest) for number in range(NEW_GUESTS)]


def _choices(held):
    known = [choice for choice in Presence if held or choice in SAID_BEFOREHAND]
    return [*((choice.value, choice.label) for choice in known), ("", "Not noted")]


def _people(board, said):
    """Everybody on the board with their role, and who has left it since but is noted."""
    members = Membership.objects.filter(board=board).select_related("user")
    here = [(member.user, member.get_role_display()) for member in members]
    left = User.objects.filter(pk__in=said).exclude(pk__in=[user.pk for user, _ in here])
    return here + [(user, "No longer on the board") for user in left]
