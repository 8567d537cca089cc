"""Finds the dates mentioned in a text of plain words, and the year of those that name none."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from .shapes import SHAPES
from .spans import Mention

AT_A_START = r"(?=\d|(?<![a-z])[a-z])"
SCAN = re.compile(
    AT_A_START + "(?:" + "|".join(f"(?P<{name}>{shape})" for name, (shape, _) in SHAPES.items()) + ")"
)
READERS = {
    name: (SCAN.groupindex[name], SCAN.groupindex[name] + re.compile(shape).groups, build)
    for name, (shape, build) in SHAPES.items()
}
REACH = 20
YEAR_FOLLOWS = re.compile(r"(?:\b(?:by|in|during|before|until|to|for|throughout|through|within|of)|-) ?$")
MAY_IS_A_VERB = re.compile(r" *\n? *(?!and |or |half|to |for |onward|then |start)[a-z]")
JOINED = re.compile(r"[ \n]*(?:[-/&,+(]|to|and|or|until|through|then)?[ \n,]*(?:the |by |end )*")


def find_mentions(plain: str, quarters_from: int = 1) -> list[Mention]:
    """Every date in the plain words, in their order; undated ones joined to a dated one share its year."""
    mentions = []
    for found in SCAN.finditer(plain):
        first, last, build = READERS[found.lastgroup or ""]
        mention = build(found.span(), found.groups()[first:last], quarters_from)
        if mention and _is_meant(found, mention, plain):
            mentions.append(mention)
    return _share_years(mentions, plain) if len(mentions) > 1 else mentions


def _is_meant(found: re.Match[str], mention: Mention, plain: str) -> bool:
    """A bare "2024" and the verb "may" are dates only in some company."""
    if found.lastgroup == "year":
        return bool(
            mention.part
            or len(found[0]) == len(plain)
            or YEAR_FOLLOWS.search(plain[max(0, found.start() - REACH) : found.start()])
        )
    if found[0] == "may":
        return not MAY_IS_A_VERB.match(plain, found.end())
    return True


def _share_years(mentions: list[Mention], plain: str) -> list[Mention]:
    for index in range(len(mentions) - 2, -1, -1):
        mention, later = mentions[index], mentions[index + 1]
        if mention.year is None and later.year and JOINED.fullmatch(plain[mention.end : later.start]):
            mentions[index] = replace(mention, year=_year_before(mention, later))
    return mentions


def _year_before(mention: Mention, later: Mention) -> int | None:
    """The year that puts an undated mention before the dated one it is joined to."""
    bound = later.last_day(later.year or 0)
    for year in (later.year or 0, (later.year or 0) - 1):
        day = mention.last_day(year)
        if day and bound and day <= bound:
            return year
    return None


def nearest_year(
    mention: Mention, starts: date | None, ends: date | None, others: Sequence[date]
) -> int | None:
    """The year of an undated mention: inside the plan, else closest to it, else closest to other dates."""
    around = [day for day in (starts, ends) if day] or list(others)
    if not around:
        return None
    years = range(min(around).year - 1, max(around).year + 2)
    days = [(day, year) for year in years if (day := mention.last_day(year))]
    return min(days, key=lambda pair: _distance(pair[0], starts, ends, others), default=(None, None))[1]


def _distance(
    day: date, starts: date | None, ends: date | None, others: Sequence[date]
) -> tuple[int, int, int]:
    early = (starts - day).days if starts and day < starts else 0
    late = (day - ends).days if ends and day > ends else 0
    from_others = min((abs((day - other).days) for other in others), default=0)
    anchor = starts or ends
    return early + late, from_others, abs((day - anchor).days) if anchor else 0
