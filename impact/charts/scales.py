"""Where values and months lie on a drawing: axes with round ticks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, isclose, log10

from impact.units import Unit

ROUND = (1, 2, 2.5, 5, 10)
MOST_TICKS = 7


@dataclass(frozen=True, slots=True)
class Axis:
    """The values from `low` to `high` drawn from `bottom` up to `top` (in pixels, which run downwards)."""

    low: float
    high: float
    step: float
    bottom: float
    top: float

    def place(self, value: float) -> float:
        """The height of a value; one beyond the axis stands on its edge."""
        share = (value - self.low) / (self.high - self.low)
        return self.bottom - min(1.0, max(0.0, share)) * (self.bottom - self.top)

    @property
    def ticks(self) -> list[float]:
        count = round((self.high - self.low) / self.step)
        return [self.low + number * self.step for number in range(count + 1)]


@dataclass(frozen=True, slots=True)
class Months:
    """The months from `first` to `last` drawn from `left` to `right`, by the calendar."""

    first: date
    last: date
    left: float
    right: float

    def place(self, month: date) -> float:
        """A month's middle; what lies outside stands on the edge."""
        span = _index(self.last) - _index(self.first)
        if span <= 0:
            return (self.left + self.right) / 2
        share = (_index(month) - _index(self.first)) / span
        return self.left + min(1.0, max(0.0, share)) * (self.right - self.left)

    def begin(self, month: date) -> float:
        """The boundary before a month."""
        span = max(1, _index(self.last) - _index(self.first))
        return max(self.left, self.place(month) - (self.right - self.left) / span / 2)

    def ticks(self, most: int) -> list[date]:
        """At most so many months with a label, evenly spaced from the first, and the last one."""
        span = _index(self.last) - _index(self.first)
        every = next((n for n in (1, 2, 3, 6, 12, 24, 36, 60, 120) if span / n <= most - 1), 240)
        found = [_month(_index(self.first) + n) for n in range(0, span + 1, every)]
        if span and span % every:
            crowded = span % every < every / 2 and len(found) > 1
            found = [*(found[:-1] if crowded else found), self.last]
        return found


def make_axis(values: Iterable[float], unit: Unit, *, bottom: float, top: float) -> Axis:
    """An axis with round ticks around all values; counts start at 0, and no axis leaves what there can be."""
    values = list(values) or [0.0]
    low, high = unit.clip(min(values)), unit.clip(max(values))
    if unit is Unit.COUNT:
        low = 0.0
    if isclose(low, high, abs_tol=1e-9):
        low, high = unit.clip(low - 1), unit.clip(high + 1)
    step = round_step((high - low) / (MOST_TICKS - 1))
    return Axis(floor(low / step) * step, ceil(high / step - 1e-9) * step, step, bottom, top)


def round_step(least: float) -> float:
    """The smallest round number of at least so much: 1, 2, 2.5 or 5 times a power of ten."""
    power = 10.0 ** floor(log10(least))
    return next(power * times for times in ROUND if power * times >= least * (1 - 1e-9))


def spread(wanted: Sequence[float], gap: float, top: float, bottom: float) -> list[float]:
    """Heights as near as may be to those wanted, each at least `gap` from the next, from `top` to `bottom`.

    Labels that want one height keep their order. Where there is no room for all, the last ones overflow.
    """
    order = sorted(range(len(wanted)), key=lambda n: wanted[n])
    heights = [min(max(wanted[n], top), bottom) for n in order]
    for n in range(1, len(heights)):
        heights[n] = max(heights[n], heights[n - 1] + gap)
    limit = bottom
    for n in reversed(range(len(heights))):
        heights[n] = max(min(heights[n], limit), top + n * gap)
        limit = heights[n] - gap
    placed = [0.0] * len(wanted)
    for n, height in zip(order, heights, strict=True):
        placed[n] = height
    return placed


def _index(month: date) -> int:
    return month.year * 12 + month.month - 1


def _month(index: int) -> date:
    return date(index // 12, index % 12 + 1, 1)
