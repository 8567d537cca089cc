"""What a check looks at: one action or one recommendation as it stands on a day."""

from dataclasses import dataclass
from datetime import date

from plans.rating import NEEDS_WAY_BACK, UNRATED, Meaning


@dataclass(frozen=True, slots=True)
class ActionSeen:
    """Ratings are codes of the plan's key, `word` is the plan's own word for the present one.

    `late_steps` are the (number, day due) of steps neither done nor due later; `slipping` says that it was
    rated some slippage at each of the last three meetings, whose days are `slipping_at` (without three
    meetings: now, a month and two months ago); `earlier` is the rating of the last update before the latest
    that said something or rated otherwise; the round of updates begins after `since`, the last
    meeting's day (`met`) or else a day a month ago; `before` the rating on the day compared with; `concern`
    the names of linked measures in concern.
    """

    pk: int
    day: date
    rating: str = UNRATED
    word: str = "Not rated"
    good_word: str = "green"
    updated_on: date | None = None
    happened: str = ""
    way_back: str = ""
    added_on: date | None = None
    due: date | None = None
    late_steps: tuple[tuple[str, date], ...] = ()
    moves: int = 0
    moved_days: int = 0
    has_evidence: bool = False
    needs_sign_off: bool = False
    signed_off: bool = False
    sign_off_waits: bool = False
    has_so_what: bool = False
    area: int = 0
    slipping: bool = False
    slipping_at: tuple[date, ...] = ()
    since: date | None = None
    met: bool = False
    earlier: str = UNRATED
    earlier_word: str = ""
    before: str = UNRATED
    before_word: str = ""
    concern: tuple[str, ...] = ()
    lead: str = ""
    lead_pk: int | None = None
    lead_left: bool = False

    @property
    def is_complete(self) -> bool:
        return self.rating == Meaning.COMPLETE

    @property
    def is_on_track(self) -> bool:
        return self.rating == Meaning.ON_TRACK

    @property
    def needs_way_back(self) -> bool:
        return self.rating in NEEDS_WAY_BACK

    @property
    def says_way_back(self) -> bool:
        return bool(self.way_back.strip())

    @property
    def is_new(self) -> bool:
        """Part of the plan in this round only and never updated: nobody could have reported on it before."""
        if self.updated_on or self.added_on is None or self.since is None:
            return False
        return self.added_on >= self.since

    @property
    def round(self) -> date | None:
        """What an answer for this round rests on: the meeting, else the month that `since` lies in."""
        return self.since if self.met or self.since is None else self.since.replace(day=1)


@dataclass(frozen=True, slots=True)
class RecommendationSeen:
    """`ratings` are the (id, rating) of the plan's actions that answer it; `elsewhere` says that actions of
    the board's other plans do.
    """

    pk: int
    day: date
    ratings: tuple[tuple[int, str], ...] = ()
    elsewhere: bool = False
    good_word: str = "green"

    @property
    def is_met(self) -> bool:
        """Whether an action that answers it is on track or complete."""
        return any(rating in (Meaning.ON_TRACK, Meaning.COMPLETE) for _, rating in self.ratings)
