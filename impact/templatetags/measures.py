"""What pages show of measures: icons with their words, drawings, months. Named arguments only."""

from datetime import date
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from impact.charts.icons import draw_icon
from impact.charts.shapes import mark
from impact.icons import Icon
from impact.verdict_parts import MarkKind
from plans.drawing.shapes import Drawing

register = template.Library()


@register.simple_tag
def svg(*, drawing: Drawing | None, name: str) -> SafeString:
    """A drawing beside words that say the same, so hidden from screen readers."""
    if drawing is None:
        return mark_safe("")
    context = {"drawing": drawing, "class": name, "width": drawing.width, "height": drawing.height}
    return mark_safe(render_to_string("impact/parts/drawing.svg.html", context).strip())


@register.simple_tag
def spc_icon(*, icon: Icon, low_is_good: bool = False, large: bool = False) -> SafeString:
    """An icon's drawing alone: write its word beside it."""
    return _icon(icon.key, low_is_good, "app-icon-l" if large else "app-icon")


@lru_cache(maxsize=64)
def _icon(key: str, low_is_good: bool, name: str) -> SafeString:
    return svg(drawing=draw_icon(key, low_is_good=low_is_good), name=name)


@register.simple_tag
def spc_words(*, icon: Icon, low_is_good: bool = False) -> SafeString:
    """An icon with its word, and for screen readers what it means."""
    return format_html(
        '<span class="app-spc">{}<span>{}<span class="govuk-visually-hidden">. {}</span></span></span>',
        spc_icon(icon=icon, low_is_good=low_is_good),
        icon.said,
        icon.description,
    )


@register.simple_tag
def mark_words(*, kind: MarkKind, words: str, high: bool = True) -> SafeString:
    """A month's mark as on the chart, with its words."""
    if kind in (MarkKind.MISSING, MarkKind.PLAIN):
        return format_html('<span class="app-zero">{}</span>', words)
    drawing = Drawing(16, 16, "mark", (mark(kind, 8, 8, 4.7, high=high),))
    return format_html('<span class="app-verdict">{} {}</span>', svg(drawing=drawing, name="app-mark"), words)


@register.filter
def month(day: date | None) -> SafeString | str:
    """Such as "Mar 2020", for tables."""
    if day is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', f"{day:%Y-%m}", f"{day:%b %Y}")


@register.filter
def long_month(day: date) -> str:
    """Such as "March 2020"."""
    return f"{day:%B %Y}"
