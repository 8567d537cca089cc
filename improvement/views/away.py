import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

AWAY = (OperationalError, InterfaceError)
SECONDS = 60


def failed(request):
    """The page for an error: 503 where the database is away, locked or full, 500 where the fault is ours.

    It is called while the error is being handled. The page is made without the request, whose user is in
    the database.
    """
    if not isinstance(sys.exc_info()[1], AWAY):
        return server_error(request)
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": str(SECONDS)})
