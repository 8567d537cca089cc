"""Statistical process control (XmR charts) as in "Making Data Count": values in, labels and icons out.

`analyse` answers as the reference implementation does, the R package NHSRplotthedots 0.2.2. What pages show
is more careful and made from it in `impact.verdicts`.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from impact.spc_limits import Limits, find_limits
from impact.spc_rules import Cause, Place, Rule, RuleSet, find_causes, place

LEAST_FIX = 12
SHORT_PHASE = 13
REFERENCE_RULES = RuleSet()


class Improvement(StrEnum):
    """Which way is better."""

    INCREASE = "increase"
    DECREASE = "decrease"
    NEUTRAL = "neutral"


class PointType(StrEnum):
    """What a point means, given which way is better."""

    COMMON = "common_cause"
    IMPROVEMENT = "special_cause_improvement"
    CONCERN = "special_cause_concern"
    NEUTRAL_HIGH = "special_cause_neutral_high"
    NEUTRAL_LOW = "special_cause_neutral_low"


class Variation(StrEnum):
    """The icon that tells how the latest point moves."""

    COMMON = "common_cause"
    IMPROVEMENT_HIGH = "improvement_high"
    IMPROVEMENT_LOW = "improvement_low"
    CONCERN_HIGH = "concern_high"
    CONCERN_LOW = "concern_low"
    NEUTRAL_HIGH = "neutral_high"
    NEUTRAL_LOW = "neutral_low"


class Assurance(StrEnum):
    """The icon that tells whether the latest limits meet the target."""

    PASS = "pass"
    FAIL = "fail"
    INCONSISTENT = "inconsistent"


@dataclass(frozen=True, slots=True)
class Point:
    """One row: its value (None when missing), its phase's number and limits, and what the rules say of it."""

    value: float | None
    phase: int
    limits: Limits
    place: Place
    cause: Cause
    kind: PointType

    @property
    def is_special(self) -> bool:
        return self.cause.rule is not Rule.NONE


@dataclass(frozen=True, slots=True)
class Analysis:
    """Points in the order given; the icons are those of the last row. `short_phases` have under 13 rows."""

    points: tuple[Point, ...]
    variation: Variation
    assurance: Assurance | None
    short_phases: frozenset[int]

    def as_columns(self) -> dict[str, object]:
        """One list a column and the icons, in the reference's own vocabulary; None where not known."""
        points = self.points
        return {
            "mean": [point.limits.mean for point in points],
            "upper": [point.limits.upper for point in points],
            "lower": [point.limits.lower for point in points],
            "special_cause": [point.is_special for point in points],
            "point_type": [point.kind.value for point in points],
            "special_cause_type": [point.cause.label for point in points],
            "outside_limits": [point.place.outside for point in points],
            "close_to_limits": [point.place.close for point in points],
            "relative_to_mean": [point.place.side for point in points],
            "phase": [point.phase for point in points],
            "short_group_warning": [point.phase in self.short_phases for point in points],
            "variation_icon": self.variation.value,
            "assurance_icon": self.assurance.value if self.assurance else None,
        }


def analyse(
    values: Sequence[float | None],
    *,
    improvement: str,
    target: float | None = None,
    rebase: Collection[int] = (),
    fix_after: float | None = None,
    screen: bool = True,
    rules: RuleSet = REFERENCE_RULES,
) -> Analysis:
    """Label each value of a series in date order, and choose its two icons.

    `values` are in any one unit, None for a missing row. `rebase` holds the index of each new phase's first
    row. Limits come from the first `fix_after` rows of a phase (12 or more), or from all of them. `screen`
    leaves outlying moving ranges out. Raises ValueError with a sentence when any of these cannot be used.
    """
    better = _checked_improvement(improvement)
    series = [_checked_value(value) for value in values]
    _check_options(series, target, rebase, fix_after)
    points: list[Point] = []
    short = set()
    for number, phase in _phases(series, rebase):
        points += _label_phase(phase, number, fix_after, screen, rules, better)
        if len(phase) < SHORT_PHASE:
            short.add(number)
    last = points[-1]
    variation = choose_variation(last.cause, better)
    return Analysis(tuple(points), variation, assure(last.limits, target, better, rules), frozenset(short))


def classify(cause: Cause, better: Improvement) -> PointType:
    """What a flag means when `better` is the good direction."""
    if cause.rule is Rule.NONE:
        return PointType.COMMON
    if better == Improvement.NEUTRAL:
        return PointType.NEUTRAL_HIGH if cause.high else PointType.NEUTRAL_LOW
    return PointType.IMPROVEMENT if cause.high == (better == Improvement.INCREASE) else PointType.CONCERN


def choose_variation(cause: Cause, better: Improvement) -> Variation:
    """The icon of a point."""
    if cause.rule is Rule.NONE:
        return Variation.COMMON
    if better == Improvement.NEUTRAL:
        return Variation.NEUTRAL_HIGH if cause.high else Variation.NEUTRAL_LOW
    if classify(cause, better) is PointType.IMPROVEMENT:
        return Variation.IMPROVEMENT_HIGH if cause.high else Variation.IMPROVEMENT_LOW
    return Variation.CONCERN_HIGH if cause.high else Variation.CONCERN_LOW


def assure(
    limits: Limits, target: float | None, better: Improvement, rules: RuleSet = REFERENCE_RULES
) -> Assurance | None:
    """Whether all between the limits meets the target; None without a target or a good direction."""
    if target is None or better == Improvement.NEUTRAL:
        return None
    if limits.upper is None or limits.lower is None:
        return Assurance.INCONSISTENT
    higher = better == Improvement.INCREASE
    if target > limits.upper or (rules.limit_decides and target == limits.upper):
        return Assurance.FAIL if higher else Assurance.PASS
    if target < limits.lower or (rules.limit_decides and target == limits.lower):
        return Assurance.PASS if higher else Assurance.FAIL
    return Assurance.INCONSISTENT


def _label_phase(
    values: list[float | None],
    number: int,
    fix_after: float | None,
    screen: bool,
    rules: RuleSet,
    better: Improvement,
) -> Iterator[Point]:
    used = values if fix_after is None else values[: int(fix_after)]
    limits = find_limits(used, screen=screen)
    places = [place(value, limits, rules.mean_tolerance) for value in values]
    for value, where, cause in zip(values, places, find_causes(values, places, rules), strict=True):
        yield Point(value, number, limits, where, cause, classify(cause, better))


def _phases(series: list[float | None], rebase: Collection[int]) -> Iterator[tuple[int, list[float | None]]]:
    """Each phase's number and values; the number is how many rebases have been met, as in the reference."""
    starts = sorted({0, *rebase})
    for n, start in enumerate(starts):
        end = starts[n + 1] if n + 1 < len(starts) else len(series)
        yield n + (0 in rebase), series[start:end]


def _checked_improvement(improvement: str) -> Improvement:
    try:
        return Improvement(improvement)
    except ValueError:
        raise ValueError("Say which way is better: increase, decrease or neutral.") from None


def _checked_value(value: float | None) -> float | None:
    return None if value is None else _checked_number(value, "A value")


def _checked_number(number: float, name: str) -> float:
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise ValueError(f"{name} must be a number.")
    try:
        real = float(number)
    except OverflowError:
        raise ValueError(f"{name} is too large.") from None
    if not isfinite(real):
        raise ValueError(f"{name} must be a finite number.")
    return real


def _check_options(
    series: list[float | None], target: float | None, rebase: Collection[int], fix_after: float | None
) -> None:
    if not series:
        raise ValueError("Give at least one month: this series has none.")
    if target is not None:
        _checked_number(target, "The target")
    if (
        fix_after is not None
        and _checked_number(fix_after, "The number of points that fix the limits") < LEAST_FIX
    ):
        raise ValueError(f"Fix the limits after {LEAST_FIX} points or more.")
    if any(isinstance(n, bool) or not isinstance(n, int) or not 0 <= n < len(series) for n in rebase):
        raise ValueError("A new phase must begin at one of the months of the series.")
