from django.contrib import messages
from django.contrib.auth.views import redirect_to_login

from plans.services.safety import keep_form

SIGNED_OUT = "You were signed out. What you wrote is kept for a day: sign in and you find it again."


class IdleMiddleware:
    """Lets a session in use go on; one that nobody uses ends by itself after SESSION_IDLE_MINUTES."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated and request.session.is_worn():
            request.session.modified = True
        return response


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
        return to_sign_in(request, keep_form(request.POST["who"], dict(request.POST.lists())))


def to_sign_in(request, kept):
    """To the sign-in page and from there to what is kept; None where nothing was."""
    if kept is None:
        return None
    messages.warning(request, SIGNED_OUT)
    return redirect_to_login(kept.path)
