"""The frame of a chart: its size, the lines of its axis and the months below it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from impact.charts.scales import Axis, Months
from impact.units import Scale, Unit
from plans.drawing.shapes import GRID, RULE, Drawing, Path, Shape, level, number, text

TOP = 30.0


@dataclass(frozen=True, slots=True)
class Size:
    """The plot lies between `left` and `right`, from TOP down to `bottom`; marks have this radius.

    `lane` is how much of it, above the time axis, is kept free of values where there are events to mark.
    """

    kind: str
    width: int
    height: int
    left: float
    right: float
    bottom: float
    radius: float
    most_ticks: int
    lane: float = 0.0

    @property
    def has_margin(self) -> bool:
        """Whether labels stand at the right of the plot rather than on it."""
        return self.width - self.right > 100


WIDE = Size("wide", 1100, 420, 48, 950, 388, 4.7, 7, 50)
NARROW = Size("narrow", 343, 330, 46, 335, 298, 3.1, 4, 30)


@dataclass(frozen=True, slots=True)
class Chart:
    """Drawings of one message, said whole in `title`; `kinds` are what a key under them has to explain."""

    title: str
    drawings: tuple[Drawing, ...]
    axis_words: str
    kinds: frozenset[str]


def draw_grid(axis: Axis, unit: Unit, size: Size) -> Iterator[Shape]:
    for tick in axis.ticks:
        y = axis.place(tick)
        yield level(size.left, size.right, y, GRID, 1)
        yield text(size.left - 8, y + 5, Scale(unit, 2).number(tick), "end", "m")
    yield level(size.left, size.right, size.bottom, RULE, 1)


def draw_months(months: Months, size: Size) -> Iterator[Shape]:
    ticks = months.ticks(size.most_ticks)
    for n, month in enumerate(ticks):
        x = months.place(month)
        anchor = "start" if n == 0 and len(ticks) > 1 else "end" if n and n == len(ticks) - 1 else "middle"
        yield Path(f"M{number(x)} {number(size.bottom)}v5", RULE, 1)
        yield text(x, size.bottom + 21, short_month(month, narrow=not size.has_margin), anchor, "m")


def short_month(month: date, *, narrow: bool = False) -> str:
    """Such as "Mar 2020", or "Mar 20" where there is little room."""
    return f"{month:%b} {month.year % 100:02}" if narrow else f"{month:%b} {month.year}"
