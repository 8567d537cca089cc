"""The board's measures in a pack: each with its sentence and drawing, and the short list of the summary."""

from collections.abc import Iterable
from itertools import accumulate

from impact.charts.control import draw_chart
from impact.charts.frames import NARROW, Size
from impact.months import month_words
from impact.rows import GROUP_PHRASES, MeasureRow
from improvement.packs.papers import Papers
from improvement.packs.telling import chart_of, drawing_of, icon_of
from plans.wording.phrases import plural, shortened

# On the first page: so many rows, and fewer where their names take two lines, for all to stand on one page.
MOST_ON_SUMMARY, MOST_HEIGHT = 8, 19
LONGEST_ON_SUMMARY, LONGEST_IN_A_LINE = 60, 32
# As wide as the text of a printed page, so that its words are not scaled down.
PAPER = Size("paper", 680, 250, 46, 528, 218, 3.6, 4, 40)


def measures(papers: Papers) -> dict:
    """Those that can be judged, concern first; apart from them counts at one time, which have no verdict."""
    panel = papers.measures.panel
    return {
        "judged": [_measure(papers, row) for row in panel.rows],
        "stocks": [_measure(papers, row) for row in panel.stocks],
    }


def better_off(papers: Papers) -> dict:
    """The summary's answer to "are children better off?"; at most eight rows."""
    panel = papers.measures.panel
    span = panel.spark_span
    shown = _fitting(row.name for row in panel.rows[:MOST_ON_SUMMARY])
    return {
        "heading": _heading(papers),
        "span": f"{span[0]:%b %Y} to {span[1]:%b %Y}" if span else "",
        "rows": [_line(papers, row) for row in panel.rows[:shown]],
        "more": len(panel.rows) - shown,
    }


def _fitting(names: Iterable[str]) -> int:
    """How many rows with these names fit; one whose name takes two lines is half as high again."""
    heights = accumulate(3 if len(name) > LONGEST_IN_A_LINE else 2 for name in names)
    return sum(height <= MOST_HEIGHT for height in heights)


def _heading(papers: Papers) -> str:
    """Such as "2 of 8 measures are in concern, 1 is improving"."""
    (_, concern), *others = papers.measures.panel.counts
    total = papers.measures.total
    if not total:
        return "no measure is linked, so the board cannot see a difference"
    first = f"{concern or 'none'} of {plural(total, 'measure')} {'are' if concern > 1 else 'is'} in concern"
    improving = next(number for group, number in others if GROUP_PHRASES[group] == "improving")
    return f"{first}, {improving or 'none'} {'are' if improving > 1 else 'is'} improving"


def _line(papers: Papers, row: MeasureRow) -> dict:
    return {
        "name": shortened(row.name, LONGEST_ON_SUMMARY),
        "latest": row.latest or "No data",
        "month": f"{row.month:%b %Y}" if row.month else "",
        "variation": icon_of(row.variation, low_is_good=row.low_is_good),
        "spark": drawing_of(papers.measures.panel.spark(row)),
    }


def _measure(papers: Papers, row: MeasureRow) -> dict:
    judged = not (row.measure.is_stock and not row.is_change)
    verdict = row.verdict
    return {
        "name": row.name,
        "remark": row.remark,
        "latest": row.latest,
        "month": month_words(row.month) if row.month else "",
        "no_data": row.no_data,
        "variation": icon_of(row.variation, low_is_good=row.low_is_good) if judged else None,
        "assurance": row.assurance.said if judged and not row.assurance.is_empty else "",
        "expected": row.expected,
        "target": row.target,
        "sentence": verdict.headline,
        "notes": list(verdict.notes),
        "rules": verdict.rules,
        "chart": chart_of(draw_chart(verdict, row.unit, name=row.name, sizes=(PAPER, NARROW))),
        "months": _months(row),
    }


def _months(row: MeasureRow) -> list[list]:
    """The month as "2026-03", its value and how that is written; the latest first."""
    known = [mark for mark in row.verdict.marks if mark.value is not None]
    return [
        [f"{mark.month:%Y-%m}", round(mark.value, 4), row.scale.number(mark.value)] for mark in known[::-1]
    ]
