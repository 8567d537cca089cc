from django import template
from django.utils.safestring import SafeString, mark_safe

from impact.markup import to_html, to_plain
from impact.models import Narrative
from impact.periods import period_words

register = template.Library()


@register.filter
def marked(text: str) -> SafeString:
    """A narrative's text as HTML: paragraphs, lists and bold, and nothing else."""
    return mark_safe(to_html(text))


@register.filter
def plain(text: str) -> str:
    """Its words in one line, without its signs."""
    return to_plain(text)


@register.filter
def period(narrative: Narrative) -> str:
    return period_words(narrative.starts, narrative.ends)
