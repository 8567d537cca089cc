"""Measures with what pages say of them: rows into the terms and readings of a verdict, in four queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from impact.models import Direction, Frequency, Measure, MeasureTarget, Observation, StepChange
from impact.months import months_after
from impact.spc import Improvement
from impact.spc_rules import RuleSet, TwoOfThree
from impact.units import DEFAULT_PLACES, Scale, Unit
from impact.verdict_parts import PAGE_RULES
from impact.verdicts import Rebase, Target, Terms, Verdict, verdict

IMPROVEMENTS = {
    Direction.HIGHER: Improvement.INCREASE,
    Direction.LOWER: Improvement.DECREASE,
    Direction.NONE: Improvement.NEUTRAL,
}
MONTHS_APART = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3}
# A series that stopped long ago is not drawn out to today.
MOST_MISSED = 12


@dataclass(frozen=True, slots=True)
class Judged:
    """A measure, what is said of it, and its values as they stand, by month."""

    measure: Measure
    verdict: Verdict
    values: Mapping[date, Decimal | None]

    @property
    def scale(self) -> Scale:
        """How its values are written."""
        return Scale(Unit(self.measure.unit), max(self.measure.decimals, DEFAULT_PLACES))


def judge_all(
    measures: Iterable[Measure], *, until: date | None = None, known: date | None = None
) -> list[Judged]:
    """Each measure with its verdict, in the order given: three queries, however many there are.

    Months after `until` are left out. All run to the latest month that any of them has, so that one without
    a value there is seen to lack it. With `known` only what counts from that day or earlier is taken.
    """
    measures = list(measures)
    values = _values(measures, until, known)
    targets = _by_measure(MeasureTarget.objects.standing(known), measures)
    steps = _by_measure(StepChange.objects.standing(known), measures)
    through = latest_month(values.values())
    judged = []
    for measure in measures:
        terms = terms_of(measure, targets[measure.pk], steps[measure.pk])
        judged.append(_judge(measure, terms, values[measure.pk], through))
    return judged


def judge(measure: Measure, *, through: date | None = None, known: date | None = None) -> Judged:
    """One measure, up to the board's latest month, as `known` on a day."""
    targets, steps = measure.targets.standing(known), measure.step_changes.standing(known)
    terms = terms_of(measure, targets.order_by("on", "id"), steps)
    return _judge(measure, terms, _values([measure], known, known)[measure.pk], through)


def board_month(board, known: date | None = None) -> date | None:
    """The latest month for which any current measure of the board has had a value, as `known` on a day."""
    rows = Observation.objects.standing(known).filter(measure__in=board.measures.current(known))
    return rows.filter(value__isnull=False).order_by("-month").values_list("month", flat=True).first()


def terms_of(measure: Measure, targets: Iterable[MeasureTarget], steps: Iterable[StepChange]) -> Terms:
    """How a measure is judged; of targets from one month, the last given counts."""
    by_month = {target.month: target.value for target in targets}
    return Terms(
        improvement=IMPROVEMENTS[Direction(measure.direction)],
        unit=Unit(measure.unit),
        targets=[Target(_number(value), month) for month, value in by_month.items()],
        rebases=[Rebase(step.month, step.reason, step.agreed_by) for step in steps],
        fix_after=measure.fix_after,
        screen=measure.screen,
        rules=RuleSet(
            two_of_three=TwoOfThree(measure.two_of_three),
            run_length=measure.run_length,
            trend_length=measure.trend_length,
            mean_tolerance=PAGE_RULES.mean_tolerance,
            joined_trends=PAGE_RULES.joined_trends,
        ),
        is_stock=measure.is_stock,
        every=MONTHS_APART[Frequency(measure.frequency)],
    )


def latest_month(series: Iterable[Mapping[date, Decimal | None]]) -> date | None:
    """The latest month with a value in any of the series."""
    return max(
        (month for values in series for month, value in values.items() if value is not None), default=None
    )


def _judge(measure: Measure, terms: Terms, values: Mapping, through: date | None) -> Judged:
    readings = {month: _number(value) for month, value in values.items()}
    if measure.closed_on and through:
        through = min(through, measure.closed_on.replace(day=1))
    return Judged(measure, verdict(readings, terms, through=_end(readings, through, terms.every)), values)


def _end(readings: Mapping[date, float | None], through: date | None, every: int) -> date | None:
    """Where a series ends: at the board's latest month, unless it has had no value for a year by then.

    A quarter may be named by its first month, so it is not missed before its last.
    """
    known = [month for month, value in readings.items() if value is not None]
    if through is None or not known:
        return None
    return min(months_after(through, 1 - every), months_after(max(known), MOST_MISSED))


def _values(
    measures: list[Measure], until: date | None, known: date | None = None
) -> dict[int, dict[date, Decimal | None]]:
    """By measure its months with the value that stands; the last one appended does."""
    found: dict[int, dict] = defaultdict(dict)
    rows = Observation.objects.standing(known).filter(measure__in=measures).order_by("on", "id")
    if until is not None:
        rows = rows.filter(month__lte=until)
    for measure, month, value in rows.values_list("measure_id", "month", "value"):
        found[measure][month] = value
    return found


def _by_measure(rows, measures: list[Measure]) -> dict[int, list]:
    found = defaultdict(list)
    for row in rows.filter(measure__in=measures).order_by("on", "id"):
        found[row.measure_id].append(row)
    return found


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
