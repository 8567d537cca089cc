"""Which boards' reminders are due on a day, and for which period."""

from dataclasses import dataclass
from datetime import date, timedelta

from plans.models import Board, Meeting
from plans.standing import AsAt, shown_day
from plans.templatetags.components import long_date
from plans.wording.phrases import days_until

MONTHLY_FROM = 20


@dataclass(frozen=True)
class Due:
    """`period` is the day of the meeting to come, or the first of the month for a board without one.

    `shown` tells what is updated for this round, as on the board's pages.
    """

    board: Board
    today: date
    period: date
    shown: AsAt
    meeting: Meeting | None = None

    @property
    def until(self) -> str:
        """ "before the meeting on 12 May 2026"."""
        return f"before the meeting on {long_date(self.meeting.on)}" if self.meeting else "this month"

    @property
    def words(self) -> str:
        if self.meeting is None:
            quiet = f"what is not updated {self.shown.quiet_words}"
            return f"No meeting is planned. This is the reminder for {self.period:%B %Y}, of {quiet}."
        day = self.meeting.on
        return f"The board meets on {day:%A} {long_date(day)}: {days_until(day, self.today)}."


def boards_due(today: date) -> list[Due]:
    """Every open board whose reminder is due today; two queries each.

    A month in which the board has met needs no reminder of its own.
    """
    return [due for board in Board.objects.filter(closed_on=None) if (due := _due(board, today))]


def _due(board: Board, today: date) -> Due | None:
    month = today.replace(day=1)
    meeting, last = board.meetings.coming(today).first(), board.meetings.before(today).first()
    shown = shown_day(None, today, meetings=[last] if last else [])
    if meeting is None:
        met_this_month = last is not None and last.on >= month
        return None if today.day < MONTHLY_FROM or met_this_month else Due(board, today, month, shown)
    if today < meeting.on - timedelta(board.nudge_days):
        return None
    return Due(board, today, meeting.on, shown, meeting)
