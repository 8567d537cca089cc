"""A verdict drawn as a control chart: values in, shapes out, for a template to write as SVG.

Two drawings of the same data, wide and narrow, so that labels are never scaled down to nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from impact.charts.frames import NARROW, TOP, WIDE, Chart, Size, draw_grid, draw_months, short_month
from impact.charts.scales import Axis, Months, make_axis, spread
from impact.charts.shapes import BAND, flag, mark, remark
from impact.months import month_words
from impact.units import Scale, Unit, exact, scale_for
from impact.verdict_parts import Mark, MarkKind, Phase, Verdict
from plans.drawing.shapes import (
    INK,
    MUTED,
    Drawing,
    Path,
    Shape,
    Text,
    fitted,
    level,
    line,
    number,
    rect,
    text,
    width_of,
)

LABEL_GAP = 17
MOST_FLAG_WORDS = 300
TARGET_DASH, LIMIT_DASH = "10 4 2 4", "5 4"


@dataclass(frozen=True, slots=True)
class Event:
    """Something to mark on the time axis: an action completed, or a remark on a month."""

    day: date
    words: str
    is_remark: bool = False


@dataclass(frozen=True, slots=True)
class Plot:
    """What is drawn, and where."""

    verdict: Verdict
    unit: Unit
    size: Size
    axis: Axis
    months: Months

    def at(self, one: Mark) -> tuple[float, float]:
        return self.months.place(one.month), self.axis.place(one.value or 0.0)

    @property
    def known(self) -> list[Mark]:
        return [one for one in self.verdict.marks if one.value is not None]


def draw_chart(
    verdict: Verdict,
    unit: Unit,
    *,
    name: str,
    events: Sequence[Event] = (),
    sizes: Sequence[Size] = (WIDE, NARROW),
) -> Chart | None:
    """The chart of a verdict in its unit and in these sizes, or None where no month has a value."""
    if not any(one.value is not None for one in verdict.marks):
        return None
    events = within(verdict, events)
    plots = [make_plot(verdict, unit, size, bool(events)) for size in sizes]
    return Chart(
        title=say_title(verdict, name),
        drawings=tuple(_draw(plot, events) for plot in plots),
        axis_words=_axis_words(plots[0]),
        kinds=frozenset(_kinds(verdict, events)),
    )


def within(verdict: Verdict, events: Iterable[Event]) -> list[Event]:
    """Those in the verdict's months, in order of day."""
    first, last = verdict.marks[0].month, verdict.marks[-1].month
    found = [event for event in events if first <= event.day.replace(day=1) <= last]
    return sorted(found, key=lambda one: one.day)


def say_title(verdict: Verdict, name: str) -> str:
    """The whole message, for whoever can't see the drawing."""
    first, last = verdict.marks[0].month, verdict.marks[-1].month
    said = [f"{name}, {month_words(first)} to {month_words(last)}.", verdict.headline, *verdict.notes]
    return " ".join([*said, *([f"{verdict.no_data}."] if verdict.no_data else [])])


def make_plot(verdict: Verdict, unit: Unit, size: Size, has_events: bool) -> Plot:
    """Where all lies, for this drawing and for whatever else takes its place."""
    drawn = [
        value
        for one in verdict.marks
        for value in (one.value, one.mean, one.upper, one.lower, one.target)
        if value is not None
    ]
    months = Months(verdict.marks[0].month, verdict.marks[-1].month, size.left, size.right)
    bottom = size.bottom - size.lane * has_events
    return Plot(verdict, unit, size, make_axis(drawn, unit, bottom=bottom, top=TOP), months)


def _draw(plot: Plot, events: Sequence[Event]) -> Drawing:
    shapes = [
        *draw_grid(plot.axis, plot.unit, plot.size),
        *draw_months(plot.months, plot.size),
        *(shape for phase in plot.verdict.phases for shape in _phase(plot, phase)),
        *_targets(plot),
        *_step_changes(plot),
        *_events(plot, events),
        *(line(points) for points in segments(plot.verdict, plot.at)),
        *(mark(one.kind, *plot.at(one), plot.size.radius, high=one.high) for one in plot.known),
        *end_labels(plot),
    ]
    return Drawing(plot.size.width, plot.size.height, plot.size.kind, tuple(shapes))


def _phase(plot: Plot, phase: Phase) -> Iterator[Shape]:
    """The band between the limits with its edges, and the mean; only what lies on the axis."""
    left, right = _reach(plot, phase)
    first = plot.verdict.marks[phase.first]
    if first.lower is not None and first.upper is not None:
        upper = plot.axis.place(plot.unit.clip(first.upper))
        lower = plot.axis.place(plot.unit.clip(first.lower))
        yield rect(left, upper, right, lower, BAND)
        yield level(left, right, upper, MUTED, 1.2, LIMIT_DASH)
        yield level(left, right, lower, MUTED, 1.2, LIMIT_DASH)
    if first.mean is not None:
        yield level(left, right, plot.axis.place(first.mean), MUTED, 1.5)


def _reach(plot: Plot, phase: Phase) -> tuple[float, float]:
    """From the boundary before a phase's first month to the one before the next phase's."""
    marks, months = plot.verdict.marks, plot.months
    left = months.begin(marks[phase.first].month) if phase.first else plot.size.left
    right = months.begin(marks[phase.end].month) if phase.end < len(marks) else plot.size.right
    return left, right


def _targets(plot: Plot) -> Iterator[Shape]:
    """A line for each target from its month until the next one's."""
    marks = list(plot.verdict.marks)
    for target, run in groupby(marks, key=lambda one: one.target):
        run = list(run)
        if target is None:
            continue
        follower = marks.index(run[-1]) + 1
        last = run[-1].month if follower == len(marks) else marks[follower].month
        right = plot.size.right if follower == len(marks) else plot.months.place(last)
        left = plot.months.place(run[0].month) if len(marks) > 1 else plot.size.left
        yield level(left, right, plot.axis.place(target), INK, 2, TARGET_DASH)


def _step_changes(plot: Plot) -> Iterator[Shape]:
    """A line of full height for each, its words beside its top as far as they fit."""
    begun = [phase for phase in plot.verdict.phases if phase.rebase]
    places = [plot.months.begin(plot.verdict.marks[phase.first].month) for phase in begun]
    for n, (phase, x) in enumerate(zip(begun, places, strict=True)):
        yield Path(f"M{number(x)} {number(TOP - 8)}V{number(plot.size.bottom)}", INK, 1.2)
        month = short_month(plot.verdict.marks[phase.first].month, narrow=not plot.size.has_margin)
        reason = phase.rebase.reason.rstrip(".") if phase.rebase and plot.size.has_margin else ""
        words = f"Step change agreed, {month}: {reason}" if reason else f"Step change, {month}"
        end = places[n + 1] if n + 1 < len(places) else plot.size.width
        start = places[n - 1] if n else 0.0
        if fitted(words, end - x - 12):
            yield text(x + 6, 16, fitted(words, end - x - 12))
        elif not n or x - start > 2 * width_of(words):
            yield text(x - 6, 16, fitted(words, x - start - 12), "end")


def _events(plot: Plot, events: Sequence[Event]) -> Iterator[Shape]:
    """Flags and remarks on the time axis; a flag's words where nothing else stands."""
    free = [plot.size.left, plot.size.left]
    for event in events:
        x = plot.months.place(event.day.replace(day=1))
        if event.is_remark:
            yield remark(x, plot.size.bottom)
            continue
        height, words = _flag_words(plot, event, x, free)
        yield flag(x, plot.size.bottom, height)
        if words:
            yield words


def _flag_words(plot: Plot, event: Event, x: float, free: list[float]) -> tuple[float, Text | None]:
    """How high a flag stands, with its words to the left where one of two rows is still `free` for them."""
    if plot.size.has_margin:
        for row, start in enumerate(free):
            words = fitted(event.words, min(x - 8 - start, MOST_FLAG_WORDS))
            if words:
                free[row] = x + 10
                height = 22 + row * 20
                return height, text(x - 5, plot.size.bottom - height + 12, words, "end", "m")
    return 22, None


def segments(verdict: Verdict, at) -> Iterator[list[tuple[float, float]]]:
    """The line through the values, broken at each phase and each month without a value."""
    for (_, known), run in groupby(verdict.marks, key=lambda one: (one.phase, one.value is not None)):
        points = [at(one) for one in run] if known else []
        if len(points) > 1:
            yield points


def end_labels(plot: Plot) -> Iterator[Text]:
    """What each line is, at its end; labels that would touch move apart."""
    wanted = list(_end_words(plot)) if plot.size.has_margin else list(_own_words(plot))
    heights = spread([y for y, *_ in wanted], LABEL_GAP, TOP + 5, plot.axis.bottom - 2)
    for (_, words, style), y in zip(wanted, heights, strict=True):
        if plot.size.has_margin:
            yield text(plot.size.right + 12, y, words, style=style)
        else:
            yield text(plot.size.right - 4, y, words, "end", style)


def _end_words(plot: Plot) -> Iterator[tuple[float, str, str]]:
    """(height, words, style) of the labels beside the wide drawing."""
    last, latest = plot.verdict.marks[-1], plot.known[-1]
    limits = None if last.lower is None or last.upper is None else (last.lower, last.upper)
    scale = scale_for(plot.unit, latest.value or 0.0, limits, last.target)
    if last.target is not None:
        yield plot.axis.place(last.target) + 5, f"Target {exact(plot.unit).number(last.target)}", "b"
    if limits:
        yield plot.axis.place(limits[1]) + 5, f"Upper limit {scale.number(plot.unit.clip(limits[1]))}", ""
    if last.mean is not None:
        yield plot.axis.place(last.mean) + 5, f"Mean {scale.number(last.mean)}", ""
    if limits:
        yield plot.axis.place(limits[0]) + 5, f"Lower limit {scale.number(plot.unit.clip(limits[0]))}", ""
    words = f"{scale.number(latest.value or 0.0)} in {latest.month:%B}"
    yield plot.axis.place(latest.value or 0.0) + 5, words, _value_style(latest)


def _own_words(plot: Plot) -> Iterator[tuple[float, str, str]]:
    """The target above its line, and the latest value clear of the line that leads to it."""
    known, target = plot.known, plot.verdict.marks[-1].target
    if target is not None:
        yield plot.axis.place(target) - 6, f"Target {exact(plot.unit).number(target)}", "b"
    value = known[-1].value or 0.0
    falls = len(known) > 1 and (known[-2].value or 0.0) > value
    y = plot.axis.place(value) + (19 if falls else -10)
    yield y, scale_for(plot.unit, value, None, target).number(value), _value_style(known[-1])


def _value_style(latest: Mark) -> str:
    return "c b" if latest.kind is MarkKind.CONCERN else "b"


def _axis_words(plot: Plot) -> str:
    if plot.axis.low == 0 or plot.unit is Unit.CHANGE:
        return ""
    return f"The axis starts at {Scale(plot.unit, 2).number(plot.axis.low)}."


def _kinds(verdict: Verdict, events: Iterable[Event]) -> Iterator[str]:
    """What a key under the chart has to explain."""
    yield from (one.kind for one in verdict.marks if one.kind is not MarkKind.MISSING)
    for name in ("mean", "upper", "target"):
        if any(getattr(one, name) is not None for one in verdict.marks):
            yield name
    yield from ("remark" if event.is_remark else "flag" for event in events)
    if any(phase.rebase for phase in verdict.phases):
        yield "step"
