"""Where a person is signed in, and signing out from afar."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from improvement.signin.own_sessions import end_other_sessions, end_sessions, open_sessions

HEADS = ("Browser", "Signed in", "Last seen", "Sign out")
EVERYWHERE_ELSE = "others"


# Whoever finds a desk left alone shuts nobody out from it: ending asks again who it is.
@method_decorator([never_cache, reauthentication_required(allow_get=True)], name="dispatch")
class OwnSessionsView(TemplateView):
    template_name = "improvement/own_sessions.html"

    def get_context_data(self, **kwargs):
        sessions, this = open_sessions(self.request.user), self.request.session.session_key
        context = {"sessions": sessions, "this": this, "heads": HEADS, "everywhere_else": EVERYWHERE_ELSE}
        return super().get_context_data(**context, **kwargs)

    def post(self, request):
        if self.end(request.POST.get("end", "")):
            messages.success(request, "You are signed out there.")
        else:
            messages.info(request, "Nothing was open there any more.")
        return redirect("own_sessions")

    def end(self, which):
        user, this = self.request.user, self.request.session.session_key
        if which == EVERYWHERE_ELSE:
            return end_other_sessions(user, this)
        return end_sessions(
            each.key for each in open_sessions(user) if each.reference == which and each.key != this
        )
