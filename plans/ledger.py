"""The slippage ledger: how far dates have moved, by action, area and lead. Values in, values out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from plans.wording.phrases import moved_words, plural


@dataclass(frozen=True, slots=True)
class Moved:
    """One move of a date. `before` and `after` are days or None; the texts are the words as written."""

    on: date
    before: date | None
    after: date | None
    before_text: str = ""
    after_text: str = ""
    reason: str = ""
    by: str = ""
    agreed_by: str = ""
    # The day of the meeting at which it was agreed.
    meeting: date | None = None
    # The day on which `by` asked for it, where it then had to be agreed.
    asked_on: date | None = None

    @property
    def days(self) -> int | None:
        """Days later; negative is earlier; None where a side has no day."""
        return (self.after - self.before).days if self.before and self.after else None

    @property
    def words(self) -> str:
        """Such as "45 days later", "lost its day" or "given a day"."""
        if self.days is not None:
            return days_words(self.days) or "same day"
        if self.before:
            return "lost its day"
        return "given a day" if self.after else "no day before or after"


@dataclass(frozen=True, slots=True)
class Group:
    """What moves are summed up by: a top heading or an accountable lead; None stands for nobody, and a name
    for a lead that is none any more.
    """

    pk: int | str | None
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """One action whose date has moved, with its moves, the earliest first; `current` is its day now.

    `skipped` is how many moves came before those told here, and `first` the day before any of them.
    """

    action: int
    reference: str
    title: str
    area: Group
    lead: Group
    first: date | None
    moves: tuple[Moved, ...]
    current: date | None
    skipped: int = 0

    @property
    def name(self) -> str:
        return f"{self.reference} {self.title}".strip()

    @property
    def numbered(self) -> list[tuple[int, Moved]]:
        """Each move with its number among all of the date's."""
        return list(enumerate(self.moves, start=self.skipped + 1))

    @property
    def times(self) -> int:
        return len(self.moves)

    @property
    def days(self) -> int:
        """Days gained by all moves that have a day on both sides."""
        return sum(move.days or 0 for move in self.moves)

    @property
    def put_right(self) -> int:
        """Days by which a date was corrected between moves or since: mending a misread date is no move."""
        ends = [(one.after, two.before) for one, two in pairwise(self.moves)]
        ends.append((self.moves[-1].after, self.current))
        return sum((after - before).days for before, after in ends if before and after)

    @property
    def words(self) -> str:
        return moved_words(self.times, self.days)


@dataclass(frozen=True, slots=True)
class Total:
    """The moves of one group: how many dates, how often, by how many days."""

    group: Group
    dates: int
    times: int
    days: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """Lines in the plan's order; areas in that order too, leads by most days first."""

    lines: tuple[Line, ...]
    areas: tuple[Total, ...]
    leads: tuple[Total, ...]

    @property
    def dates(self) -> int:
        return len(self.lines)

    @property
    def times(self) -> int:
        return sum(line.times for line in self.lines)

    @property
    def days(self) -> int:
        return sum(line.days for line in self.lines)

    @property
    def lost(self) -> int:
        """How many moves took a date's day away."""
        return sum(
            move.days is None and move.before is not None for line in self.lines for move in line.moves
        )

    @property
    def sentence(self) -> str:
        """Such as "3 dates moved 5 times, 145 days later in all"."""
        return totals_words(self.dates, self.times, self.days)


def make_ledger(lines: Iterable[Line], *, since: date | None = None) -> Ledger:
    """Sums up the lines; with `since` the moves after that day alone, and the lines that have some."""
    kept = tuple(line for line in (cut(line, since) for line in lines) if line.moves)
    areas = _totals(kept, lambda line: line.area)
    leads = sorted(_totals(kept, lambda line: line.lead), key=lambda total: (-total.days, -total.times))
    return Ledger(kept, tuple(areas), tuple(leads))


def cut(line: Line, since: date | None) -> Line:
    """The line with its moves after that day alone, which keep their numbers; whole without a day."""
    if since is None:
        return line
    moves = tuple(move for move in line.moves if move.on > since)
    return replace(line, moves=moves, skipped=len(line.moves) - len(moves))


def _totals(lines: Sequence[Line], group_of: Callable[[Line], Group]) -> list[Total]:
    found: dict[Group, list[Line]] = {}
    for line in lines:
        found.setdefault(group_of(line), []).append(line)
    return [
        Total(group, len(own), sum(line.times for line in own), sum(line.days for line in own))
        for group, own in found.items()
    ]


def days_words(days: int) -> str:
    """Such as "45 days later"; "" for none."""
    return f"{plural(abs(days), 'day')} {'later' if days > 0 else 'earlier'}" if days else ""


def totals_words(dates: int, times: int, days: int) -> str:
    """How many dates moved, how often and how far: "3 dates moved 5 times, 145 days later in all"."""
    if not dates:
        return "No date has moved"
    often = "" if times == dates else f" {plural(times, 'time')}"
    in_all = f", {days_words(days)} in all" if days else ""
    return f"{plural(dates, 'date')} moved{often}{in_all}"
