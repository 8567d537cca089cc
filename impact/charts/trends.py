"""Counts at one time, such as children looked after, as lines from 0 with their names at the end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from impact.charts.control import segments
from impact.charts.frames import TOP, Chart, Size, draw_grid, draw_months
from impact.charts.scales import Axis, Months, make_axis, spread
from impact.months import month_words
from impact.units import Scale, Unit
from impact.verdict_parts import Mark, Verdict
from plans.drawing.shapes import Drawing, Shape, Text, dots, fitted, line, squares, text, width_of

MOST_LINES = 3
# Colour, dash and mark, so that no line is told by its colour alone.
LINES = (("#12344d", "", "circle"), ("#8a3b00", "6 4", "square"), ("#490092", "2 3", ""))
MARKS = {"circle": dots, "square": squares}
LABEL_GAP = 19
SIZES = (Size("wide", 1100, 330, 48, 840, 298, 2.6, 7), Size("narrow", 343, 280, 46, 335, 248, 1.8, 4))


@dataclass(frozen=True, slots=True)
class Line:
    """A stock with its name; its verdict says nothing but its values."""

    name: str
    verdict: Verdict


def draw_trend(lines: Sequence[Line], first: date, last: date) -> Chart | None:
    """Up to three lines on one axis from 0, or None where none has a value between the two months."""
    lines = shown_lines(lines, first, last)
    if not lines:
        return None
    said = " ".join(f"{one.name}: {one.verdict.headline}" for one in lines)
    title = f"{month_words(first)} to {month_words(last)}. {said}"
    drawings = tuple(_draw(lines, months, size) for months, size in trend_frames(first, last))
    return Chart(title, drawings, "", frozenset())


def trend_frames(first: date, last: date) -> list[tuple[Months, Size]]:
    """The wide and the narrow drawing's months and size."""
    return [(Months(first, last, size.left, size.right), size) for size in SIZES]


def shown_lines(lines: Sequence[Line], first: date, last: date) -> list[Line]:
    """Those with a value between two months, cut to them, at most three."""
    cut = [Line(one.name, replace(one.verdict, marks=_within(one, first, last))) for one in lines]
    return [one for one in cut if any(mark.value is not None for mark in one.verdict.marks)][:MOST_LINES]


def _within(line: Line, first: date, last: date) -> tuple[Mark, ...]:
    return tuple(mark for mark in line.verdict.marks if first <= mark.month <= last)


def _draw(lines: Sequence[Line], months: Months, size: Size) -> Drawing:
    values = [one.value for each in lines for one in each.verdict.marks if one.value is not None]
    axis = make_axis(values, Unit.COUNT, bottom=size.bottom, top=TOP)
    shapes = [*draw_grid(axis, Unit.COUNT, size), *draw_months(months, size)]
    for n, each in enumerate(lines):
        shapes += _line(each.verdict, n, axis, months, size)
    return Drawing(size.width, size.height, size.kind, (*shapes, *_labels(lines, axis, months, size)))


def _line(verdict: Verdict, n: int, axis: Axis, months: Months, size: Size) -> Iterator[Shape]:
    colour, dash, shape = LINES[n]

    def at(one: Mark) -> tuple[float, float]:
        return months.place(one.month), axis.place(one.value or 0.0)

    for points in segments(verdict, at):
        yield line(points, colour, 2, dash)
    if shape:
        places = [at(one) for one in verdict.marks if one.value is not None]
        yield MARKS[shape](places, size.radius, colour)


def _labels(lines: Sequence[Line], axis: Axis, months: Months, size: Size) -> Iterator[Text]:
    """The last value and the name, in the line's own order of height."""
    x, anchor = (size.right + 12, "start") if size.has_margin else (size.right, "end")
    room = size.width - x if size.has_margin else 260
    words = [fitted(_words(each), room) for each in lines]
    wanted = [_height(each, width_of(w), axis, months, size) for each, w in zip(lines, words, strict=True)]
    heights = spread(wanted, LABEL_GAP, TOP + 5, size.bottom - 4)
    for n, (said, y) in enumerate(zip(words, heights, strict=True)):
        yield text(x, y, said, anchor, f"b l{n + 1}")


def _words(line: Line) -> str:
    return f"{Scale(Unit.COUNT, 1).number(line.verdict.value or 0.0)} {line.name}"


def _height(line: Line, width: float, axis: Axis, months: Months, size: Size) -> float:
    """Beside the line's end or, without a margin, above all of the line that the words stand over."""
    end = axis.place(line.verdict.value or 0.0)
    if size.has_margin:
        return end + 5
    known = (one for one in line.verdict.marks if one.value is not None)
    below = [axis.place(one.value) for one in known if months.place(one.month) >= size.right - width]
    return min(below, default=end) - 10
