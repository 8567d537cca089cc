"""Counts at one time, such as children looked after, as lines from 0 with their names at the end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from impact.charts.control import segments
from impact.charts.frames import TOP, Chart, Size, draw_grid, draw_months
from impact.charts.scales import Axis, Months, make_axis, spread
from impact.charts.shapes import Circle, Drawing, Rect, Shape, Text, fitted, line, number, rect, text
from impact.months import month_words
from impact.units import Scale, Unit
from impact.verdict_parts import Mark, Verdict

MOST_LINES = 3
# Colour, dash and mark, so that no line is told by its colour alone.
LINES = (("#12344d", "", "circle"), ("#8a3b00", "6 4", "square"), ("#490092", "2 3", ""))
LABEL_GAP = 19
SIZES = (Size("wide", 1100, 330, 48, 900, 298, 2.6, 7), Size("narrow", 343, 280, 46, 335, 248, 1.8, 4))


@dataclass(frozen=True, slots=True)
class Line:
    """A stock with its name; its verdict says nothing but its values."""

    name: str
    verdict: Verdict


def draw_trend(lines: Sequence[Line]) -> Chart | None:
    """Up to three lines on one axis from 0, or None where none has a value."""
    lines = [one for one in lines if one.verdict.month][:MOST_LINES]
    if not lines:
        return None
    first, last = _span(lines)
    said = " ".join(f"{one.name}: {one.verdict.headline}" for one in lines)
    title = f"{month_words(first)} to {month_words(last)}. {said}"
    return Chart(title, tuple(_draw(lines, size) for size in SIZES), "", frozenset())


def _span(lines: Sequence[Line]) -> tuple[date, date]:
    marks = [one for each in lines for one in each.verdict.marks]
    return min(one.month for one in marks), max(one.month for one in marks)


def _draw(lines: Sequence[Line], size: Size) -> Drawing:
    months = Months(*_span(lines), size.left, size.right)
    values = [one.value for each in lines for one in each.verdict.marks if one.value is not None]
    axis = make_axis(values, Unit.COUNT, bottom=size.bottom, top=TOP)
    shapes = [*draw_grid(axis, Unit.COUNT, size), *draw_months(months, size)]
    for n, each in enumerate(lines):
        shapes += _line(each.verdict, n, axis, months, size)
    return Drawing(size.width, size.height, size.kind, (*shapes, *_labels(lines, axis, size)))


def _line(verdict: Verdict, n: int, axis: Axis, months: Months, size: Size) -> Iterator[Shape]:
    colour, dash, shape = LINES[n]

    def at(one: Mark) -> tuple[float, float]:
        return months.place(one.month), axis.place(one.value or 0.0)

    for points in segments(verdict, at):
        yield line(points, colour, 2, dash)
    for one in verdict.marks:
        if one.value is not None and shape:
            yield _dot(*at(one), size.radius, colour, shape)


def _dot(x: float, y: float, r: float, colour: str, shape: str) -> Circle | Rect:
    if shape == "circle":
        return Circle(number(x), number(y), number(r), colour)
    return rect(x - r, y - r, x + r, y + r, colour)


def _labels(lines: Sequence[Line], axis: Axis, size: Size) -> Iterator[Text]:
    """The last value and the name, in the line's own order of height."""
    wanted = [axis.place(each.verdict.value or 0.0) + (5 if size.has_margin else -10) for each in lines]
    heights = spread(wanted, LABEL_GAP, TOP + 5, size.bottom - 4)
    for n, (each, y) in enumerate(zip(lines, heights, strict=True)):
        words = f"{Scale(Unit.COUNT, 1).number(each.verdict.value or 0.0)} {each.name}"
        x, anchor = (size.right + 12, "start") if size.has_margin else (size.right, "end")
        yield text(x, y, fitted(words, size.width - x if size.has_margin else 260), anchor, f"b l{n + 1}")
