"""What a pack's templates need to show plain data: its days, ratings and icons."""

from collections.abc import Mapping
from datetime import date

from django import template

from impact.charts.icons import draw_icon
from plans.rating import KeyEntry
from plans.templatetags.components import long_date, short_date

register = template.Library()


@register.filter
def day(words: str) -> str:
    """ "2020-03-30" as in a sentence: 30 March 2020."""
    return long_date(date.fromisoformat(words)) if words else ""


@register.filter
def short_day(words: str) -> str:
    """ "2020-03-30" as in a table: 30 Mar 2020."""
    return short_date(date.fromisoformat(words) if words else None)


@register.filter
def of_key(code: str, key: Mapping[str, KeyEntry]) -> KeyEntry | None:
    """The key's entry of a rating; none for "not rated"."""
    return key.get(code)


@register.filter
def heading(depth: int, below: int) -> int:
    """The rank of a heading so many levels below the plan's own."""
    return min(depth + below, 6)


@register.simple_tag
def icon_drawing(*, icon: Mapping):
    return draw_icon(icon["key"], low_is_good=icon["low_is_good"])
