"""The small line beside a measure in a list: 36 months, the same for all lines of the list."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from impact.charts.scales import Axis, Months
from impact.charts.shapes import mark
from impact.months import months_after
from impact.units import Unit
from impact.verdict_parts import Mark, Verdict
from plans.drawing.shapes import Drawing, Shape, line, rect

SPARK_WIDTH, SPARK_HEIGHT, SPARK_EDGE = 200, 34, 6
SPARK_MONTHS = 36
BAND = "#dfe5e8"


def spark_months(verdicts: Sequence[Verdict]) -> tuple[date, date] | None:
    """The 36 months up to the latest known: one axis for all small lines of a list."""
    latest = max((verdict.month for verdict in verdicts if verdict.month), default=None)
    return (months_after(latest, 1 - SPARK_MONTHS), latest) if latest else None


def draw_spark(verdict: Verdict, unit: Unit, first: date, last: date) -> Drawing | None:
    """A line of 36 months with its band and its last mark; dots alone where too few points are known."""
    shown = [one for one in verdict.marks if first <= one.month <= last]
    known = [one for one in shown if one.value is not None]
    if not known:
        return None
    axis = _spark_axis(shown)
    months = Months(first, last, SPARK_EDGE, SPARK_WIDTH - SPARK_EDGE)
    shapes = [*_bands(shown, axis, months, unit)]
    if not verdict.variation.is_empty or verdict.net_change is not None:
        shapes += [line(_places(run, axis, months)) for run in _runs(shown)]
        known = known[-1:]
    places = _places(known, axis, months)
    shapes += [mark(one.kind, x, y, 3.5, high=one.high) for one, (x, y) in zip(known, places, strict=True)]
    return Drawing(SPARK_WIDTH, SPARK_HEIGHT, "spark", tuple(shapes))


def _spark_axis(shown: Sequence[Mark]) -> Axis:
    drawn = [value for one in shown for value in (one.value, one.upper, one.lower) if value is not None]
    low, high = min(drawn), max(drawn)
    pad = 0.5 if low == high else 0.0
    return Axis(low - pad, high + pad, 1, SPARK_HEIGHT - SPARK_EDGE, SPARK_EDGE)


def _bands(shown: Sequence[Mark], axis: Axis, months: Months, unit: Unit) -> Iterator[Shape]:
    for (_, lower, upper), run in groupby(shown, key=lambda one: (one.phase, one.lower, one.upper)):
        run = list(run)
        if lower is not None and upper is not None:
            top, bottom = (round(axis.place(unit.clip(limit))) for limit in (upper, lower))
            yield rect(
                round(months.begin(run[0].month)), top, round(months.place(run[-1].month)), bottom, BAND
            )


def _runs(shown: Sequence[Mark]) -> Iterator[list[Mark]]:
    for (_, known), run in groupby(shown, key=lambda one: (one.phase, one.value is not None)):
        if known:
            yield list(run)


def _places(run: Sequence[Mark], axis: Axis, months: Months) -> list[tuple[int, int]]:
    return [(round(months.place(one.month)), round(axis.place(one.value or 0))) for one in run]
