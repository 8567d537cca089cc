"""At which of a board's meetings something was agreed."""

from django import forms
from django.utils import timezone

from plans.models import Board, Meeting
from plans.templatetags.components import long_date


class HeldMeetingField(forms.ModelChoiceField):
    """The board's meetings up to today that were not cancelled, the latest first, once `of` is called."""

    def __init__(self, **options):
        said = {"required": False, "empty_label": "At none", "label": "At which meeting?"}
        super().__init__(Meeting.objects.none(), **said | options)

    def of(self, board: Board) -> None:
        held = Meeting.objects.standing().filter(board=board, on__lte=timezone.localdate())
        self.queryset = held.order_by("-on", "-id")

    def label_from_instance(self, obj):
        return f"{long_date(obj.on)}, {obj.get_kind_display().lower()}"
