"""At which of a board's meetings something was agreed."""

from datetime import date

from django import forms
from django.db.models import Max
from django.utils import timezone

from plans.models import Board, Meeting
from plans.templatetags.components import long_date


class HeldMeetingField(forms.ModelChoiceField):
    """The board's meetings up to today that were not cancelled, the latest first, once `of` is called.

    With `asked_on` those since then and the one before, where it may have been agreed beforehand.
    """

    def __init__(self, **options):
        said = {"required": False, "empty_label": "At none", "label": "At which meeting?"}
        super().__init__(Meeting.objects.none(), **said | options)

    def of(self, board: Board, asked_on: date | None = None) -> None:
        held = Meeting.objects.standing().filter(board=board, on__lte=timezone.localdate())
        if asked_on:
            before = held.filter(on__lt=asked_on).order_by().aggregate(last=Max("on"))["last"]
            held = held.filter(on__gte=before or asked_on)
        self.queryset = held.order_by("-on", "-id")

    def label_from_instance(self, obj):
        return f"{long_date(obj.on)}, {obj.get_kind_display().lower()}"
