"""The day that a workbook says it speaks of: "V 12 30 September 2019", "PROGRESS at MARCH 2014"."""

import re
from collections.abc import Iterable
from datetime import date

from .mentions import Mention, find_mentions
from .words import plain_words

# What may stand beside the day in a title row that says of which day the workbook is.
BESIDE = frozenset(
    [
        "v",
        "ver",
        "version",
        "draft",
        "final",
        "date",
        "dated",
        "on",
        "the",
        "of",
        "printed",
        "issued",
        "saved",
        "revised",
        "as",
        "at",
        "last",
        "latest",
        "update",
        "updated",
        "updates",
        "position",
        "status",
        "progress",
        "data",
        "to",
        "correct",
        "rag",
        "rating",
        "end",
        "board",
        "monthly",
    ]
)
WORD = re.compile(r"[a-z]+")
SPEAKS_OF = re.compile(r"\b(?:as at|at|updated?|position|status|progress|to date)\b", re.IGNORECASE)

# Right before a full day: then it may follow any other words, such as the plan's name.
LEADS_TO = re.compile(
    r"\b(?:as at|(?:position|status|progress|data|rag|ratings?) (?:as )?(?:at|on)|correct (?:at|on)|"
    r"(?:last |latest )?updated(?: on)?)[\s:]*(?:the )?(?:\w+day,? )?$",
    re.IGNORECASE,
)


def stated_days(titles: Iterable[str], headings: Iterable[str]) -> set[date]:
    """The days that title rows and the headings of progress and ratings state; of a month its last.

    A title row counts where it says little else or says "as at" right before the day, so that the day of an
    inspection or the plan's first month is not taken for the day of the workbook.
    """
    found = [_of_title(text) for text in titles] + [_of_heading(text) for text in headings]
    return {day for day in found if day}


def _of_title(text: str) -> date | None:
    plain = plain_words(text)
    days = [mention for mention in find_mentions(plain) if mention.day]
    if len(days) == 1 and days[0].year and LEADS_TO.search(plain[: days[0].start]):
        return days[0].last_day(days[0].year)
    mention = _only_mention(plain)
    if mention is None:
        return None
    others = f"{plain[: mention.start]} {plain[mention.end :]}"
    if not BESIDE.issuperset(WORD.findall(others.lower())) or not (mention.day or SPEAKS_OF.search(others)):
        return None
    return mention.last_day(mention.year)


def _of_heading(text: str) -> date | None:
    mention = _only_mention(plain_words(text))
    return mention.last_day(mention.year) if mention else None


def _only_mention(plain: str) -> Mention | None:
    """The one month or day with its year that the words name, None for several and for a whole year."""
    mentions = find_mentions(plain)
    alone = len(mentions) == 1 and mentions[0].year and mentions[0].months < 12
    return mentions[0] if alone else None
