"""Hides small counts in a table that leaves the board's circle, so that none of them can be worked out.

A count from 1 to below a threshold is shown as "fewer than 5"; 0 is shown. Where a total would reveal it,
the next smallest cell is hidden too. What two documents together give away is not looked at.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

Place = tuple[int, int]
Number = int | Decimal
HIDDEN_WITH = "hidden"


class Hidden(StrEnum):
    """Why a cell's figure is not shown."""

    SMALL = "small"
    # So that a small one can't be worked out from it.
    WITH = "with"
    # A share of a number that is hidden.
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell. `count` is the number of children or cases that it tells of, None where it tells of none;
    `parts` are the counts behind a percentage, rate or average; `of` the places of such counts in the table.
    """

    text: str
    count: Number | None = None
    parts: tuple[Number, ...] = ()
    of: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader sees of a cell."""

    text: str
    hidden: Hidden | None = None


def protect(
    rows: Sequence[Sequence[Entry]],
    below: int,
    *,
    has_total_row: bool = False,
    has_total_column: bool = False,
) -> list[list[Shown]]:
    """The table as it may be published; rows are of one length, totals stand last.

    A total is the sum of the counts beside or above it, where each of these has one.
    """
    counts = {(r, c): e.count for r, row in enumerate(rows) for c, e in enumerate(row) if e.count is not None}
    hidden = _Hiding(counts, below, _lines(rows, has_total_row, has_total_column)).run()
    return [
        [_show(entry, (r, c), hidden, below) for c, entry in enumerate(row)] for r, row in enumerate(rows)
    ]


def is_small(count: Number | None, below: int) -> bool:
    return count is not None and 0 < count < below


def _show(entry: Entry, place: Place, hidden: dict[Place, Hidden], below: int) -> Shown:
    reason = hidden.get(place)
    if reason is None and (
        any(is_small(n, below) for n in entry.parts) or any(p in hidden for p in entry.of)
    ):
        reason = Hidden.SHARE
    if reason is None:
        return Shown(entry.text)
    return Shown(f"fewer than {below}" if reason is Hidden.SMALL else HIDDEN_WITH, reason)


@dataclass(frozen=True, slots=True)
class _Line:
    """A row or column whose last cell is the sum of the others.

    `sign` makes a network of all lines: every cell counts +1 in one of its two lines and -1 in the other.
    """

    places: tuple[Place, ...]
    sign: int

    def sign_of(self, place: Place) -> int:
        return -self.sign if place == self.places[-1] else self.sign


def _lines(rows: Sequence[Sequence[Entry]], total_row: bool, total_column: bool) -> list[_Line]:
    height, width = len(rows), len(rows[0]) if rows else 0
    lines = []
    if total_column:
        for r in range(height):
            sign = -1 if total_row and r == height - 1 else 1
            lines.append(_Line(tuple((r, c) for c in range(width)), sign))
    if total_row:
        for c in range(width):
            sign = 1 if total_column and c == width - 1 else -1
            lines.append(_Line(tuple((r, c) for r in range(height)), sign))
    counted = [line for line in lines if all(rows[r][c].count is not None for r, c in line.places)]
    return [line for line in counted if len(line.places) > 1]


class _Hiding:
    """Hides cells until another table, one with other figures in the hidden cells, fits what is shown."""

    def __init__(self, counts: dict[Place, Number], below: int, lines: list[_Line]):
        self.counts, self.below, self.lines = counts, below, lines
        self.hidden = {place: Hidden.SMALL for place, count in counts.items() if is_small(count, below)}
        self.totals = {line.places[-1] for line in lines}
        self.of_place: dict[Place, list[_Line]] = {}
        for line in lines:
            for place in line.places:
                self.of_place.setdefault(place, []).append(line)

    def run(self) -> dict[Place, Hidden]:
        while (known := next(self._computable(), None)) is not None:
            self.hidden[self._next_smallest(known)] = Hidden.WITH
        return self.hidden

    def _next_smallest(self, place: Place) -> Place:
        """The smallest cell still shown beside one that is hidden alone, else in a line of `place`.

        A total, and then a nought, only where there is nothing else.
        """
        alone = [line for line in self.lines if sum(each in self.hidden for each in line.places) == 1]
        lines = alone[:1] or self.of_place[place]
        shown = [each for line in lines for each in line.places if each not in self.hidden]
        shown = shown or [each for each in self.of_place if each not in self.hidden]
        return min(
            shown, key=lambda each: (self.counts[each] == 0, each in self.totals, self.counts[each], each)
        )

    def _computable(self) -> Iterator[Place]:
        """Hidden cells that have one possible figure, from what is shown and what "fewer than" says."""
        some_shown = any(place not in self.hidden for place in self.of_place)
        for place in sorted(self.hidden):
            if some_shown and place in self.of_place and not self._may_differ(place):
                yield place

    def _may_differ(self, place: Place) -> bool:
        return any(self._room(place, step) and self._balances(place, step) for step in (1, -1))

    def _room(self, place: Place, step: int) -> bool:
        """Whether a hidden figure may be one more or one less, for a reader who knows these rules."""
        count = self.counts[place] + step
        if self.hidden[place] is Hidden.SMALL:
            return is_small(count, self.below)
        return count >= self.below

    def _balances(self, place: Place, step: int) -> bool:
        """Whether other hidden cells can make up for the step, so that every total still holds.

        Lines are the nodes of a network and cells its edges; a step along one edge comes back by others.
        """
        start, end = self._ends(place, step)
        others = [each for each in self.hidden if each != place and each in self.of_place]
        steps = [self._ends(other, way) for other in others for way in (1, -1) if self._room(other, way)]
        waiting, seen = deque([end]), {end}
        while waiting:
            node = waiting.popleft()
            if node == start:
                return True
            for tail, head in steps:
                if tail == node and head not in seen:
                    seen.add(head)
                    waiting.append(head)
        return False

    def _ends(self, place: Place, step: int) -> tuple[object, object]:
        """The nodes that a step of this cell leads from and to; None where no total binds it."""
        nodes: dict[int, object] = {1: None, -1: None}
        for line in self.of_place[place]:
            nodes[line.sign_of(place)] = line
        return nodes[step], nodes[-step]
