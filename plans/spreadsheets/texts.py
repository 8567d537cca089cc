"""The text of a cell as its reader sees it, and texts made safe to store."""

import math
import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from .book import Value

ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
BREAKS = re.compile(r"\r\n?|[\x85\u2028\u2029]")
BLANKS = re.compile(r"[\t\u00a0\u2007\u202f]")
INVISIBLE = re.compile(r"[\u200b\u2060\ufeff]")
LITERALS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


def decoded(text: str) -> str:
    """The text with Excel's escapes (_x000D_) turned into the characters they stand for."""
    return ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def tidy(text: str) -> str:
    """Breaks as "\\n", plain spaces, no control characters, no blanks outside; runs inside stay."""
    if text.isascii() and text.isprintable():
        return text.strip()
    text = BLANKS.sub(" ", BREAKS.sub("\n", text))
    return UNSTORABLE.sub("", INVISIBLE.sub("", text)).strip()


def plain_value(value: object, number_format: str) -> tuple[Value, str]:
    """A cell's value and its text; a date at midnight is a day, one shown without its day is only words."""
    if isinstance(value, str):
        return value, tidy(value)
    if isinstance(value, bool):
        return value, "TRUE" if value else "FALSE"
    if isinstance(value, float) and not math.isfinite(value):
        return "#NUM!", "#NUM!"
    if isinstance(value, int | float):
        return value, shown_number(value, number_format)
    if isinstance(value, datetime):
        return _moment(value, number_format)
    if isinstance(value, date):
        return value, long_date(value)
    if isinstance(value, time):
        return value, f"{value:%H:%M}"
    if isinstance(value, timedelta):
        return value, str(value)
    return str(value), tidy(str(value))


def long_date(day: date) -> str:
    """31 January 2020."""
    return f"{day.day} {day:%B} {day.year}"


def _moment(value: datetime, number_format: str) -> tuple[Value, str]:
    if (shown := _without_day(number_format)) is not None:
        text = f"{value:%B} {value.year}" if shown == "month" else str(value.year)
        return text, text
    if value.time() == time():
        return value.date(), long_date(value.date())
    return value, f"{long_date(value.date())} {value:%H:%M}"


@lru_cache(maxsize=256)
def _without_day(number_format: str) -> str | None:
    """ "month" or "year" where the format shows no more of a date than that."""
    codes = LITERALS.sub("", number_format.split(";")[0]).lower()
    if "d" in codes or "y" not in codes:
        return None
    return "month" if "m" in codes else "year"


def shown_number(value: int | float, number_format: str) -> str:
    """A number as its format shows it, as far as plans use formats: percent, decimals, padding, thousands."""
    before, pattern, after = _number_pattern(number_format)
    if pattern is None or value != value or abs(value) > 1e15:
        return _general(value)
    decimals = len(pattern.partition(".")[2])
    shown = f"{value * 100 if after == '%' else value:{',' if ',' in pattern else ''}.{decimals}f}"
    width = len(pattern.partition(".")[0].replace("#", "").replace(",", ""))
    sign, digits = ("-", shown[1:]) if shown.startswith("-") else ("", shown)
    whole, point, fraction = digits.partition(".")
    return f"{sign}{before}{whole.zfill(width)}{point}{fraction}{after}"


@lru_cache(maxsize=256)
def _number_pattern(number_format: str) -> tuple[str, str | None, str]:
    match = re.fullmatch(r"(£?)([#,]*0+(?:\.0+)?)(%?)", number_format.split(";")[0].replace('"£"', "£"))
    return (match[1], match[2], match[3]) if match else ("", None, "")


def _general(value: int | float) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value) if isinstance(value, int) else f"{value:.15g}"
