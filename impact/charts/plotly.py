"""The same chart as a Plotly figure: plain data with the drawing's own geometry, for a script to draw."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from impact.charts.control import Event, Plot, end_labels, make_plot, within
from impact.charts.frames import NARROW, TOP, WIDE, Size, short_month
from impact.charts.scales import Months
from impact.charts.shapes import BAND, COLOURS
from impact.charts.trends import LINES, Line, shown_lines, trend_frames
from impact.months import month_words
from impact.units import Scale, Unit
from impact.verdict_parts import Mark, MarkKind, Verdict
from plans.drawing.shapes import GRID, INK, MUTED, RULE

SYMBOLS = {MarkKind.CONCERN: "square", MarkKind.UNUSUAL: "diamond"}
FONT = {"family": "arial, sans-serif", "size": 14, "color": INK}
HALF_A_MONTH = timedelta(days=15)
FLAG, BUBBLE = "M0 0V20L8 15L0 10", "M-6 18H6V9H2L0 3L-2 9H-6Z"


def build_figure(verdict: Verdict, unit: Unit, *, name: str, events: Sequence[Event] = ()) -> dict:
    """`data` and `layout` for Plotly.newPlot, and the `narrow` layout and marker size for a phone."""
    events = within(verdict, events)
    wide, narrow = (make_plot(verdict, unit, size, bool(events)) for size in (WIDE, NARROW))
    return {
        "data": [*_limits(wide), *_targets(verdict), *_event_words(wide, events), _values(wide, name)],
        "layout": _common(wide, events) | _geometry(wide),
        "narrow": {"layout": _geometry(narrow), "size": _sizes(_broken(verdict), 6)},
    }


def _values(plot: Plot, name: str) -> dict:
    """The line breaks at a month without a value and between two phases."""
    rows = list(_broken(plot.verdict))
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": [row.month.isoformat() for row in rows],
        "y": [row.value for row in rows],
        "connectgaps": False,
        "line": {"color": MUTED, "width": 1.5},
        "marker": {
            "size": _sizes(rows, 10),
            "color": [COLOURS.get(row.kind, MUTED) for row in rows],
            "symbol": [_symbol(row) for row in rows],
            "opacity": 1,
            "line": {"width": 0},
        },
        "text": [_hover(row, plot.unit) for row in rows],
        "hovertemplate": "%{text}<extra></extra>",
        "showlegend": False,
        "cliponaxis": False,
    }


def _broken(verdict: Verdict) -> Iterator[Mark]:
    for _, run in groupby(verdict.marks, key=lambda one: one.phase):
        run = list(run)
        yield from run
        if run[-1] is not verdict.marks[-1]:
            yield Mark(
                run[-1].month, None, run[-1].phase, MarkKind.MISSING, False, "", None, None, None, None
            )


def _sizes(rows: Iterable[Mark], size: int) -> list[int]:
    """A triangle fills half of its square only."""
    return [size + 4 if row.kind is MarkKind.IMPROVEMENT else size for row in rows]


def _symbol(row: Mark) -> str:
    if row.kind is MarkKind.IMPROVEMENT:
        return "triangle-up" if row.high else "triangle-down"
    return SYMBOLS.get(row.kind, "circle")


def _hover(row: Mark, unit: Unit) -> str:
    if row.value is None:
        return ""
    return f"{month_words(row.month)}: {Scale(unit, 2).say(row.value)}<br>{row.words}"


def _limits(plot: Plot) -> Iterator[dict]:
    """Per phase the lower limit, the upper one with the band between them, and the mean."""
    for phase in plot.verdict.phases:
        marks = plot.verdict.marks[phase.first : phase.end]
        x = [(marks[0].month - HALF_A_MONTH).isoformat(), (marks[-1].month + HALF_A_MONTH).isoformat()]
        first = marks[0]
        if first.lower is not None and first.upper is not None:
            yield _level(x, plot.unit.clip(first.lower), "Lower limit", "dash")
            upper = _level(x, plot.unit.clip(first.upper), "Upper limit", "dash")
            yield upper | {"fill": "tonexty", "fillcolor": BAND}
        if first.mean is not None:
            yield _level(x, first.mean, "Mean", "solid")


def _targets(verdict: Verdict) -> Iterator[dict]:
    for target, run in groupby(verdict.marks, key=lambda one: one.target):
        run = list(run)
        if target is not None:
            x = [run[0].month.isoformat(), run[-1].month.isoformat()]
            line = _level(x, target, "Target", "dashdot")
            yield line | {"line": {"color": INK, "width": 2, "dash": "dashdot"}}


def _level(x: list[str], y: float, name: str, dash: str) -> dict:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": x,
        "y": [y, y],
        "line": {"color": MUTED, "width": 1.2, "dash": dash},
        "hovertemplate": f"{name}: %{{y:.4~g}}<extra></extra>",
        "showlegend": False,
    }


def _event_words(plot: Plot, events: Sequence[Event]) -> Iterator[dict]:
    """What a flag or a remark says, shown when somebody points at it."""
    if events:
        yield {
            "type": "scatter",
            "mode": "markers",
            "name": "Events",
            "x": [event.day.replace(day=1).isoformat() for event in events],
            "y": [_value_at(plot, plot.size.bottom - 12) for _ in events],
            "marker": {"size": 20, "opacity": 0},
            "text": [event.words for event in events],
            "hovertemplate": "%{text}<extra></extra>",
            "showlegend": False,
        }


def _value_at(plot: Plot, height: float) -> float:
    """The value that stands at a height of the drawing, also below the axis's own lowest."""
    axis = plot.axis
    return axis.low + (axis.bottom - height) / (axis.bottom - axis.top) * (axis.high - axis.low)


def _common(plot: Plot, events: Sequence[Event]) -> dict:
    axis = {"linecolor": RULE, "tickfont": FONT | {"color": MUTED}, "fixedrange": True, "zeroline": False}
    steps = [plot.verdict.marks[phase.first].month for phase in plot.verdict.phases if phase.rebase]
    scale = Scale(plot.unit, 2)
    return {
        "font": FONT,
        "hovermode": "closest",
        "dragmode": False,
        "paper_bgcolor": "#fff",
        "plot_bgcolor": "#fff",
        "yaxis": axis
        | {
            "gridcolor": GRID,
            "range": [_value_at(plot, plot.size.bottom), plot.axis.high],
            "tickvals": plot.axis.ticks,
            "ticktext": [scale.number(tick) for tick in plot.axis.ticks],
            "showline": False,
        },
        "shapes": [
            *(_step_line((month - HALF_A_MONTH).isoformat()) for month in steps),
            *(_event_shape(event) for event in events),
        ],
    }


def _step_line(day: str) -> dict:
    line = {"color": INK, "width": 1.2}
    return {"type": "line", "x0": day, "x1": day, "yref": "paper", "y0": 0, "y1": 1, "line": line}


def _event_shape(event: Event) -> dict:
    return {
        "type": "path",
        "path": BUBBLE if event.is_remark else FLAG,
        "xsizemode": "pixel",
        "ysizemode": "pixel",
        "xanchor": event.day.replace(day=1).isoformat(),
        "yref": "paper",
        "yanchor": 0,
        "line": {"color": INK, "width": 1.2},
        "fillcolor": "#fff" if event.is_remark else INK,
    }


def _geometry(plot: Plot) -> dict:
    """The drawing's own margins and labels, so that taking over moves nothing."""
    size = plot.size
    margin = {"l": size.left, "r": size.width - size.right, "t": TOP, "b": size.height - size.bottom}
    steps = [phase for phase in plot.verdict.phases if phase.rebase]
    return {
        "height": size.height,
        "margin": margin,
        "xaxis": _months_axis(plot.months, size),
        "annotations": [
            *(_step_words(plot.verdict.marks[phase.first].month) for phase in steps),
            *(_label(plot, label) for label in end_labels(plot)),
        ],
    }


def _months_axis(months: Months, size: Size) -> dict:
    """The months of the drawing's own axis, with half a month of room at either side."""
    ticks = months.ticks(size.most_ticks)
    return {
        "type": "date",
        "range": [(months.first - HALF_A_MONTH).isoformat(), (months.last + HALF_A_MONTH).isoformat()],
        "tickvals": [month.isoformat() for month in ticks],
        "ticktext": [short_month(month, narrow=not size.has_margin) for month in ticks],
        "tickfont": FONT | {"color": MUTED},
        "linecolor": RULE,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def _step_words(month) -> dict:
    day = (month - HALF_A_MONTH).isoformat()
    words = f"Step change, {month:%b %Y}"
    place = {"x": day, "y": 1, "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    return {"text": words, "showarrow": False, "font": FONT} | place


def _label(plot: Plot, label) -> dict:
    y = (plot.size.bottom - float(label.y) + 5) / (plot.size.bottom - TOP)
    # A weight of its own: bold by markup would be an inline style, which the page's policy forbids.
    font = FONT | ({"weight": 700} if "b" in label.style.split() else {})
    font |= {"color": "#a5360a"} if "c" in label.style.split() else {}
    place = {"x": 1.012, "xanchor": "left"} if plot.size.has_margin else {"x": 0.99, "xanchor": "right"}
    place |= {"xref": "paper", "yref": "paper", "y": y, "yanchor": "middle"}
    return {"text": label.words, "showarrow": False, "font": font} | place


def build_trend(lines: Sequence[Line], first: date, last: date) -> dict:
    """The lines of counts at one time, with no verdict, under a legend of their names."""
    traces = [_trend_line(n, line) for n, line in enumerate(shown_lines(lines, first, last))]
    wide, narrow = ({"xaxis": _months_axis(months, size)} for months, size in trend_frames(first, last))
    layout = {
        "font": FONT,
        "hovermode": "x unified",
        "dragmode": False,
        "height": 330,
        "margin": {"l": 48, "r": 24, "t": 40, "b": 32},
        "yaxis": {
            "tickfont": FONT | {"color": MUTED},
            "gridcolor": GRID,
            "rangemode": "tozero",
            "fixedrange": True,
            "zeroline": False,
        },
        "legend": {"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0},
    }
    return {"data": traces, "layout": layout | wide, "narrow": {"layout": narrow, "size": 4}}


def _trend_line(n: int, line: Line) -> dict:
    colour, dash, shape = LINES[n]
    return {
        "type": "scatter",
        "mode": "lines+markers" if shape else "lines",
        "name": line.name,
        "x": [mark.month.isoformat() for mark in line.verdict.marks],
        "y": [mark.value for mark in line.verdict.marks],
        "line": {"color": colour, "width": 2, "dash": "dash" if dash else "solid"},
        "marker": {"size": 6, "color": colour, "symbol": shape or "circle"},
        "connectgaps": False,
    }
