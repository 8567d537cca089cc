"""The line of a date that moved: each day at which it stood, from the first to the one that counts now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from plans.drawing.shapes import INK, RULE, Circle, Drawing, Shape, level, number, rect, text, width_of
from plans.ledger import days_words
from plans.wording.phrases import plural

HEIGHT, ABOVE, MIDDLE, BELOW = 62, 17, 34, 56
EDGE, GAP = 8.0, 8.0
SIZES = (("wide", 660), ("narrow", 343))
TO_COME = "7 4"


@dataclass(frozen=True, slots=True)
class DateLine:
    """Drawings of the same line for wide and narrow windows; `title` says the message whole."""

    title: str
    drawings: tuple[Drawing, ...]


@dataclass(frozen=True, slots=True)
class _Scale:
    """The days from `first` to `last` over `width`; `starts` is the plan's first day where it is near."""

    first: date
    last: date
    width: float
    starts: date | None

    @property
    def says_years(self) -> bool:
        return (self.starts or self.first).year != self.last.year

    def place(self, day: date) -> float:
        begins = self.starts or self.first
        share = (day - begins).days / max(1, (self.last - begins).days)
        return EDGE + share * (self.width - 2 * EDGE)


@dataclass(frozen=True, slots=True)
class _Label:
    """Words from `left` on, as wide as they can be."""

    left: float
    words: str
    style: str = ""

    @property
    def right(self) -> float:
        return self.left + width_of(self.words)

    def is_clear_of(self, other: "_Label") -> bool:
        return self.right + GAP <= other.left or other.right + GAP <= self.left


def draw_dates(days: Sequence[date | None], *, starts: date | None, today: date) -> DateLine | None:
    """The days at which a date stood, the first one first and the current one last; None has no day.

    `starts` is the plan's first day. What is to come after `today` is dashed. Where fewer than two different
    days are known there is no line to draw.
    """
    if len({*days} - {None}) < 2:
        return None
    drawings = tuple(_draw(days, starts, today, kind, width) for kind, width in SIZES)
    return DateLine(_title(days), drawings)


def _title(days: Sequence[date | None]) -> str:
    first = f"First due {_long(days[0])}" if days[0] else "First without a day"
    return ", ".join([f"Timeline: {first}", *(_moved(*pair) for pair in pairwise(days))]) + "."


def _moved(before: date | None, after: date | None) -> str:
    if after is None:
        return "moved to no day"
    by = days_words((after - before).days) if before else ""
    return " ".join(filter(None, ("moved", by, f"to {_long(after)}")))


def _draw(days: Sequence[date | None], starts: date | None, today: date, kind: str, width: int) -> Drawing:
    known = [day for day in days if day]
    first, last = min(known), max(known)
    is_near = starts is not None and starts < first and first - starts <= 2 * (last - first)
    scale = _Scale(first, last, width, starts if is_near else None)
    shapes = (*_lines(days, scale, today), *_marks(days, scale), *_words(days, scale))
    return Drawing(width, HEIGHT, kind, shapes)


def _lines(days: Sequence[date | None], scale: _Scale, today: date) -> Iterator[Shape]:
    yield level(0, scale.width, MIDDLE, RULE, 1)
    for before, after in pairwise(days):
        if before and after and before != after:
            left, right = sorted((scale.place(before), scale.place(after)))
            yield level(left, right, MIDDLE, INK, 3, TO_COME if after > today else "")


def _marks(days: Sequence[date | None], scale: _Scale) -> Iterator[Shape]:
    """A ring for each day at which it stood, a square for the one that counts."""
    for day in days[:-1]:
        if day:
            x = number(scale.place(day))
            yield Circle(x, str(MIDDLE), "7", INK)
            yield Circle(x, str(MIDDLE), "4.5", "#fff")
    if days[-1]:
        x = scale.place(days[-1])
        yield rect(x - 6, MIDDLE - 6, x + 6, MIDDLE + 6, INK)


def _words(days: Sequence[date | None], scale: _Scale) -> Iterator[Shape]:
    for height, labels in ((ABOVE, _day_labels(days, scale)), (BELOW, _stretch_labels(days, scale))):
        for label in labels:
            yield text(*_anchored(label, scale, height))


def _anchored(label: _Label, scale: _Scale, y: float) -> tuple[float, float, str, str, str]:
    """In the middle of its room, which is wider than its words, or at the edge that it touches."""
    if label.left <= 0:
        return 0, y, label.words, "start", label.style
    if label.right >= scale.width:
        return scale.width, y, label.words, "end", label.style
    return (label.left + label.right) / 2, y, label.words, "middle", label.style


def _day_labels(days: Sequence[date | None], scale: _Scale) -> list[_Label]:
    """The first day and the current one, then the others, the latest first, as far as they fit."""

    def end(name: str, day: date | None, edge: float, style: str) -> _Label:
        words = f"{name}: {_short(day, scale.says_years) if day else 'no day'}"
        return _centred(words, scale.place(day) if day else edge, scale.width, style)

    ends = (end("First", days[0], 0.0, ""), end("Now", days[-1], scale.width, "b"))
    placed = _apart(*ends, scale.width)
    for day in reversed(days[1:-1]):
        if day:
            label = _centred(_short(day, scale.says_years), scale.place(day), scale.width)
            placed += [label] if all(map(label.is_clear_of, placed)) else []
    return placed


def _stretch_labels(days: Sequence[date | None], scale: _Scale) -> list[_Label]:
    """Where the plan starts, and the length of each move that leaves room for it and is no way back."""
    placed = (
        [_Label(0, f"{_short(scale.starts, scale.says_years)}, plan starts", "m")] if scale.starts else []
    )
    for before, after in pairwise(days):
        if before and after and before < after:
            words, left, right = plural((after - before).days, "day"), scale.place(before), scale.place(after)
            label = _centred(words, (left + right) / 2, scale.width, "m")
            if width_of(words) <= right - left and all(map(label.is_clear_of, placed)):
                placed.append(label)
    return placed


def _centred(words: str, x: float, width: float, style: str = "") -> _Label:
    """Words over a place, moved in where they would leave the drawing."""
    left = min(max(0.0, x - width_of(words) / 2), width - width_of(words))
    return _Label(left, words, style)


def _apart(one: _Label, two: _Label, width: float) -> list[_Label]:
    """Two labels moved apart as far as they meet, the left one first."""
    left, right = sorted((one, two), key=lambda label: label.left)
    if left.is_clear_of(right):
        return [left, right]
    start = max(0.0, right.left - GAP - width_of(left.words))
    left = _Label(start, left.words, left.style)
    return [left, _Label(min(left.right + GAP, width - width_of(right.words)), right.words, right.style)]


def _short(day: date, says_year: bool) -> str:
    return f"{day.day} {day:%b %Y}" if says_year else f"{day.day} {day:%b}"


def _long(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
