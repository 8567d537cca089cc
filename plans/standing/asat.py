"""Which day a page shows, and the day it is compared with."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

MONTH = timedelta(days=31)
DUE_SOON_DAYS = 30


class Dated(Protocol):
    """What is asked of a plan: its status and its state's day."""

    status: str

    def as_at(self, today: date) -> date: ...


@dataclass(frozen=True, slots=True)
class AsAt:
    """The day whose state is shown; `ended` says that it lies behind us because the plan has ended."""

    day: date
    ended: bool = False

    @property
    def before(self) -> date:
        """A month earlier: ratings are compared with those that stood on this day, moves count from it."""
        return self.day - MONTH


def shown_day(plan: Dated | None, today: date) -> AsAt:
    """Today, or the plan's end once it has ended."""
    if plan is None:
        return AsAt(today)
    day = plan.as_at(today)
    return AsAt(day, ended=day != today or plan.status == "closed")
