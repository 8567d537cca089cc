"""One action as it stands on a day: the rules of ActionQuerySet again, for counting many at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from plans.rating import UNRATED, Meaning, compare

from .asat import DUE_SOON_DAYS, AsAt


@dataclass(slots=True)
class Moves:
    """How often a target has moved, how often in the last month, and by how many days (later is positive)."""

    times: int = 0
    days: int = 0
    lately: int = 0
    days_lately: int = 0

    def add(self, days: int | None, *, lately: bool) -> None:
        self.times += 1
        self.days += days or 0
        if lately:
            self.lately += 1
            self.days_lately += days or 0


@dataclass(slots=True)
class Standing:
    """`rating` and `before` are codes of the plan's key ("" when not rated), now and a month ago."""

    pk: int
    area: int
    due: date | None
    rating: str
    updated_on: date | None
    before: str = UNRATED
    led: bool = True
    moves: Moves = field(default_factory=Moves)

    @property
    def is_complete(self) -> bool:
        return self.rating == Meaning.COMPLETE

    @property
    def is_off_track(self) -> bool:
        return self.rating == Meaning.OFF_TRACK

    @property
    def change(self) -> str:
        """How the rating moved in a month: "up", "down", "first", "same" or ""."""
        return compare(self.before, self.rating)

    def is_overdue(self, shown: AsAt) -> bool:
        return self.due is not None and self.due < shown.day and not self.is_complete

    def is_due_soon(self, shown: AsAt) -> bool:
        if self.due is None or self.is_complete:
            return False
        return shown.day <= self.due <= shown.day + timedelta(DUE_SOON_DAYS)

    def is_quiet(self, shown: AsAt) -> bool:
        """Not complete, and not updated for this round; never before the plan starts."""
        return shown.begins is None and not self.is_complete and not shown.is_updated(self.updated_on)

    def is_overdue_on_track(self, shown: AsAt) -> bool:
        return self.rating == Meaning.ON_TRACK and self.is_overdue(shown)


def moves_by_action(
    moves: Iterable[tuple[int, date, date | None, date | None]], shown: AsAt
) -> dict[int, Moves]:
    """Sums up moves given as (action, day of the move, from, to)."""
    found: dict[int, Moves] = {}
    for action, on, before, after in moves:
        days = (after - before).days if before and after else None
        found.setdefault(action, Moves()).add(days, lately=on > shown.before)
    return found
