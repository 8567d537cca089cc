"""What a verdict is made of: how a measure is judged, its marks and phases, and the verdict itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from impact.icons import Icon
from impact.months import month_of
from impact.spc import Assurance, Improvement, Variation
from impact.spc_limits import Limits
from impact.spc_rules import RuleSet
from impact.units import Unit

LEAST_POINTS = 13
PAGE_RULES = RuleSet(mean_tolerance=1e-9, joined_trends=False)


@dataclass(frozen=True, slots=True)
class Target:
    """A target and the day it took effect (None: always); no value ends the one before."""

    value: float | None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Rebase:
    """A step change that a board agreed: `month` is the first of the new phase."""

    month: date
    reason: str = ""
    agreed_by: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a measure is judged. A stock is a count at one time: each month carries most of the last one over.

    `every` is the number of months from one reading to the next; the rest is what `impact.spc.analyse` takes.
    """

    improvement: Improvement
    unit: Unit = Unit.COUNT
    targets: Sequence[Target] = ()
    rebases: Sequence[Rebase] = ()
    fix_after: int | None = None
    screen: bool = True
    rules: RuleSet = PAGE_RULES
    is_stock: bool = False
    every: int = 1

    def target_at(self, month: date) -> float | None:
        """The target in force in a month: the latest that took effect in it or before."""
        begun = [one for one in self.targets if one.since is None or month_of(one.since) <= month]
        return max(begun, key=lambda one: one.since or date.min).value if begun else None


def meets(value: float, target: float, better: Improvement) -> bool:
    """Whether a value meets its target; `better` is a direction."""
    return value >= target if better is Improvement.INCREASE else value <= target


class MarkKind(StrEnum):
    """What to draw; plain marks are not judged, missing ones leave a gap."""

    MISSING = "missing"
    PLAIN = "plain"
    USUAL = "usual"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    UNUSUAL = "unusual"


@dataclass(frozen=True, slots=True)
class Mark:
    """One month of the chart and of its table: `high` tells which way a mark points, `words` say it.

    The limits are as computed, None where the phase is not judged: clip only the drawing.
    """

    month: date
    value: float | None
    phase: int
    kind: MarkKind
    high: bool
    words: str
    mean: float | None
    upper: float | None
    lower: float | None
    target: float | None


class Grounds(StrEnum):
    """Why a phase has limits, or has none."""

    JUDGED = "judged"
    FEW = "too few points"
    SAME = "no variation"
    FLAT = "too little variation"
    GAPS = "too many gaps"
    STOCK = "a count at one time"


@dataclass(frozen=True, slots=True)
class Phase:
    """The rows from `first` up to and not including `end`; `known` of them have a value."""

    number: int
    first: int
    end: int
    known: int
    grounds: Grounds
    limits: Limits
    rebase: Rebase | None

    @property
    def is_judged(self) -> bool:
        return self.grounds is Grounds.JUDGED

    @property
    def mean(self) -> float | None:
        """The average to draw: none of a single point, nor of a stock."""
        return self.limits.mean if self.known > 1 and self.grounds is not Grounds.STOCK else None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What pages say of a measure.

    `month` and `value` are the latest known, and `no_data` says which months after it have none. `judged` is
    the month whose icons are shown, and `expected` the range of its phase as words: an earlier phase's while
    `held`, the step change whose new phase is too short. `headline` is the verdict in a sentence, `fact` what
    the figures say without one, `notes` are further sentences. `rules` goes under the chart. Nothing is drawn
    below `floor` or above `ceiling`. A stock has no icons; its `net_change` is a verdict of its own.
    """

    marks: tuple[Mark, ...]
    phases: tuple[Phase, ...]
    month: date | None
    value: float | None
    judged: date | None
    variation: Icon
    assurance: Icon
    target: float | None
    expected: str
    fact: str
    headline: str
    notes: tuple[str, ...]
    no_data: str
    missing: tuple[date, ...]
    rules: str
    floor: float | None = None
    ceiling: float | None = None
    held: Rebase | None = None
    net_change: Verdict | None = None

    @property
    def is_concern(self) -> bool:
        return self.variation.key in (Variation.CONCERN_HIGH, Variation.CONCERN_LOW)

    @property
    def rank(self) -> int:
        """The order of a summary: concern, missing the target, unusual, judged otherwise, not judged."""
        if self.is_concern:
            return 0
        if self.assurance.key == Assurance.FAIL:
            return 1
        if self.variation.key in (Variation.NEUTRAL_HIGH, Variation.NEUTRAL_LOW):
            return 2
        return 4 if self.variation.is_empty else 3
