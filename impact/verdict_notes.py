"""What stands beside a verdict: further notes, and the rules under the chart."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from impact.months import list_months, month_words
from impact.spc_rules import TwoOfThree
from impact.units import exact
from impact.verdict_parts import LEAST_POINTS, Mark, Phase, Terms
from impact.verdict_words import Story

MOST_NAMED = 3
STOCK_WHY = (
    "This is a count at one time: most of it carries over from the month before, so limits would be too "
    "narrow and nearly every month would look unusual. The line stands without a verdict; its net monthly "
    "change has one."
)


def say_no_data(marks: Sequence[Mark]) -> str:
    """Which months after the last known one have no data, such as "No data for March 2020", or nothing."""
    known = max(n for n, mark in enumerate(marks) if mark.value is not None)
    late = [mark.month for mark in marks[known + 1 :]]
    if len(late) > MOST_NAMED:
        return f"No data since {month_words(marks[known].month)}"
    return f"No data for {list_months(late)}" if late else ""


def say_notes(story: Story, phases: Sequence[Phase]) -> Iterator[str]:
    """Gaps, limits where no value can be, changed targets, step changes, and why a stock has no verdict."""
    yield from _gap_notes(story.marks)
    yield from _limit_notes(story)
    yield from _target_notes(story)
    yield from (_step_note(story, phase) for phase in phases if phase.rebase)
    if story.terms.is_stock:
        yield STOCK_WHY


def say_rules(terms: Terms) -> str:
    """The rule set, to stand under the chart."""
    if terms.is_stock:
        return "Rules used: none. A count at one time is shown as a line, without limits."
    near = "near or beyond a limit" if terms.rules.two_of_three == TwoOfThree.MDC2023 else "near a limit"
    rules = terms.rules
    screened = ", leaving out outlying changes" if terms.screen else ""
    fixed = f"the first {terms.fix_after} months" if terms.fix_after else "all months"
    return (
        f"Rules used: a point outside the limits; {rules.trend_length} rising or falling; 2 of 3 {near}; "
        f"{rules.run_length} on one side of the mean. Limits are the mean plus or minus 2.66 times the "
        f"average change from one reading to the next{screened}, set by {fixed} of a phase with "
        f"{LEAST_POINTS} points or more. A new phase begins only where the board agreed a step change."
    )


def _gap_notes(marks: Sequence[Mark]) -> Iterator[str]:
    """How many of all months have no data, where one before the last known month has none."""
    known = [n for n, mark in enumerate(marks) if mark.value is not None]
    gaps, late = len(marks) - len(known), len(marks) - known[-1] - 1
    if gaps > late:
        span = f"{month_words(marks[0].month)} to {month_words(marks[-1].month)}"
        has = "has" if gaps == 1 else "have"
        among = f", the last{f' {late}' if late > 1 else ''} among them" if late else ""
        yield f"{gaps} of the {len(marks)} months from {span} {has} no data{among}."


def _limit_notes(story: Story) -> Iterator[str]:
    if story.limits is None:
        return
    unit, scale = story.terms.unit, story.scale
    lower, upper = story.limits
    if unit.floor is not None and lower < unit.floor:
        yield f"The lower limit works out below {scale.say(unit.floor)}, where no value can be."
    if unit.ceiling is not None and upper > unit.ceiling:
        yield f"The upper limit works out above {scale.say(unit.ceiling)}, where no value can be."


def _target_notes(story: Story) -> Iterator[str]:
    unit = story.terms.unit
    for before, after in pairwise(story.marks):
        if after.target is not None and after.target != before.target:
            yield f"The target of {exact(unit).say(after.target)} took effect in {month_words(after.month)}."


def _step_note(story: Story, phase: Phase) -> str:
    rebase = phase.rebase
    reason = f": {rebase.reason.rstrip('.')}" if rebase and rebase.reason else ""
    agreed = f" Agreed by {rebase.agreed_by}." if rebase and rebase.agreed_by else ""
    return f"Step change in {month_words(story.marks[phase.first].month)}{reason}.{agreed}"
