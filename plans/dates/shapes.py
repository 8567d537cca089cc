"""The shapes that dates are written in: patterns over plain words (see words) and what they mean."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from .spans import Mention, full_year, split_year
from .words import MONTH_NUMBER, SHORT_MONTHS

Place = tuple[int, int]
Groups = tuple[str | None, ...]
Builder = Callable[[Place, Groups, int], Mention | None]

SEASONS = {"spring": (3, 3), "summer": (6, 3), "autumn": (9, 3), "winter": (12, 3)}
TERMS = {"spring": (1, 4), "summer": (4, 4), "autumn": (9, 4), "winter": (9, 4)}
HALF_TERMS = {"spring": (2, 1), "summer": (5, 1), "autumn": (10, 1), "winter": (2, 1)}
SERIAL_START = date(1899, 12, 30)
YEAR_STARTS = {"financial": 4, "academic": 9, "calendar": 1}

ANY_MONTH = "|".join(SHORT_MONTHS)
MONTH = rf"({ANY_MONTH})(?![a-z])\.?"
LONG_YEAR = r"(?:19|20)\d\d(?!\d)"
PAIR = r"(?:20)?\d\d ?[/-] ?(?:20)?\d\d(?!\d|[/.-]\d)"
ORDINAL = r" ?(?:st|nd|rd|th)(?![a-z])"
SHORT_YEAR = r"'?\d\d(?![\d:%]| ?(?:st|nd|rd|th|am|pm)(?![a-z])|[/.]\d)"
YEAR_NOT_DAY = rf"{SHORT_YEAR}(?! ?(?:of )?(?:{ANY_MONTH})(?![a-z]))"
DAY_NUMBER = r"(\d\d?)"
NO_LABEL = r"(?<![a-z\d/])(?<!step )(?<!phase )(?<!stage )(?<!action )(?<!point )"
BREAK = r"(?: (?:half[ -]term|holidays?|hols|break|period))?"
AFTER_MONTH = (
    rf"{BREAK}"
    rf"(?:[ \n,./'(-]*(?:of )?(20\d\d/\d\d(?!\d|/)|{LONG_YEAR})"
    rf"|[ .]{{0,3}}({SHORT_YEAR})| ?[/-] ?({YEAR_NOT_DAY}))?"
)
AFTER_NAME = (
    rf"{BREAK}"
    r"(?:[ \n,:(/'-]*(?:of |in |fy ?|(?:financial|academic) year )?"
    rf"({PAIR}|{LONG_YEAR}|{YEAR_NOT_DAY}))?"
)
AFTER_YEAR_WORD = rf"(?:[ \n,:(/-]*(?:of |in )?({PAIR}|{LONG_YEAR}))?"
PART = (
    r"(?:(1st week|2nd week|3rd week|4th week|last week|1st half|2nd half|early|mid|late|end|"
    r"(?:start|beginning)(?=[ -]of))(?:[ /-]+(?:of|in|to|the|month|calendar))*[ \n,:/.-]+)?"
)


def _is_pair(words: str) -> bool:
    return "/" in words or "-" in words


def _first_of(years: Groups) -> str | None:
    return next((year for year in years if year), None)


def _year_of(month: int, words: str | None) -> int | None:
    """The year that the words give to a month, a split year running from April."""
    if not words:
        return None
    years = split_year(words) if _is_pair(words) else None
    if not years:
        return full_year(re.split(r" ?[/-]", words.lstrip("'"))[0])
    return years[1] if month < 4 and years[1] == years[0] + 1 else years[0]


def _iso(place: Place, found: Groups, _: int) -> Mention | None:
    year, month, day = (int(part or 0) for part in found)
    return Mention(*place, year, month, day=day)


def _serial(place: Place, found: Groups, _: int) -> Mention | None:
    """The number of days since 30 December 1899 that a spreadsheet shows for a date without its format."""
    day = SERIAL_START + timedelta(days=int(found[0] or 0))
    return Mention(*place, day.year, day.month, day=day.day)


def _numeric(place: Place, found: Groups, _: int) -> Mention | None:
    day, month, year = found
    return Mention(*place, full_year(year or ""), int(month or 0), day=int(day or 0))


def _year_month(place: Place, found: Groups, from_month: int) -> Mention | None:
    year, month = int(found[0] or 0), int(found[1] or 0)
    if month == year % 100 + 1:
        return Mention(*place, year, 4, 12)
    return Mention(*place, year, month)


def _month_year(place: Place, found: Groups, _: int) -> Mention | None:
    return Mention(*place, int(found[1] or 0), int(found[0] or 0))


def _day_month(place: Place, found: Groups, _: int) -> Mention | None:
    day, month = (found[0] or "").split("/")
    return Mention(*place, None, int(month), day=int(day))


def _quarter(place: Place, number: str | None, words: str | None, from_month: int) -> Mention:
    april = bool(words and (_is_pair(words) or words.startswith("fy")))
    month = ((4 if april else from_month) - 1 + 3 * (int(number or 1) - 1)) % 12 + 1
    if april:
        return Mention(*place, _year_of(month, words), month, 3)
    year = full_year(words.lstrip("'")) if words else None
    return Mention(*place, year + 1 if year and month < from_month else year, month, 3)


def _quarter_first(place: Place, found: Groups, from_month: int) -> Mention | None:
    return _quarter(place, found[2] or found[1], found[3], from_month)


def _nth_quarter(place: Place, found: Groups, from_month: int) -> Mention | None:
    return _quarter(place, found[0], found[1], from_month)


def _year_quarter(place: Place, found: Groups, from_month: int) -> Mention | None:
    return _quarter(place, found[1], found[0], from_month)


def _month_day(place: Place, found: Groups, _: int) -> Mention | None:
    year = found[2] or found[4]
    day = int(found[1] or found[3] or 0)
    return Mention(*place, int(year) if year else None, MONTH_NUMBER[found[0] or ""], day=day)


def _day(place: Place, found: Groups, _: int) -> Mention | None:
    month = MONTH_NUMBER[found[1] or ""]
    return Mention(*place, _year_of(month, _first_of(found[2:])), month, day=int(found[0] or 0))


def _month(place: Place, found: Groups, _: int) -> Mention | None:
    month = MONTH_NUMBER[found[1] or ""]
    return Mention(*place, _year_of(month, _first_of(found[2:])), month, part=found[0] or "")


def _season(place: Place, found: Groups, _: int) -> Mention | None:
    part, name, half, term, words = found
    month, months = (HALF_TERMS if half else TERMS if term else SEASONS)[name or ""]
    pair = split_year(words) if words and _is_pair(words) else None
    year = full_year(words.lstrip("'")) if words and not _is_pair(words) else None
    if pair:
        year = pair[name in {"spring", "summer"}]
    return Mention(*place, year, month, months, part=part or "")


def _feast(place: Place, found: Groups, _: int) -> Mention | None:
    month, day = {"christmas": (12, 25), "easter": (3, 31), "new year": (1, None)}[found[1] or ""]
    year = _year_of(month, _first_of(found[2:]))
    return Mention(*place, year, month, day=day, part=found[0] or "", easter=found[1] == "easter")


def _fy(place: Place, found: Groups, _: int) -> Mention | None:
    return _whole_year(place, found[1], 4, found[0] or "", ends=True)


def _kind_of_year(place: Place, found: Groups, _: int) -> Mention | None:
    part, kind, close, words = found
    return _whole_year(place, words, YEAR_STARTS[kind or ""], part or "", ends=bool(close or part == "end"))


def _year_end(place: Place, found: Groups, from_month: int) -> Mention | None:
    return _whole_year(place, _first_of(found), 4 if from_month == 4 else 1, "end", ends=True)


def _whole_year(place: Place, words: str | None, month: int, part: str, *, ends: bool) -> Mention | None:
    """Twelve months from `month`; a single year is the one they end in when `ends`, else start in."""
    if not words:
        return Mention(*place, None, (month + 10) % 12 + 1, part="end")
    if _is_pair(words):
        return _pair(place, (part, words), month)
    year = full_year(words)
    return Mention(*place, year - 1 if ends and month > 1 else year, month, 12, part=part)


def _pair(place: Place, found: Groups, from_month: int) -> Mention | None:
    part, years = found[0] or "", split_year(found[1] or "")
    if not years:
        return None
    if years[1] == years[0] + 1:
        return Mention(*place, years[0], 9 if from_month == 9 else 4, 12, part=part)
    return Mention(*place, years[0], 1, 12 * (years[1] - years[0] + 1), part=part)


def _pair_of_years(place: Place, found: Groups, _: int) -> Mention | None:
    return _pair(place, found, 4)


def _year(place: Place, found: Groups, _: int) -> Mention | None:
    return Mention(*place, int(found[1] or 0), 1, 12, part=found[0] or "")


SHAPES: dict[str, tuple[str, Builder]] = {
    "serial": (r"\A(3[89]\d{3}|4\d{4}|5[0-4]\d{3})\Z", _serial),
    "iso": (rf"(?<!\d)({LONG_YEAR})[-/.](\d\d?)[-/.](\d\d?)(?!\d)(?:[ t]\d\d?:\d\d(?::\d\d)?)?", _iso),
    "numeric": (
        rf"(?<![\d./])(\d\d?) ?[./-] ?(\d\d?) ?[./-] ?({LONG_YEAR}|\d\d)(?!\d|[./]\d)",
        _numeric,
    ),
    "year_month": (r"(?<!\d)(20\d\d)-(0[1-9]|1[0-2])(?![\d/-])", _year_month),
    "month_year": (r"(?<![\d./-])(0?[1-9]|1[0-2])[/.-](20\d\d)(?![\d/-])", _month_year),
    "two_days": (
        rf"(?<![\d./])(?:3[01]|[12]\d|0?[1-9])(?:{ORDINAL})? ?/ ?{DAY_NUMBER}(?:{ORDINAL})? {MONTH}"
        rf" ({LONG_YEAR})",
        _day,
    ),
    "day_month": (r"(?<![\d./])(\d\d?/0[1-9]|(?<=by )\d\d?/1[0-2])(?![\d/])", _day_month),
    "quarter": (
        PART + r"(?<![a-z\d])q\.? ?([1-4])(?: ?(?:[-/&]|and|to) ?q? ?([1-4])(?!\d))?(?!\d)" + AFTER_NAME,
        _quarter_first,
    ),
    "nth_quarter": (rf"(?<!\d)([1-4]){ORDINAL} q(?![a-z\d]){AFTER_NAME}", _nth_quarter),
    "year_quarter": (rf"(?<![\d/])({PAIR}|{LONG_YEAR})[ ,:(-]*q ?([1-4])(?!\d)", _year_quarter),
    "month_day": (
        rf"{MONTH} ?(?:\d\d? ?- ?)?(?:{DAY_NUMBER}{ORDINAL}(?:,? ?({LONG_YEAR}))?"
        rf"|{DAY_NUMBER},? ({LONG_YEAR}))",
        _month_day,
    ),
    "day": (
        rf"{NO_LABEL}{DAY_NUMBER}(?:{ORDINAL})?"
        rf"(?:[ \n,](?: ?day )?(?:of )?(?:the )?|[-/](?! )|(?<=\d\d)\.(?! )|){MONTH}{AFTER_MONTH}",
        _day,
    ),
    "month": (PART + MONTH + AFTER_MONTH, _month),
    "season": (
        PART + r"(spring|summer|autumn|winter)(?![a-z])(?: (half[ -]))?(?: ?(term))?" + AFTER_NAME,
        _season,
    ),
    "feast": (PART + r"(christmas|easter|new year)(?![a-z])" + AFTER_MONTH, _feast),
    "fy": (PART + rf"fy ?({PAIR}|{LONG_YEAR}|\d\d(?!\d))", _fy),
    "kind_of_year": (
        PART + r"(financial|academic|calendar) year(?![a-z])([ -]end)?" + AFTER_YEAR_WORD,
        _kind_of_year,
    ),
    "year_end": (
        rf"end (?:of )?(?:the |this )?year(?![a-z]){AFTER_YEAR_WORD}|year[ -]end{AFTER_YEAR_WORD}",
        _year_end,
    ),
    "pair": (
        PART
        + r"(?<![\d./-])(20\d\d ?[/-] ?(?:20)?\d\d|(?:1[3-9]|[2-6]\d)/\d\d)(?!\d|[/.-]\d)"
        + rf"(?! ?(?:of )?(?:{ANY_MONTH})(?![a-z]))",
        _pair_of_years,
    ),
    "year": (PART + r"(?<![\d./:£-])(20\d\d)(?![\d/:%]|[.,-]\d)", _year),
}
