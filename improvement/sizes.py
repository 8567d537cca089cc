"""Refuses what is too big, or does not say how big it is, in a sentence."""

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string

MEGABYTE = 1_000_000


def too_big(request):
    return refusal(413, most=settings.REQUEST_MAX_BYTES // MEGABYTE)


def without_length(request):
    return refusal(411)


def refusal(status, **context):
    """Made without the request, of which nothing has been read."""
    return HttpResponse(render_to_string("413.html", context), status=status)
