"""Agreeing or refusing a sign-off, and opening a signed-off action again."""

from django import forms

from plans.forms.base import TidyForm
from plans.forms.nobody_named import NobodyNamedMixin
from plans.models import Meeting
from plans.rating import KeyEntry, Meaning
from plans.templatetags.components import long_date, rating
from plans.widgets import ChipRadios

MOST_MEETINGS = 6


class MeetingField(forms.ModelChoiceField):
    """The board's meetings at which something may have been decided, the latest first."""

    def __init__(self, **options):
        super().__init__(
            **{
                "label": "Decided at a meeting",
                "queryset": Meeting.objects.none(),
                "required": False,
                "empty_label": "At no meeting",
            }
            | options
        )

    def label_from_instance(self, meeting):
        return long_date(meeting.on)


class DecisionForm(TidyForm):
    """`meetings` are those since it was asked for: the decision counts from the day of the one chosen."""

    meeting = MeetingField()

    def __init__(self, *args, meetings, **options):
        super().__init__(*args, **options)
        self.fields["meeting"].queryset = meetings
        if not meetings.exists():
            del self.fields["meeting"]


class UnfinishedForm(NobodyNamedMixin, TidyForm):
    """The rating that stands once an action is not complete after all, and why."""

    rating = forms.ChoiceField(
        label="Rating that stands now",
        widget=ChipRadios,
        error_messages={"required": "Choose the rating that stands now"},
    )
    reason = forms.CharField(
        label="Reason",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The board reads it as an update in your name. Say what is missing, and by when.",
        error_messages={"required": "Give the reason, so that the lead knows what is missing"},
    )

    field_order = ("rating", "reason", "meeting")

    def __init__(self, *args, key: list[KeyEntry], **options):
        super().__init__(*args, **options)
        self.fields["rating"].choices = [
            (entry.code, rating(entry=entry)) for entry in key if entry.code != Meaning.COMPLETE
        ]


class RefuseForm(UnfinishedForm, DecisionForm):
    pass
