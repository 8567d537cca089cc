import sys

from django.db import InterfaceError, OperationalError
from django.views.defaults import server_error

from improvement.unsaved import has_no_room, no_room, page

AWAY = (OperationalError, InterfaceError)


def failed(request):
    """The page for an error: 507 where nothing can be written, 503 where the database is away or locked,
    500 where the fault is ours.

    It is called while the error is being handled.
    """
    error = sys.exc_info()[1]
    if has_no_room(error):
        return no_room(request)
    if isinstance(error, AWAY):
        return page(request, "503.html", 503)
    return server_error(request)
