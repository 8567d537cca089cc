"""The sentences of a verdict: what the judged month is, against what is expected of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, takewhile

from impact.icons import Icon, no_icon
from impact.months import month_words
from impact.spc import Improvement, PointType, classify
from impact.spc_rules import Cause, Rule
from impact.units import Scale, Unit, exact, scale_for
from impact.verdict_parts import LEAST_POINTS, PAGE_RULES, Grounds, Mark, MarkKind, Phase, Terms, meets

NO_DATA = "No data"
NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine")
BETTER = {
    Improvement.INCREASE: "higher is better",
    Improvement.DECREASE: "lower is better",
    Improvement.NEUTRAL: "no direction is set as better",
}
VERDICTS = {
    PointType.COMMON: "No significant change",
    PointType.IMPROVEMENT: "Improving",
    PointType.CONCERN: "Concern",
    PointType.NEUTRAL_HIGH: "Unusual",
    PointType.NEUTRAL_LOW: "Unusual",
}
KIND_WORDS = {
    MarkKind.MISSING: NO_DATA,
    MarkKind.PLAIN: "Not judged",
    MarkKind.USUAL: "Usual",
    MarkKind.IMPROVEMENT: "Improving",
    MarkKind.CONCERN: "Concern",
    MarkKind.UNUSUAL: "Unusual",
}
CAUSE_WORDS = {
    Rule.OUTSIDE: ("above limit", "below limit"),
    Rule.TREND: ("rising", "falling"),
    Rule.TWO_OF_THREE: ("near upper limit", "near lower limit"),
    Rule.RUN: ("above mean", "below mean"),
}
WHY_NOT = {
    Grounds.SAME: "every month with data has the same value",
    Grounds.FLAT: "nearly every month has the same value, so limits would be too narrow to judge by",
    Grounds.GAPS: "too few months that follow one another have data",
    Grounds.STOCK: "most of a count at one time carries over from the month before",
}


@dataclass(frozen=True, slots=True)
class Story:
    """All marks of a measure, the phase whose verdict is told, its judged month (an index) and cause."""

    marks: Sequence[Mark]
    phase: Phase
    at: int
    cause: Cause
    terms: Terms

    @property
    def mark(self) -> Mark:
        return self.marks[self.at]

    @property
    def value(self) -> float:
        return self.marks[self.at].value or 0.0

    @property
    def limits(self) -> tuple[float, float] | None:
        """The lower and the upper limit, where the phase is judged."""
        lower, upper = self.mark.lower, self.mark.upper
        return None if lower is None or upper is None else (lower, upper)

    @property
    def scale(self) -> Scale:
        return scale_for(self.terms.unit, self.value, self.limits, self.mark.target)

    @property
    def back(self) -> list[Mark]:
        """The phase's marks from the judged month backwards, up to a missing one."""
        earlier = reversed(self.marks[self.phase.first : self.at + 1])
        return list(takewhile(lambda mark: mark.value is not None, earlier))


def mark_words(kind: MarkKind, cause: Cause) -> str:
    """Such as "Concern, below limit" and "Usual"."""
    if kind not in (MarkKind.IMPROVEMENT, MarkKind.CONCERN, MarkKind.UNUSUAL):
        return KIND_WORDS[kind]
    return f"{KIND_WORDS[kind]}, {CAUSE_WORDS[cause.rule][not cause.high]}"


def unjudged_icon(phase: Phase) -> Icon:
    """The empty ring of a phase that has no verdict."""
    if phase.grounds is Grounds.FEW:
        word = f"Too few points ({phase.known})"
        return no_icon(word, f"{phase.known} of the {LEAST_POINTS} months that a verdict needs")
    return no_icon(phase.grounds.value.capitalize(), WHY_NOT.get(phase.grounds, phase.grounds.value))


def say_expected(story: Story) -> str:
    """Such as "64% to 81%", or nothing where no range is expected."""
    return story.scale.span(*story.limits) if story.limits else ""


def latest_words(mark: Mark, unit: Unit) -> str:
    """Such as "52% in March 2020."."""
    value = mark.value or 0.0
    return f"{scale_for(unit, value).say(value)} in {month_words(mark.month)}."


def say_fact(story: Story) -> str:
    """The figures without a verdict, such as "52% in March 2020, below the expected 64% to 81%."."""
    start = f"{story.scale.say(story.value)} in {month_words(story.mark.month)}"
    if story.phase.grounds is Grounds.STOCK:
        return f"{start}{_year_before(story)}{_target_beside(story)}."
    if story.limits is None:
        return f"{start}{_target_beside(story)}."
    lower, upper = story.limits
    side = "above" if story.value > upper else "below" if story.value < lower else "within"
    return f"{start}, {side} the expected {say_expected(story)}."


def say_headline(story: Story) -> str:
    """The verdict in a sentence: its word, the month, why, and which way is better."""
    if story.limits is None:
        return f"{say_fact(story)}{_why_not(story)}"
    kind = classify(story.cause, Improvement(story.terms.improvement))
    start = f"{VERDICTS[kind]}: {story.scale.say(story.value)} in {month_words(story.mark.month)}"
    return f"{start}, {_reason(story)}; {BETTER[Improvement(story.terms.improvement)]}."


def held_words(story: Story, latest: Mark, newest: Phase) -> str:
    """The latest value, why it has no verdict yet, and the verdict before the step change."""
    since = f"since the step change of {month_words(story.marks[newest.first].month)}"
    few = f"Too few points {since} for a new verdict: {newest.known} of {LEAST_POINTS}."
    now = latest_words(latest, story.terms.unit)
    return f"{now} {few} Until then the one before stands. {say_headline(story)}"


def _reason(story: Story) -> str:
    moving = _moving(story)
    match story.cause.rule:
        case Rule.OUTSIDE:
            side = "above" if story.cause.high else "below"
            reason = f"{side} the expected range {say_expected(story)}{_running(_outside_for(story))}"
            return f"{reason} and {moving}" if moving else reason
        case Rule.TREND:
            return f"{moving}, {_beside_mean(story)}"
        case Rule.TWO_OF_THREE:
            limit = story.limits[1] if story.cause.high else story.limits[0]
            name = "upper" if story.cause.high else "lower"
            near = story.scale.say(story.terms.unit.clip(limit))
            return f"near the {name} limit of {near} in at least two of three months running"
        case Rule.RUN:
            return f"{_beside_mean(story)}{_running(_one_side_for(story))}"
    return f"within the expected range {say_expected(story)}"


def _moving(story: Story) -> str:
    """Such as "falling every month since September 2019", where the judged month ends a trend."""
    back = story.back
    steps = [later.value - earlier.value for later, earlier in pairwise(back)]
    rising = bool(steps) and steps[0] > 0
    length = len(list(takewhile(lambda step: step > 0 if rising else step < 0, steps)))
    if length + 1 < story.terms.rules.trend_length:
        return ""
    way = "rising" if rising else "falling"
    return f"{way} every month since {month_words(back[length].month)}"


def _beside_mean(story: Story) -> str:
    side = ("on", "above", "below")[_side(story.mark)]
    return f"{side} the average of {story.scale.say(story.mark.mean or 0.0)}"


def _outside_for(story: Story) -> int:
    lower, upper = story.limits or (0.0, 0.0)
    if story.cause.high:
        return len(list(takewhile(lambda mark: mark.value > upper, story.back)))
    return len(list(takewhile(lambda mark: mark.value < lower, story.back)))


def _one_side_for(story: Story) -> int:
    return len(list(takewhile(lambda mark: _side(mark) == _side(story.mark), story.back)))


def _side(mark: Mark) -> int:
    """1 above the mean, -1 below it, 0 on it, as the rules see it."""
    mean, value = mark.mean or 0.0, mark.value or 0.0
    if abs(value - mean) <= PAGE_RULES.mean_tolerance * max(1.0, abs(mean)):
        return 0
    return 1 if value > mean else -1


def _running(months: int) -> str:
    if months < 2:
        return ""
    number = NUMBERS[months - 2] if months - 2 < len(NUMBERS) else str(months)
    return f" for {number} months running"


def _why_not(story: Story) -> str:
    if story.phase.grounds is Grounds.FEW:
        return f" Too few points for a verdict: {story.phase.known} of {LEAST_POINTS}."
    if story.phase.grounds is Grounds.STOCK:
        return ""
    return f" No verdict: {WHY_NOT[story.phase.grounds]}."


def _target_beside(story: Story) -> str:
    """How the judged value stands against its target, where it has one."""
    target, value = story.mark.target, story.value
    if target is None:
        return ""
    said = exact(story.terms.unit).say(target)
    better = Improvement(story.terms.improvement)
    if better is Improvement.NEUTRAL or story.terms.is_stock:
        side = "above" if value > target else "below" if value < target else "on"
        return f", {side} the target of {said}"
    return f", which {'meets' if meets(value, target, better) else 'misses'} the target of {said}"


def _year_before(story: Story) -> str:
    """A stock is compared with the same month a year ago, where that is known."""
    then = date(story.mark.month.year - 1, story.mark.month.month, 1)
    before = next((mark.value for mark in story.marks if mark.month == then), None)
    if before is None:
        return ""
    if before == story.value:
        return f", as in {month_words(then)}"
    scale = exact(story.terms.unit)
    way = "more" if story.value > before else "fewer"
    return f", {scale.number(abs(story.value - before))} {way} than in {month_words(then)}"
