"""The four rules of an XmR chart: which points of one phase are unlikely to be chance, and which way.

Source: the "Making Data Count" rules as the R package NHSRplotthedots 0.2.2 applies them. Flags are
retrospective: once a pattern is complete, every point of it is flagged. A missing value breaks each pattern.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Literal

from impact.spc_limits import Limits

Side = Literal[-1, 0, 1]


class Rule(StrEnum):
    """Why a point is flagged."""

    OUTSIDE = "outside"
    TREND = "trend"
    TWO_OF_THREE = "two of three"
    RUN = "run"
    NONE = "none"


class TwoOfThree(StrEnum):
    """What counts towards two of three: points near a limit (NHSR), or also those beyond it (MDC2023)."""

    NHSR = "nhsr"
    MDC2023 = "mdc2023"


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The choices that implementations differ in; the defaults are the reference's.

    `run_length` and `trend_length` count points. A point within `mean_tolerance` x max(1, |mean|) of the mean
    is on it. `joined_trends`: see `find_trends`. With `limit_decides`, a target exactly on a limit counts as
    consistently met or missed.
    """

    two_of_three: TwoOfThree = TwoOfThree.NHSR
    run_length: int = 7
    trend_length: int = 7
    mean_tolerance: float = 0.0
    joined_trends: bool = True
    limit_decides: bool = False

    def __post_init__(self) -> None:
        if min(self.run_length, self.trend_length) < 2:
            raise ValueError("A run and a trend must be at least 2 points long.")
        TwoOfThree(self.two_of_three)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a point lies: side of the mean, outside the limits, near them; None where that is not known."""

    side: Side | None
    outside: bool | None
    close: bool | None


@dataclass(frozen=True, slots=True)
class Cause:
    """The one reason that a point is flagged for, its direction, and the points that a run or trend takes."""

    rule: Rule
    high: bool = False
    length: int = 0

    @property
    def label(self) -> str:
        """The reference's name for it, such as "7 Points Above CL"."""
        match self.rule:
            case Rule.OUTSIDE:
                return "Above UCL" if self.high else "Below LCL"
            case Rule.TREND:
                return f"{self.length} Point Trend ({'In' if self.high else 'De'}creasing)"
            case Rule.TWO_OF_THREE:
                return f"2 in 3 {self._side} CL"
            case Rule.RUN:
                return f"{self.length} Points {self._side} CL"
        return "Common Cause"

    @property
    def _side(self) -> str:
        return "Above" if self.high else "Below"


COMMON = Cause(Rule.NONE)


def find_causes(values: Sequence[float | None], places: Sequence[Place], rules: RuleSet) -> list[Cause]:
    """The first rule that fits each value of one phase: outside, then trend, two of three, run, or none."""
    travels = find_trends(values, rules.trend_length, joined=rules.joined_trends)
    pairs = find_two_of_three(places, rules.two_of_three)
    runs = find_runs([where.side for where in places], rules.run_length)
    rows = zip(places, travels, pairs, runs, strict=True)
    return [_first_cause(where, travel, pair, run, rules) for where, travel, pair, run in rows]


def _first_cause(where: Place, travel: Side | None, pair: bool, run: bool, rules: RuleSet) -> Cause:
    high = where.side == 1
    if where.outside:
        return Cause(Rule.OUTSIDE, high)
    if travel is not None:
        return Cause(Rule.TREND, travel == 1, rules.trend_length)
    if pair:
        return Cause(Rule.TWO_OF_THREE, high)
    return Cause(Rule.RUN, high, rules.run_length) if run else COMMON


def place(value: float | None, limits: Limits, tolerance: float = 0.0) -> Place:
    """A point on a limit is inside it; one beyond the near limit and not outside is close."""
    if value is None or limits.mean is None:
        return Place(None, None, None)
    side = _sign(value - limits.mean, tolerance * max(1.0, abs(limits.mean)))
    if limits.upper is None or limits.lower is None:
        return Place(side, None, None)
    outside = value > limits.upper or value < limits.lower
    close = not outside and (value > limits.near_upper or value < limits.near_lower)
    return Place(side, outside, close)


def find_trends(values: Sequence[float | None], length: int, *, joined: bool = True) -> list[Side | None]:
    """The way each value goes that is part of `length` strictly rising or falling ones, else None.

    A value takes the step to the next one where that is in a trend too, else the step before. `joined` trends
    do so even where one trend only touches another: the last of the first is told by the step that joins them
    (0 for a tie), as in the reference.
    """
    steps = [_step(before, after) for before, after in pairwise(values)]
    going = [False] * len(steps)
    for first in _one_way(steps, length - 1):
        going[first : first + length - 1] = [True] * (length - 1)
    inside = [before or after for before, after in zip([False, *going], [*going, False], strict=True)]
    ahead = [*inside[1:], False] if joined else [*going, False]
    return [(steps[n] if ahead[n] else steps[n - 1]) if inside[n] else None for n in range(len(values))]


def find_runs(sides: Sequence[Side | None], length: int) -> list[bool]:
    """Which points are part of `length` consecutive ones on the same side of the mean."""
    found = [False] * len(sides)
    for first in _one_way(sides, length):
        found[first : first + length] = [True] * length
    return found


def find_two_of_three(places: Sequence[Place], variant: TwoOfThree) -> list[bool]:
    """Which close points are two or more of three in a row, all three on one side of the mean."""
    found = [False] * len(places)
    for first in _one_way([where.side for where in places], 3):
        window = places[first : first + 3]
        counted = sum(_counts(where, variant) for where in window)
        for n, where in enumerate(window, first):
            found[n] = found[n] or (counted >= 2 and bool(where.close))
    return found


def _counts(where: Place, variant: TwoOfThree) -> bool:
    return bool(where.close) or (variant == TwoOfThree.MDC2023 and bool(where.outside))


def _one_way(signs: Sequence[Side | None], length: int) -> list[int]:
    """Where `length` equal signs in a row begin, none of them 0."""
    starts = range(len(signs) - length + 1)
    return [first for first in starts if set(signs[first : first + length]) in ({1}, {-1})]


def _step(before: float | None, after: float | None) -> Side | None:
    if before is None or after is None:
        return None
    return _sign(after - before)


def _sign(difference: float, tolerance: float = 0.0) -> Side:
    if difference > tolerance:
        return 1
    return -1 if difference < -tolerance else 0
