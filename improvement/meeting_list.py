"""A board's meetings: those to come with the next first, those held with the latest first, and cancelled."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from plans.models import Attendance, Board, Decision, Meeting, Pack, Presence


class MeetingList:
    def __init__(self, board: Board, today: date):
        self.board, self.today = board, today

    @cached_property
    def meetings(self) -> list[Meeting]:
        """Two queries, however many they are."""
        there = Attendance.objects.filter(presence__in=[Presence.PRESENT, Presence.DEPUTY])
        packs = Pack.objects.select_related("plan").filter(replacement__isnull=True).defer("content")
        meetings = self.board.meetings.annotate(
            decision_count=_count(Decision.objects.all()), present=_count(there)
        )
        found = list(meetings)
        self._add_packs(found, packs.filter(meeting__board=self.board))
        return found

    def _add_packs(self, meetings: list[Meeting], packs: QuerySet[Pack]) -> None:
        by_meeting: dict[int, list[Pack]] = {}
        for pack in packs:
            by_meeting.setdefault(pack.meeting_id, []).append(pack)
        for meeting in meetings:
            meeting.standing_packs = by_meeting.get(meeting.pk, [])

    @property
    def coming(self) -> list[Meeting]:
        return [each for each in self.meetings if each.on >= self.today and not each.cancelled_on]

    @property
    def past(self) -> list[Meeting]:
        return [each for each in reversed(self.meetings) if each.on < self.today and not each.cancelled_on]

    @property
    def cancelled(self) -> list[Meeting]:
        return [each for each in reversed(self.meetings) if each.cancelled_on]

    @property
    def next(self) -> Meeting | None:
        return next(iter(self.coming), None)


def _count(rows: QuerySet):
    of_meeting = rows.filter(meeting=OuterRef("pk")).order_by()
    counted = of_meeting.values("meeting").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def next_of(meetings: Iterable[Meeting], day: date) -> Meeting | None:
    """The first of these meetings, which are in order, that is on the day or later."""
    return next((each for each in meetings if each.on >= day), None)
