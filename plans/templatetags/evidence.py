"""A piece of evidence on a page: its title leads to the download, or to the page where it stands."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from plans.models import Board, Evidence

register = template.Library()


@register.simple_tag
def evidence_link(*, evidence: Evidence, board: Board) -> SafeString:
    """Its title, linked; a file's kind stands beside, so that nobody opens one unawares."""
    if evidence.link:
        words = '<a class="govuk-link" href="{}" rel="noopener noreferrer external">{}</a>'
        return format_html(words, evidence.link, evidence.title)
    url = reverse("plans:evidence_file", args=[board.slug, evidence.pk])
    ending = evidence.filename.rpartition(".")[2].upper()
    words = '<a class="govuk-link" href="{}">{}</a> <span class="app-meta">({})</span>'
    return format_html(words, url, evidence.title, ending)
