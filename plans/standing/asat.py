"""Which day a page shows, and the day it is compared with."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

MONTH = timedelta(days=31)
# The longest usual time between two meetings of a board: a quarter.
QUARTER = timedelta(days=92)
DUE_SOON_DAYS = 30
# A round of updates is far enough on to ask who has not been heard.
ROUND = timedelta(days=28)
FORTNIGHT = timedelta(days=14)


class Dated(Protocol):
    """What is asked of a plan: its status, its first day and its state's day."""

    status: str
    starts: date | None

    def as_at(self, today: date) -> date: ...


class Held(Protocol):
    """What is asked of a meeting: its day."""

    on: date


@dataclass(frozen=True, slots=True)
class AsAt:
    """The day whose state is shown, compared with the day `compared` or else with a month earlier.

    `ended` says that the plan has ended and `is_past` that the reader asked for this day. `meeting` was held
    on the day shown and `since` on the day compared with; `earlier` and `coming` are the days of the meeting
    before that and of the first from the day shown. `begins` is the plan's first day where the day that
    the reader asked for comes before it: nothing is asked of its actions then. `is_new` says that the plan
    began after `since`, from which the round of updates still counts: its state is not compared with that.
    """

    day: date
    ended: bool = False
    compared: date | None = None
    is_past: bool = False
    meeting: Held | None = None
    since: Held | None = None
    earlier: date | None = None
    coming: date | None = None
    begins: date | None = None
    is_new: bool = False

    @property
    def against(self) -> date | None:
        """The day of the meeting that the state is compared with, which the plan had begun by."""
        return None if self.is_new else self.compared

    @property
    def before(self) -> date:
        """Ratings are compared with those that stood at the end of this day, and moves count after it."""
        return self.against or self.day - MONTH

    @property
    def has_met(self) -> bool:
        """Whether the last meeting is recent enough for the round of updates to begin with it."""
        return self.compared is not None and self.day - self.compared <= QUARTER

    @property
    def updated_after(self) -> date:
        """The round of updates begins after it: the last meeting's day, else a month before the day shown."""
        return self.compared if self.has_met else self.day - MONTH

    def is_updated(self, on: date | None) -> bool:
        """Whether an action is updated for this round, by the day that its latest update counts from."""
        return on is not None and on > self.updated_after

    @property
    def asked(self) -> "AsAt":
        """The state whose round is asked about: this one's or, while that is young, the last meeting's."""
        if self._is_far_on or not self.has_met:
            return self
        return AsAt(self.compared, compared=self.earlier)

    @property
    def _is_far_on(self) -> bool:
        """Four weeks after the last meeting, or a fortnight before the next one and past half of the way."""
        if self.compared is None or self.day - self.compared >= ROUND:
            return True
        if self.coming is None:
            return False
        return self.coming - self.day <= min(FORTNIGHT, (self.coming - self.compared) / 2)

    @property
    def past_day(self) -> date | None:
        """The day where the reader asked for it: what came later is left out. None to leave out nothing."""
        return self.day if self.is_past else None

    @property
    def last_day(self) -> date | None:
        """The day where what came later is not shown, as the plan ended or it was asked for; else None."""
        return self.day if self.is_past or self.ended else None

    @property
    def query(self) -> str:
        """What keeps the day in an address that has a query already; "" where the reader asked for none."""
        return f"&as_at={self.day.isoformat()}" if self.is_past else ""

    @property
    def start(self) -> str:
        """The same for an address that has no query yet."""
        return f"?as_at={self.day.isoformat()}" if self.is_past else ""

    @property
    def compared_words(self) -> str:
        """The day compared with, as in "than on 24 February" and "than a month ago"."""
        return f"on {self._in_words(self.against)}" if self.against else "a month ago"

    @property
    def lately_words(self) -> str:
        """As in "3 dates moved since 24 February" and "3 dates moved in the last month"."""
        return f"since {self._in_words(self.against)}" if self.against else "in the last month"

    @property
    def quiet_words(self) -> str:
        """As in "not updated since the meeting on 24 February" or "in the last month"; on a past day "in the
        month to 31 May 2026".
        """
        if self.has_met:
            return f"since the meeting on {self._in_words(self.compared)}"
        if self.is_past or self.ended:
            return f"in the month to {self.day.day} {self.day:%B %Y}"
        return "in the last month"

    def _in_words(self, on: date) -> str:
        """The year only where it is another than the shown day's."""
        words = f"{on.day} {on:%B}"
        return words if on.year == self.day.year else f"{words} {on.year}"


def shown_day(
    plan: Dated | None, today: date, *, chosen: date | None = None, meetings: Collection[Held] = ()
) -> AsAt:
    """The day chosen, else today, or the plan's end once it has ended.

    `meetings` are the board's that stand: the last one before the day is what it is compared with, if the
    plan had begun.
    """
    latest, starts = (plan.as_at(today), plan.starts) if plan else (today, None)
    day = chosen or latest
    is_past = day < today and chosen is not None
    since = max((each for each in meetings if each.on < day), key=lambda each: each.on, default=None)
    days = [each.on for each in meetings]
    return AsAt(
        day,
        ended=plan is not None and (latest != today or plan.status == "closed"),
        compared=since.on if since else None,
        is_past=is_past,
        meeting=next((each for each in meetings if each.on == day), None),
        since=since,
        earlier=max((on for on in days if since and on < since.on), default=None),
        coming=min((on for on in days if on >= day), default=None),
        begins=starts if is_past and starts and starts > day else None,
        is_new=bool(starts and since and since.on < starts),
    )
