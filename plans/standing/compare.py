"""What changed in a plan between the ends of two days. Values in, values out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from plans.ledger import Moved, days_words, totals_words
from plans.rating import UNRATED, Meaning, compare
from plans.wording.phrases import plural


@dataclass(frozen=True, slots=True)
class Side:
    """One action at the end of a day: the code of its rating, the day it is due, whether it is done.

    Done is reported complete, and signed off where the plan asks for that.
    """

    rating: str = UNRATED
    due: date | None = None
    done: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """One action on both days; a side is None where it was no part of the plan then.

    `moves` are those of its date between the two, `reported` says whether an update counts from between them
    and `gone` why it left: "withdrawn: the reason" or "merged into …".
    """

    pk: int
    name: str
    area: str
    lead: str
    before: Side | None
    after: Side | None
    moves: tuple[Moved, ...] = ()
    reported: bool = False
    gone: str = ""

    @property
    def rating_before(self) -> str:
        return self.before.rating if self.before else UNRATED

    @property
    def rating_after(self) -> str:
        return self.after.rating if self.after else UNRATED

    @property
    def way(self) -> str:
        """How the rating went: "up", "down", "first", "same" or ""; "" for what has left."""
        return compare(self.rating_before, self.rating_after) if self.after else ""

    @property
    def is_done(self) -> bool:
        """Done by now, and not before."""
        return bool(self.after and self.after.done and not (self.before and self.before.done))

    @property
    def is_open(self) -> bool:
        return bool(self.after and not self.after.done)

    @property
    def days(self) -> int:
        """Days by which its date moved between the two; negative is earlier."""
        return sum(move.days or 0 for move in self.moves)

    @property
    def moved_words(self) -> str:
        """Such as "45 days later"; in words where a day was lost or given."""
        if any(move.days is None for move in self.moves):
            return ", ".join(move.words for move in self.moves)
        return days_words(self.days) or "back to the same day"


@dataclass(frozen=True, slots=True)
class Changes:
    """Every action on both days, in the plan's order; `until` is the day before which the next are due."""

    first: date
    last: date
    until: date
    actions: tuple[Compared, ...]

    def _where(self, fits: Callable[[Compared], object]) -> list[Compared]:
        return [action for action in self.actions if fits(action)]

    @property
    def up(self) -> list[Compared]:
        return self._where(lambda action: action.way == "up")

    @property
    def down(self) -> list[Compared]:
        return self._where(lambda action: action.way == "down")

    @property
    def first_rated(self) -> list[Compared]:
        return self._where(lambda action: action.way == "first")

    @property
    def moved(self) -> list[Compared]:
        return self._where(lambda action: action.after and action.moves)

    @property
    def done(self) -> list[Compared]:
        return self._where(lambda action: action.is_done)

    @property
    def added(self) -> list[Compared]:
        return self._where(lambda action: action.after and not action.before)

    @property
    def removed(self) -> list[Compared]:
        return self._where(lambda action: action.before and not action.after)

    @property
    def silent(self) -> list[Compared]:
        """Not reported on: not complete, and no update from between the two days."""
        return self._where(
            lambda action: action.after and action.after.rating != Meaning.COMPLETE and not action.reported
        )

    @property
    def due(self) -> list[Compared]:
        """Due from the last day until the next meeting, and not done; the earliest first."""
        soon = self._where(
            lambda action: action.is_open and action.after.due and self.last <= action.after.due <= self.until
        )
        return sorted(soon, key=lambda action: action.after.due)

    @property
    def days(self) -> int:
        return sum(action.days for action in self.moved)

    @property
    def is_empty(self) -> bool:
        """Nothing changed; what was not reported on or falls due is no change."""
        changed = (self.up, self.down, self.first_rated, self.moved, self.done, self.added, self.removed)
        return not any(changed)

    @property
    def sentence(self) -> str:
        """The answer first: "3 ratings went up and 1 went down; 2 dates moved, 45 days later in all.\""""
        said = [self._ratings(), self._moves(), self._actions()]
        told = "; ".join(filter(None, said)) or "nothing in the plan changed"
        return f"{told[:1].upper()}{told[1:]}."

    def _ratings(self) -> str:
        up, down, first = len(self.up), len(self.down), len(self.first_rated)
        parts = [f"{plural(up, 'rating')} went up"] * bool(up)
        parts += [f"{down if parts else plural(down, 'rating')} went down"] * bool(down)
        parts += [f"{first if parts else plural(first, 'action')} had a first rating"] * bool(first)
        return listed(parts)

    def _moves(self) -> str:
        times = sum(len(action.moves) for action in self.moved)
        return totals_words(len(self.moved), times, self.days) if self.moved else ""

    def _actions(self) -> str:
        numbers = ((len(self.done), "done"), (len(self.added), "added"), (len(self.removed), "taken out"))
        told = [(number, word) for number, word in numbers if number]
        if not told:
            return ""
        number, word = told[0]
        verb = "is" if word == "done" else "was" if number == 1 else "were"
        verb = "are" if word == "done" and number > 1 else verb
        first = f"{plural(number, 'action')} {verb} {word}"
        return listed([first, *(f"{number} {word}" for number, word in told[1:])])


def listed(parts: Iterable[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    *others, last = [*parts] or [""]
    return f"{', '.join(others)} and {last}" if others else last
