import math
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from plotly.graph_objects import Figure

from impact.charts.control import Event, draw_chart, end_labels, make_plot
from impact.charts.frames import NARROW, TOP, WIDE
from impact.charts.icons import draw_icon
from impact.charts.plotly import build_figure, build_trend
from impact.charts.scales import Months, make_axis, round_step, spread
from impact.charts.shapes import COLOURS
from impact.charts.sparks import draw_spark, spark_months
from impact.charts.trends import Line, draw_trend
from impact.icons import ASSURANCE_ICONS, EMPTY, VARIATION_ICONS
from impact.months import months_after
from impact.units import Unit
from impact.verdict_parts import MarkKind, Target
from plans.drawing.shapes import Circle, Path, fitted, width_of
from tests.impact.charting import APRIL, SERIES, full, marks, texts, told, words

values = st.lists(st.one_of(st.none(), st.integers(0, 100)), min_size=1, max_size=40).filter(
    lambda found: any(value is not None for value in found)
)


def wide_and_narrow(verdict, **more):
    return draw_chart(verdict, Unit.PERCENT, name="Contacts on time", **more).drawings


@given(values=values, target=st.one_of(st.none(), st.integers(0, 100)))
def test_every_mark_lies_inside_the_plot(values, target):
    targets = [] if target is None else [Target(target)]
    for drawing, size in zip(wide_and_narrow(told(values, targets=targets)), (WIDE, NARROW), strict=True):
        for shape in drawing.shapes:
            if isinstance(shape, Circle):
                assert size.left <= float(shape.x) <= size.right
                assert TOP <= float(shape.y) <= size.bottom


@given(values=values)
@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_labels_at_the_end_never_touch(size, values):
    labels = list(end_labels(make_plot(told(values), Unit.PERCENT, size, has_events=True)))
    heights = sorted(float(label.y) for label in labels)
    assert all(below - above >= 16.9 for above, below in pairwise(heights))
    assert all(TOP <= height <= size.bottom for height in heights)


def test_a_full_chart_says_what_its_lines_are():
    wide, narrow = wide_and_narrow(full())
    assert words(wide)[-5:] == [
        "Target 90%",
        "Upper limit 78%",
        "Mean 69%",
        "Lower limit 60%",
        "52% in March",
    ]
    assert words(narrow)[-2:] == ["Target 90%", "52%"]
    assert "Step change agreed, Oct 2018: A joint front door opens" in words(wide)
    assert "Step change, Oct 18" in words(narrow)


def test_marks_are_shapes_as_well_as_colours():
    wide, _ = wide_and_narrow(full())
    assert [type(shape).__name__ for shape in marks(wide, COLOURS[MarkKind.CONCERN])] == ["Rect"] * 7
    assert {type(shape).__name__ for shape in marks(wide, COLOURS[MarkKind.USUAL])} == {"Circle"}
    risen = told([50, 52, 49, 51, 50, 48, 51, 50, 52, 49, 51, 50, 49, 75])
    [triangle] = marks(wide_and_narrow(risen)[0], COLOURS[MarkKind.IMPROVEMENT])
    assert triangle.d.count("L") == 2


def test_the_title_holds_the_whole_message():
    chart = draw_chart(full(), Unit.PERCENT, name="Contacts on time")
    assert chart.title.startswith(
        "Contacts on time, April 2017 to March 2020. Concern: 52% in March 2020, below the expected range"
    )
    assert "The target of 90% took effect in April 2018." in chart.title
    assert "Step change in October 2018: A joint front door opens. Agreed by The board." in chart.title


@pytest.mark.parametrize(
    ("values", "unit", "low", "words"),
    [
        (SERIES, Unit.PERCENT, 50, "The axis starts at 50%."),
        ((480, 500, 520), Unit.COUNT, 0, ""),
        ((0, 3, 7), Unit.RATE, 0, ""),
        ((-3, 5, 2), Unit.CHANGE, -3, ""),
    ],
)
def test_the_axis_says_where_it_starts(values, unit, low, words):
    verdict = told(values, unit=unit)
    assert make_plot(verdict, unit, WIDE, has_events=False).axis.low == pytest.approx(low, abs=1)
    assert draw_chart(verdict, unit, name="It").axis_words == words


def test_a_gap_breaks_the_line():
    wide, _ = wide_and_narrow(told([50, 52, None, 51, 53, 50]))
    lines = [
        shape for shape in wide.shapes if isinstance(shape, Path) and shape.d.count("L") and not shape.dash
    ]
    assert [line.d.count("L") for line in lines] == [1, 2]


def test_under_thirteen_months_there_are_no_limits():
    wide, _ = wide_and_narrow(told([50, 52, 49, 51]))
    assert [label for label in words(wide) if "limit" in label] == []
    assert "Mean 50.5%" in words(wide)


def test_events_stand_on_the_time_axis_below_every_value():
    done, remark = (
        Event(date(2019, 6, 17), "Action 6 done"),
        Event(date(2019, 9, 1), "Two teams merged", True),
    )
    late = Event(date(2026, 1, 1), "Action 9 done")
    wide, narrow = wide_and_narrow(full(), events=[remark, done, late])
    assert "Action 6 done" in words(wide)
    assert "Action 9 done" not in words(wide)
    assert "Two teams merged" not in words(wide)
    lowest = max(float(shape.y) for shape in wide.shapes if isinstance(shape, Circle))
    assert lowest <= WIDE.bottom - WIDE.lane
    assert "Action 6 done" not in words(narrow)


def test_words_of_flags_keep_apart():
    events = [Event(months_after(APRIL, 20 + n), f"Action {n} done") for n in range(8)]
    wide, _ = wide_and_narrow(full(), events=events)
    rows = {}
    for label in texts(wide):
        if label.words.startswith("Action"):
            rows.setdefault(label.y, []).append((float(label.x) - width_of(label.words), float(label.x)))
    for spans in rows.values():
        assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_nothing_is_drawn_of_no_values():
    assert draw_chart(told([None, None]), Unit.PERCENT, name="It") is None
    assert draw_spark(told([None]), Unit.PERCENT, APRIL, APRIL) is None
    assert draw_trend([], APRIL, APRIL) is None


@pytest.mark.parametrize(
    ("least", "step"), [(0.7, 1), (1.0, 1), (1.2, 2), (2.2, 2.5), (3, 5), (70, 100), (0.03, 0.05)]
)
def test_steps_are_round(least, step):
    assert round_step(least) == pytest.approx(step)


@given(values=st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20))
@example(values=[0.0, 5e-324])
@example(values=[1e-05, -30001.0])
def test_an_axis_holds_every_value_between_its_first_and_last_tick(values):
    axis = make_axis(values, Unit.CHANGE, bottom=388, top=30)
    assert 2 <= len(axis.ticks) <= 9
    unseen = axis.step / 1e6
    assert axis.low <= min(values) + unseen
    assert max(values) <= axis.high + unseen


@given(
    wanted=st.lists(st.floats(0, 400), min_size=1, max_size=8),
)
def test_spread_keeps_order_and_distance(wanted):
    placed = spread(wanted, 17, 30, 388)
    order = sorted(range(len(wanted)), key=lambda n: wanted[n])
    heights = [placed[n] for n in order]
    assert all(below - above >= 17 - 1e-6 for above, below in pairwise(heights))
    assert all(30 - 1e-6 <= height <= 388 + 1e-6 for height in heights)


@pytest.mark.parametrize("count", [1, 2, 5, 13, 36, 60, 120, 400])
def test_months_have_few_labels_that_do_not_touch(count):
    months = Months(APRIL, months_after(APRIL, count - 1), 48, 950)
    ticks = months.ticks(7)
    places = [months.place(month) for month in ticks]
    assert ticks[0] == APRIL
    assert len(ticks) <= 8
    assert all(after - before > 60 for before, after in pairwise(places))


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [("Short", 100, "Short"), ("A longer text that is cut", 100, "A longer tex…"), ("Long enough", 40, "")],
)
def test_words_are_cut_to_fit(text, width, shown):
    assert fitted(text, width) == shown


def test_a_small_line_has_a_band_a_line_and_its_last_mark():
    verdict = full()
    spark = draw_spark(verdict, Unit.PERCENT, *spark_months([verdict]))
    assert [shape.kind for shape in spark.shapes] == ["rect", "rect", "path", "path", "rect"]


def test_a_short_history_is_dots_at_the_end_of_the_shared_months():
    short = told([30, 33, 31], first=months_after(APRIL, 33))
    spark = draw_spark(short, Unit.PERCENT, *spark_months([full(), short]))
    assert [shape.kind for shape in spark.shapes] == ["circle"] * 3
    assert min(float(shape.x) for shape in spark.shapes) > 180


@pytest.mark.parametrize("key", [*VARIATION_ICONS, *ASSURANCE_ICONS, EMPTY])
def test_each_icon_is_drawn_in_its_ring(key):
    ring, *inside = draw_icon(key).shapes
    assert ring.fill == "#fff"
    assert len(inside) >= 1


def test_icons_differ_and_assurance_turns_with_the_good_direction():
    keys = [*VARIATION_ICONS, *ASSURANCE_ICONS, EMPTY]
    assert len({draw_icon(key).shapes for key in keys}) == len(keys)
    assert draw_icon("pass").shapes != draw_icon("pass", low_is_good=True).shapes


def test_a_trend_marks_each_month_with_its_lines_own_shape():
    """All marks of a line as one path, since a dashboard has to stay small."""
    lines = [Line(name, told([10, None, 12])) for name in ("Children looked after", "Children in need")]
    wide = draw_trend(lines, APRIL, months_after(APRIL, 2)).drawings[0]
    [circles] = [shape for shape in wide.shapes if isinstance(shape, Path) and shape.cap == "round"]
    [squares] = marks(wide, "#8a3b00")
    assert (circles.stroke, circles.width, circles.d.count("h0")) == ("#12344d", 5.2, 2)
    assert squares.d.count("h5.2v5.2h-5.2z") == 2


def test_a_trend_names_its_lines_at_their_ends():
    lines = [
        Line("Looked after", told([600, 610, 624], unit=Unit.COUNT, is_stock=True)),
        Line("Protection plan", told([360, 365, 370], unit=Unit.COUNT, is_stock=True)),
    ]
    chart = draw_trend(lines, APRIL, months_after(APRIL, 2))
    assert words(chart.drawings[0])[-2:] == ["624 Looked after", "370 Protection plan"]
    assert chart.title.startswith("April 2017 to June 2017. Looked after: 624 in June 2017.")


def test_a_trends_name_stands_above_its_line_where_there_is_no_margin():
    values = {"Looked after": [900, 900, 900, 900], "Protection plan": [400, 390, 380, 310]}
    lines = [Line(name, told(each, unit=Unit.COUNT, is_stock=True)) for name, each in values.items()]
    wide, narrow = draw_trend(lines, APRIL, months_after(APRIL, 3)).drawings
    [path] = [one for one in narrow.shapes if isinstance(one, Path) and one.stroke == "#8a3b00"]
    heights = [float(point.split()[1]) for point in path.d[1:].split("L")]
    beside, above = texts(wide)[-1], texts(narrow)[-1]
    assert (beside.words, above.words) == ("310 Protection plan", "310 Protection plan")
    assert (beside.anchor, above.anchor) == ("start", "end")
    assert heights[-1] > heights[2] == float(above.y) + 10


@pytest.mark.parametrize("verdict", [full(), told([50, None, 52]), told([4, 9], unit=Unit.COUNT)])
def test_the_figure_holds_the_same_values(verdict):
    figure = build_figure(verdict, Unit.PERCENT, name="It", events=[Event(APRIL, "A remark", True)])
    drawn = figure["data"][-1]
    known = [one for one in verdict.marks if one.value is not None]
    assert [y for y in drawn["y"] if y is not None] == [one.value for one in known]
    assert set(drawn["marker"]["color"]) >= {COLOURS[one.kind] for one in known}
    low, high = figure["layout"]["yaxis"]["range"]
    assert all(low <= one.value <= high and math.isfinite(one.value) for one in known)


@pytest.mark.parametrize(
    "figure",
    [
        build_figure(full(), Unit.PERCENT, name="It", events=[Event(APRIL, "A remark", True)]),
        build_trend(
            [Line("It", told([4, 9], unit=Unit.COUNT, is_stock=True))], APRIL, months_after(APRIL, 1)
        ),
    ],
    ids=["control chart", "trend"],
)
def test_plotly_knows_every_name_in_the_figures(figure):
    narrow = figure["layout"] | figure["narrow"]["layout"]
    for layout in (figure["layout"], narrow):
        assert len(Figure(data=figure["data"], layout=layout, skip_invalid=False).data) == len(figure["data"])
