"""The components of a page: template tags with named arguments only, so that a misspelt one fails at once.

Those that return a string can also be called from Python (a table's `render_` methods). A key entry is
anything with `colour` and `word`; None stands for "Not rated". components/gallery.html shows them all.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from plans.drawing.shapes import number as tenth
from plans.forms.mistakes import mistakes
from plans.wording.differing import differing

register = template.Library()

SHAPES = {
    "red": "M6 0 12 6 6 12 0 6Z",
    "amber": "M6 .5 12 11.5H0Z",
    "green": "M6 0a6 6 0 1 1 0 12A6 6 0 1 1 6 0Z",
    "blue": "M0 0H12V12H0ZM2.6 6 5 8.6 9.6 3.6 8.5 2.6 5 6.4 3.7 5Z",
    "purple": "M3 .8H9L12 6 9 11.2H3L0 6Z",
    "grey": "M0 4H12V8H0Z",
}
LETTERS = {"red": "R", "amber": "A", "green": "G", "blue": "B", "purple": "P", "grey": "–"}
FLAGS = {"late": " app-flag--late", "ok": " app-flag--ok", "ask": " app-flag--ask", "plain": ""}
BAR_WIDTH = 136
LETTER_WIDTH = 11


@register.simple_tag
def rating(*, entry) -> SafeString:
    """A rating as word, colour and shape together; colour alone never says anything."""
    return _rating("none", "Not rated") if entry is None else _rating(entry.colour, entry.word)


@lru_cache(maxsize=512)
def _rating(colour: str, word: str) -> SafeString:
    if colour == "none":
        shape = mark_safe(
            '<circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" stroke-width="1.5"'
            ' stroke-dasharray="2.4 1.6"/>'
        )
    else:
        rule = mark_safe(' fill-rule="evenodd"') if colour == "blue" else ""
        shape = format_html('<path{} d="{}"/>', rule, SHAPES[colour])
    return format_html(
        '<strong class="govuk-tag app-r-{}"><svg viewBox="0 0 12 12" width="12" height="12"'
        ' aria-hidden="true">{}</svg>{}</strong>',
        colour,
        shape,
        word,
    )


@register.simple_tag
def rating_change(*, before, after, first: bool = False) -> SafeString:
    """How a rating moved: two tags and an arrow that is read out as "to"."""
    if first or before == after:
        said = "first rating" if first else "unchanged"
        return format_html('<span class="app-was">{} <span>{}</span></span>', rating(entry=after), said)
    return format_html(
        '<span class="app-was">{} <span aria-hidden="true">→</span> '
        '<span class="govuk-visually-hidden">to</span> {}</span>',
        rating(entry=before),
        rating(entry=after),
    )


@register.simple_tag
def rating_key(*, key: Iterable) -> SafeString:
    """The plan's own key: each tag with what the plan says that it means."""
    rows = ((rating(entry=entry), entry.explanation) for entry in key)
    return format_html(
        '<ul class="app-key">{}</ul>', format_html_join("", "<li>{} <span>{}</span></li>", rows)
    )


@register.simple_tag
def rating_count(*, number: int, entry, url: str, change: str = "") -> SafeString:
    """One big number of the dashboard; a list item."""
    word = "Not rated" if entry is None else entry.word
    shown = format_html(
        '<a class="govuk-link app-counts__n app-num" href="{}" aria-label="{} {}">{}</a>',
        url,
        number,
        word,
        number,
    )
    if not number:
        shown = mark_safe('<span class="app-counts__n app-num app-zero">0</span>')
    said = format_html('<span class="app-counts__c">{}</span>', change) if change else ""
    return format_html("<li>{}<br>{} {}</li>", shown, rating(entry=entry), said)


@register.simple_tag
def tag_counts(*, counts: Iterable[tuple]) -> SafeString:
    """Tags with their counts in one line, from (entry, number, url); zeros are left out."""
    rows = ((rating(entry=entry), url, number) for entry, number, url in counts if number)
    items = format_html_join("", '<li>{} <a class="govuk-link app-num" href="{}">{}</a></li>', rows)
    return format_html('<ul class="app-tags">{}</ul>', items)


@register.simple_tag
def rating_bar(*, counts: Iterable[tuple], most: int) -> SafeString:
    """A bar of an area's ratings from (entry, number); `most`, the biggest area's total, fills the width.

    It is hidden from screen readers: the same numbers always stand beside it in words.
    """
    unit = (BAR_WIDTH - 2) / max(most, 1)
    position, parts = 1.0, []
    for entry, number in counts:
        if number:
            parts.append(_bar_part(entry, position, max(number * unit - 2, 1)))
            position += number * unit
    return format_html(
        '<svg class="app-bar" width="{0}" height="18" viewBox="0 0 {0} 18" aria-hidden="true">{1}</svg>',
        BAR_WIDTH,
        mark_safe("".join(parts)),
    )


def _bar_part(entry, left: float, width: float) -> SafeString:
    colour, letter = ("none", "–") if entry is None else (entry.colour, LETTERS[entry.colour])
    words = format_html('<text x="{}" y="13">{}</text>', tenth(left + width / 2), letter)
    return format_html(
        '<g class="app-bar-{}"><rect x="{}" y="1" width="{}" height="16"/>{}</g>',
        colour,
        tenth(left),
        tenth(width),
        words if width >= LETTER_WIDTH else "",
    )


@register.simple_tag
def count_cell(*, number: int, url: str, label: str) -> SafeString:
    """A cell of a counts table; `label` says on a phone what is counted."""
    if not number:
        return mark_safe(
            '<td class="govuk-table__cell govuk-table__cell--numeric app-zero" role="cell">0</td>'
        )
    return format_html(
        '<td class="govuk-table__cell govuk-table__cell--numeric" role="cell" data-label="{}">'
        '<a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden"> {}</span></a></td>',
        label,
        url,
        number,
        label,
    )


@register.simple_tag
def stat(*, number: int | str, url: str = "", words: str) -> SafeString:
    """A number linked to the very list that it counts, with its words; a list item."""
    if url and number:
        shown = format_html('<a class="govuk-link" href="{}">{}</a>', url, number)
    else:
        shown = format_html('<span class="{}">{}</span>', "" if number else "app-zero", number)
    return format_html('<li><b class="app-num">{}</b> <span>{}</span></li>', shown, words)


@register.simple_tag
def flag(*, words: str, kind: str = "plain") -> SafeString:
    """What a rating hides, as a bar and bold words. Kinds: late, ok, ask, plain."""
    return format_html('<span class="app-flag{}">{}</span>', FLAGS[kind], words)


@register.simple_tag
def empty_state(*, text: str) -> SafeString:
    """The sentence that stands where there is nothing to list."""
    return format_html('<p class="govuk-body app-empty">{}</p>', text)


@register.inclusion_tag("components/section_heading.html")
def section_heading(
    *,
    text: str,
    id: str,
    number: int | None = None,
    url: str = "",
    link: str = "",
    note: str = "",
    level: int = 2,
):
    """A section's heading under its rule, its number in it, with a link to all of it or a note beside."""
    text = text if number is None else f"{text}: {number}"
    return {"text": text, "id": id, "url": url, "link": link, "note": note, "level": level}


@register.simple_block_tag
def timeline_item(content, *, on: date, by: str, note: str = ""):
    """One moment of a timeline, for `<ol class="app-time">`."""
    said = " · ".join(part for part in (by, note) if part)
    return format_html(
        '<li><p class="app-meta"><b class="app-ink">{}</b> · {}</p>{}</li>', long_date(on), said, content
    )


@register.simple_block_tag
def details(content, *, summary: str, open: bool = False, id: str = ""):
    """Words to open for those who want more."""
    return format_html(
        '<details class="govuk-details"{}{}><summary>{}</summary>'
        '<div class="govuk-details__text">{}</div></details>',
        format_html(' id="{}"', id) if id else "",
        mark_safe(" open") if open else "",
        summary,
        content,
    )


@register.inclusion_tag("components/summary_list.html")
def summary_list(*, rows: Iterable[Sequence], narrow: bool = False):
    """Pairs of label and value; a row may add the address and the words of a link to change it."""
    names = ("label", "value", "url", "action")
    return {"rows": [dict(zip(names, row, strict=False)) for row in rows], "narrow": narrow}


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(*, items: Iterable[tuple[str, str]]):
    """The parents of a page as (label, address), never the page itself; a phone shows the last alone."""
    return {"items": items}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context, *, page, parameter: str = "page", label: str = "Pages"):
    """Links to the pages of a list; the rest of the query string is kept."""

    def address(number):
        query = context["request"].GET.copy()
        query[parameter] = number
        return f"?{query.urlencode()}"

    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    numbers = [(number, address(number) if isinstance(number, int) else "") for number in shown]
    return {
        "page": page,
        "label": label,
        "numbers": numbers,
        "previous": address(page.number - 1) if page.has_previous() else "",
        "next": address(page.number + 1) if page.has_next() else "",
    }


@register.inclusion_tag("components/stepper.html")
def stepper(*, names: str, current: int):
    """The steps of a task, their names parted by commas; `current` counts from 1."""
    return {"names": [name.strip() for name in names.split(",")], "current": current}


@register.simple_tag
def difference(*, before: str, after: str, side: str) -> SafeString:
    """One side of two texts: words gone are struck out on the side "before", new ones marked on "after"."""
    element = {"before": "del", "after": "ins"}[side]
    pieces = (
        format_html("<{0}>{1}</{0}>", mark_safe(element), words) if lacks else conditional_escape(words)
        for words, lacks in differing(before, after, side)
    )
    return mark_safe("".join(pieces))


@register.inclusion_tag("components/error_summary.html")
def error_summary(
    *, form, heading: str = "There is a problem", extra: Iterable[tuple[str, str]] | None = None
):
    """Every mistake at the top of the page, linked to its field.

    `form` is a form, a formset or a list of either; `extra` adds (words, address) of what no form knows.
    A form's `error_prefix` ("Action 10: ") goes before its messages, to tell equal fields apart.
    """
    return {"heading": heading, "errors": [*mistakes(form), *(extra or [])]}


@register.filter
def long_date(day: date | None) -> str:
    """A day in a sentence: 30 March 2020."""
    return f"{day.day} {day:%B %Y}" if day else "No date"


@register.filter
def short_date(day: date | None) -> SafeString:
    """A day in a table: 31 Mar 2020, never broken over lines."""
    if not day:
        return mark_safe('<span class="app-nowrap app-zero">No date</span>')
    shown = f"{day.day} {day:%b %Y}"
    return format_html('<time datetime="{}">{}</time>', f"{day:%Y-%m-%d}", shown)


@register.filter
def short_moment(moment: datetime) -> SafeString:
    """A moment in the site's own time: 23 Mar 2020, 10:28."""
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    shown = f"{local.day} {local:%b %Y, %H:%M}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), shown)
