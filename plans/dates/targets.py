"""Target dates as people write them: the words for ever, and beside them the latest day they can mean."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from .mentions import find_mentions, nearest_year
from .shapes import ANY_MONTH
from .spans import Mention
from .step_labels import split_labels
from .words import plain_words

REACH = 60
FILLER = r"(?:(?:in|on|at|of|the|from|date|dates|is|w/c|week|approx|around|about|early|late)\b[ \n:.,-]*)*"
STARTS_BEFORE = re.compile(
    r"\b(?:from|begin(?:s|ning)?|start(?:s|ed|ing)?|commenc(?:e|es|ed|ing)|commencement|since|after|following|wef|"
    r"w\.e\.f\.?|effective|not before|no earlier than)[ \n:,(-]*" + FILLER + "$"
)
STARTS_AFTER = re.compile(
    r"[ \n,.)(-]*(?:and |& ?)?(?:on ?wards?\b|to (?:date|present)\b|"
    r"(?:start(?:s|ing|ed)?|begins?|commenc(?:e|es|ed|ing|ement))\b *(?:$|[).,;\n]))"
)
DONE_BEFORE = re.compile(
    r"(?:^|[.;,\n(-]) *(?:(?:now|all|was|fully|action|closed and|status|date) )*"
    r"(?:complete[d]?|achieved|done|delivered|closed|signed off|finished|implemented)[ \n:,(-]*"
    r"(?:(?:in|on|at|as of|as at|date|since)\b ?[:-]* ?)*$"
)
COUNTED_FROM = re.compile(r"\b(?:day|week|month|year)s? (?:of|from|after|following) *(?:the )?$")
NO_LONGER = re.compile(r"\b(?:was|were|originally|original(?: date)?|previously|formerly|initially)[ :(-]*$")
PERIODIC = re.compile(
    r"\b(?:daily|weekly|fortnightly|(?:half-? ?|bi-?)?(?:monthly|yearly)|quarterly|termly|annual(?:ly)?|"
    r"(?:every|each|per|once an?|twice an?) (?:\d+ |other |two |three |six |academic |financial )?"
    rf"(?:{ANY_MONTH}|spring|summer|autumn|winter|q|day|week|fortnight|month|term|half-? ?term|"
    r"year|meeting|board)s?\b|recurring|periodic(?:ally)?|regular(?:ly)?)\b"
)
LASTING = re.compile(
    r"\b(?:on-? ?going|continu(?:ous(?:ly)?|al(?:ly)?|es?|ing)|rolling|throughout|permanent(?:ly)?|bau|"
    r"business as usual|duration|always|life(?:time)? of|indefinite(?:ly)?)\b"
)
SELDOM = re.compile(r"\b(?:every|each|annual(?:ly)?|yearly|quarterly|termly)\b")


class Kind(StrEnum):
    """What sort of target the words are; only DAY has a due day."""

    DAY = "day"
    RECURRING = "recurring"
    STARTS = "starts"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Period:
    """What a fuzzy date is read against: the plan's own dates, and the month in which its Q1 starts."""

    starts: date | None = None
    ends: date | None = None
    quarters_from: int = 1


@dataclass(frozen=True, slots=True)
class Target:
    """A target as written; `due` is the latest day it can mean, `assumed` where its year was not written."""

    text: str
    kind: Kind
    due: date | None
    assumed: bool


ANY_TIME = Period()


@lru_cache(maxsize=4096)
def parse_target(text: str, period: Period = ANY_TIME) -> Target:
    """The target that the words mean; where several days are written, the latest. Never raises.

    Without a day where the latest one written is none of the calendar.
    """
    plain = plain_words(text)
    mentions = find_mentions(plain, period.quarters_from) if plain else []
    roles = [_role(plain, mentions, index) for index in range(len(mentions))]
    deadlines = [mention for mention, role in zip(mentions, roles, strict=True) if role == "due"]
    due, assumed = _latest(deadlines, mentions, period)
    if due and not (_only_repeats(plain, deadlines) or _ends_on_no_day(deadlines, due)):
        return Target(text, Kind.DAY, due, assumed)
    return Target(text, _kind_without_day(plain, "starts" in roles), None, False)


def _kind_without_day(plain: str, starts: bool) -> Kind:
    if PERIODIC.search(plain):
        return Kind.RECURRING
    if starts:
        return Kind.STARTS
    return Kind.RECURRING if LASTING.search(plain) else Kind.NONE


def _only_repeats(plain: str, deadlines: list[Mention]) -> bool:
    """ "Annually in March" repeats; with a year it would be a deadline."""
    return all(mention.year is None for mention in deadlines) and bool(SELDOM.search(plain))


def _ends_on_no_day(deadlines: list[Mention], due: date) -> bool:
    """Whether a later day is written that no calendar has: which one was meant is not known."""
    without = [mention for mention in deadlines if mention.year and not mention.last_day(mention.year)]
    return any((mention.year, mention.month) >= (due.year, due.month) for mention in without)


def _role(plain: str, mentions: list[Mention], index: int) -> str:
    """What the words around a date make of it: "due", "starts", "done", "counted from" or "was"."""
    mention = mentions[index]
    since = mentions[index - 1].end if index else 0
    before = plain[max(since, mention.start - REACH) : mention.start]
    until = mentions[index + 1].start if index + 1 < len(mentions) else len(plain)
    after = plain[mention.end : min(until, mention.end + REACH)]
    if before and DONE_BEFORE.search(before):
        return "done"
    if before and COUNTED_FROM.search(before):
        return "counted from"
    if (before and STARTS_BEFORE.search(before)) or (after and STARTS_AFTER.match(after)):
        return "starts"
    return "was" if before and len(mentions) > 1 and NO_LONGER.search(before) else "due"


def _latest(deadlines: list[Mention], mentions: list[Mention], period: Period) -> tuple[date | None, bool]:
    """The latest day of the deadlines, and whether its year was assumed."""
    dated = [
        (day, False) for mention in deadlines if mention.year and (day := mention.last_day(mention.year))
    ]
    undated = [mention for mention in deadlines if mention.year is None]
    if undated:
        others = [day for mention in mentions if mention.year and (day := mention.last_day(mention.year))]
        for mention in undated:
            year = nearest_year(mention, period.starts, period.ends, others)
            day = mention.last_day(year) if year else None
            dated += [(day, True)] if day else []
    return max(dated, default=(None, False), key=lambda pair: (pair[0], not pair[1]))


def parse_step_targets(text: str, period: Period = ANY_TIME) -> dict[str, Target]:
    """The target of each step of "1 - 4 End Jan 2020, 5 Mid Feb 2020." by its number; {} for no numbers."""
    parts = split_labels(text)
    if parts and not (period.starts or period.ends):
        period = period_around(period, [parse_target(words, period) for words in parts.values()])
    return {number: parse_target(words, period) for number, words in parts.items()}


def period_from_texts(texts: Iterable[str]) -> Period:
    """The plan's dates by its title rows: a range as it stands, else the latest single date as a start."""
    singles: list[date] = []
    for text in texts:
        plain = plain_words(text)
        mentions = [mention for mention in find_mentions(plain) if mention.year]
        days = [day for mention in mentions if (day := mention.first_day(mention.year or 0))]
        last = mentions[-1].last_day(mentions[-1].year or 0) if mentions else None
        if last and days and (len(mentions) > 1 or mentions[0].months >= 12) and min(days) < last:
            return Period(min(days), last)
        singles += days
    return Period(starts=max(singles)) if singles else ANY_TIME


def period_around(period: Period, targets: Iterable[Target]) -> Period:
    """The period with its missing bounds taken from the targets whose year was written."""
    days = [target.due for target in targets if target.due and not target.assumed]
    if not days or (period.starts and period.ends):
        return period
    starts = period.starts or min(days).replace(day=1)
    ends = period.ends or max(*days, starts)
    return Period(min(starts, ends), ends, period.quarters_from)


def target_from_day(day: date) -> Target:
    """The target of a real date cell, worded as people write it: "31 January 2020"."""
    return Target(f"{day.day} {day:%B} {day.year}", Kind.DAY, day, False)


def describe_move(before: Target, after: Target) -> int | None:
    """By how many days the target moved (later is positive), None where either has no day."""
    return (after.due - before.due).days if before.due and after.due else None
