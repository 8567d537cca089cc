from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login

from improvement.signin.sessions import has_lasted
from improvement.sizes import too_big, without_length
from improvement.unsaved import no_room
from improvement.uploads import had_no_room
from plans.services.safety import keep_form
from plans.views.unsaved import sent_fields

SIGNED_OUT = "You were signed out. What you wrote is kept for a day: sign in and you find it again."


class IdleMiddleware:
    """Lets a session in use go on; one that nobody uses ends by itself after SESSION_IDLE_MINUTES.

    After SESSION_LONGEST_HOURS it ends in any case. What is sent then is kept as after any other end.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated and request.session.is_worn():
            request.session.go_on()
        return response

    def process_view(self, request, view, args, kwargs):
        if request.user.is_authenticated and has_lasted(request.session):
            logout(request)


class SizeMiddleware:
    """Refuses what is too big by what it says of itself, before any of it is read.

    It stands before the middleware that looks into forms.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if "Transfer-Encoding" in request.headers and "Content-Length" not in request.headers:
            return without_length(request)
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.REQUEST_MAX_BYTES:
            return too_big(request)
        return None


class RoomMiddleware:
    """Answers a form whose file found no room on the disk with the words that came beside it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        return no_room(request) if had_no_room(request) else None


class KeepPostsMiddleware:
    """Keeps what is sent after a session has ended, where the form says whose it is; else does nothing.

    It stands before the middleware that sends everybody who is not signed in to the sign-in page.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method != "POST" or "who" not in request.POST or request.user.is_authenticated:
            return None
        return to_sign_in(request, keep_form(request.POST["who"], sent_fields(request)))


def to_sign_in(request, kept):
    """To the sign-in page and from there to what is kept; None where nothing was."""
    if kept is None:
        return None
    messages.warning(request, SIGNED_OUT)
    return redirect_to_login(kept.path)
