"""What pages say of a measure's months: more careful than `impact.spc.analyse`, and made from it.

Below 13 points a phase has no limits and no icon, limits that collapsed are not used, absent months count as
missing, the last month with a value carries the icons, and the verdict before a step change stays until the
new phase has 13 points. A stock is not judged; its net monthly change is. Nothing here starts a new phase.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from impact import verdict_words as words
from impact.icons import AGAINST_LATEST, ASSURANCE_ICONS, VARIATION_ICONS, Icon, no_icon
from impact.months import fill_months, month_of
from impact.spc import Analysis, Improvement, Point, PointType, analyse, assure, choose_variation
from impact.spc_limits import Limits
from impact.units import Unit
from impact.verdict_notes import say_no_data, say_notes, say_rules
from impact.verdict_parts import (
    LEAST_POINTS,
    PAGE_RULES,
    Grounds,
    Mark,
    MarkKind,
    Phase,
    Rebase,
    Target,
    Terms,
    Verdict,
    meets,
)

__all__ = ["PAGE_RULES", "Rebase", "Target", "Terms", "Verdict", "verdict"]

FLAT = 1e-9
KINDS = {
    PointType.COMMON: MarkKind.USUAL,
    PointType.IMPROVEMENT: MarkKind.IMPROVEMENT,
    PointType.CONCERN: MarkKind.CONCERN,
    PointType.NEUTRAL_HIGH: MarkKind.UNUSUAL,
    PointType.NEUTRAL_LOW: MarkKind.UNUSUAL,
}
NO_DATA = no_icon("No data", "no month has a value")


def verdict(readings: Mapping[date, float | None], terms: Terms, *, through: date | None = None) -> Verdict:
    """The marks, icons and sentences of a measure whose months hold `readings`, in the unit of `terms`.

    `through` is the month that a report runs to: months after the last reading count as missing. Raises
    ValueError with a sentence where two values share a month, one is no number, or limits are fixed too soon.
    """
    rows = fill_months(readings, through=through, every=terms.every)
    if all(value is None for value in rows.values()):
        return _nothing_known(rows, terms)
    months, values = list(rows), list(rows.values())
    rebases = _rebases_within(months, terms.rebases)
    analysis = analyse(
        values,
        improvement=terms.improvement,
        rebase=list(rebases),
        fix_after=terms.fix_after,
        screen=terms.screen,
        rules=terms.rules,
    )
    phases = _find_phases(analysis, rebases, terms)
    marks = _draw_marks(months, analysis, phases, terms)
    found = _judge(marks, phases, analysis, terms)
    return replace(found, net_change=_net_change(rows, terms)) if terms.is_stock else found


def _judge(marks: Sequence[Mark], phases: Sequence[Phase], analysis: Analysis, terms: Terms) -> Verdict:
    shown = _shown_phase(phases)
    latest, judged = _last_known(marks), _last_known(marks[: shown.end])
    story = words.Story(marks, shown, judged, analysis.points[judged].cause, terms)
    held = shown is not phases[-1] and shown.known >= LEAST_POINTS
    fact = words.latest_words(marks[latest], terms.unit) if held else words.say_fact(story)
    headline = words.held_words(story, marks[latest], phases[-1]) if held else words.say_headline(story)
    return Verdict(
        marks=tuple(marks),
        phases=tuple(phases),
        month=marks[latest].month,
        value=marks[latest].value,
        judged=marks[judged].month,
        variation=_variation_icon(shown, analysis.points[judged], terms),
        assurance=_assurance_icon(shown, marks[judged].target, marks[latest], terms),
        target=marks[judged].target,
        expected=words.say_expected(story),
        fact=fact,
        headline=headline,
        notes=tuple(say_notes(story, phases)),
        no_data=say_no_data(marks),
        missing=tuple(mark.month for mark in marks if mark.value is None),
        rules=say_rules(terms),
        floor=terms.unit.floor,
        ceiling=terms.unit.ceiling,
        held=phases[-1].rebase if held else None,
    )


def _nothing_known(rows: Mapping[date, float | None], terms: Terms) -> Verdict:
    blank = Mark(date.min, None, 0, MarkKind.MISSING, False, words.NO_DATA, None, None, None, None)
    return Verdict(
        marks=tuple(replace(blank, month=month, target=terms.target_at(month)) for month in rows),
        phases=(),
        month=None,
        value=None,
        judged=None,
        variation=NO_DATA,
        assurance=NO_DATA,
        target=None,
        expected="",
        fact="No month has a value yet.",
        headline="No month has a value yet.",
        notes=(),
        no_data="",
        missing=tuple(rows),
        rules=say_rules(terms),
        floor=terms.unit.floor,
        ceiling=terms.unit.ceiling,
    )


def _rebases_within(months: Sequence[date], rebases: Sequence[Rebase]) -> dict[int, Rebase]:
    """By the index of the new phase's first row; a step change outside the series begins nothing."""
    agreed = {month_of(rebase.month): rebase for rebase in rebases}
    return {n: agreed[month] for n, month in enumerate(months) if n and month in agreed}


def _find_phases(analysis: Analysis, rebases: Mapping[int, Rebase], terms: Terms) -> list[Phase]:
    bounds = [0, *rebases, len(analysis.points)]
    phases = []
    for number, (first, end) in enumerate(pairwise(bounds)):
        points = analysis.points[first:end]
        known = [point.value for point in points if point.value is not None]
        grounds = Grounds.STOCK if terms.is_stock else _find_grounds(known, points[0].limits)
        limits = points[0].limits
        phases.append(Phase(number, first, end, len(known), grounds, limits, rebases.get(first)))
    return phases


def _find_grounds(known: Sequence[float], limits: Limits) -> Grounds:
    if len(known) < LEAST_POINTS:
        return Grounds.FEW
    if min(known) == max(known):
        return Grounds.SAME
    if limits.upper is None or limits.lower is None or limits.mean is None:
        return Grounds.GAPS
    narrow = limits.upper - limits.lower <= FLAT * max(1.0, abs(limits.mean))
    return Grounds.FLAT if narrow else Grounds.JUDGED


def _shown_phase(phases: Sequence[Phase]) -> Phase:
    """The last phase with enough points, so that no step change hides the verdict before it; or the last."""
    known = [phase for phase in phases if phase.known]
    enough = [phase for phase in known if phase.known >= LEAST_POINTS or phase.grounds is Grounds.STOCK]
    return (enough or known)[-1]


def _last_known(marks: Sequence[Mark]) -> int:
    return max(n for n, mark in enumerate(marks) if mark.value is not None)


def _draw_marks(
    months: Sequence[date], analysis: Analysis, phases: Sequence[Phase], terms: Terms
) -> list[Mark]:
    marks = []
    for phase in phases:
        for n in range(phase.first, phase.end):
            marks.append(_draw_mark(months[n], analysis.points[n], phase, terms))
    return marks


def _draw_mark(month: date, point: Point, phase: Phase, terms: Terms) -> Mark:
    kind = KINDS[point.kind] if phase.is_judged else MarkKind.PLAIN
    if point.value is None:
        kind = MarkKind.MISSING
    return Mark(
        month=month,
        value=point.value,
        phase=phase.number,
        kind=kind,
        high=phase.is_judged and point.cause.high,
        words=words.mark_words(kind, point.cause),
        mean=phase.mean,
        upper=phase.limits.upper if phase.is_judged else None,
        lower=phase.limits.lower if phase.is_judged else None,
        target=terms.target_at(month),
    )


def _variation_icon(shown: Phase, point: Point, terms: Terms) -> Icon:
    if not shown.is_judged:
        return words.unjudged_icon(shown)
    return VARIATION_ICONS[choose_variation(point.cause, terms.improvement)]


def _assurance_icon(shown: Phase, target: float | None, latest: Mark, terms: Terms) -> Icon:
    if terms.is_stock or target is None:
        return words.unjudged_icon(shown) if terms.is_stock else no_icon("No target", "no target is set")
    if terms.improvement == Improvement.NEUTRAL:
        return no_icon("No better direction", "neither up nor down is set as better")
    better = Improvement(terms.improvement)
    found = assure(shown.limits, target, better, terms.rules)
    if not (shown.is_judged and found):
        return words.unjudged_icon(shown)
    met = meets(latest.value or 0.0, target, better)
    return AGAINST_LATEST.get((found, met), ASSURANCE_ICONS[found])


def _net_change(rows: Mapping[date, float | None], terms: Terms) -> Verdict | None:
    """The verdict of each month less the one before, never rebased: a new level says nothing of the flow."""
    changes = {
        month: None if before is None or after is None else after - before
        for (_, before), (month, after) in pairwise(rows.items())
    }
    if not changes:
        return None
    flow = replace(terms, unit=Unit.CHANGE, targets=(), rebases=(), is_stock=False)
    return verdict(changes, flow)
