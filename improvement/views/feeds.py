"""A board's data feed: what programs read, and the page that describes it."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import TemplateView, View

from improvement.feeds.catalogue import BY_NAME, CATALOGUE
from improvement.feeds.describing import index_of
from improvement.feeds.knocking import Refused, let_in, refuse_without_tls
from improvement.feeds.reading import Reading
from improvement.feeds.turns import take_turn
from improvement.feeds.writing import csv_pieces, json_pieces
from plans.access import Permission
from plans.forms.as_at import AsAtForm
from plans.views.base import BoardMixin
from plans.views.second_factor import keeps_second_factor

FORMS = ("csv", "json")
NO_SUCH = "There is no such board or data set, or it is not open to you. Check the address."
SECOND_STEP = (
    "This board asks for a second step at sign-in, and this token has none behind it. Set one up, sign in "
    "with it, make a new token on your page “Data feeds” and use that."
)
NEVER_KEPT = "private, no-store"


def counts_as_second_step(token):
    """It was made with one, which its person has not taken away since."""
    return token.second_step and keeps_second_factor(token.user)


def plain_answer(words, status):
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")


@method_decorator([login_not_required, csrf_exempt], name="dispatch")
class FeedView(BoardMixin, View):
    """Read with a token or, to try an address out, by whoever is signed in; answers are plain, never kept."""

    permission = Permission.VIEW
    http_method_names = ("get", "head")
    token = None

    def dispatch(self, request, *args, **kwargs):
        try:
            refuse_without_tls(request)
            response = self.answer(request, *args, **kwargs)
        except Refused as refused:
            response = plain_answer(refused.words, refused.status)
            if refused.status == 401:
                response["WWW-Authenticate"] = 'Basic realm="Data feed", charset="UTF-8"'
            if refused.wait:
                response["Retry-After"] = str(refused.wait)
        except Http404:
            response = plain_answer(NO_SUCH, 404)
        response["Cache-Control"] = NEVER_KEPT
        return response

    def answer(self, request, *args, **kwargs):
        if "Authorization" in request.headers or not request.user.is_authenticated:
            self.token = let_in(request)
            # The log tells by the second name who it was.
            request.user = request._cached_user = self.token.user
        return super().dispatch(request, *args, **kwargs)

    def second_step_missing(self):
        if self.token is None:
            return super().second_step_missing()
        lacks = self.board.requires_second_factor and not counts_as_second_step(self.token)
        return plain_answer(SECOND_STEP, 403) if lacks else None

    @property
    def reading(self):
        return Reading(self.access, timezone.localdate())


class FeedIndexView(FeedView):
    def get(self, request, *args, **kwargs):
        return JsonResponse(index_of(self.reading), json_dumps_params={"ensure_ascii": False})


class FeedDataView(FeedView):
    """One data set as at now or, where pages can do it, as at an earlier day (`?as_at=2026-03-27`)."""

    def enter(self):
        self.data_set = BY_NAME.get(self.kwargs["dataset"])
        if self.data_set is None or self.kwargs["form"] not in FORMS:
            raise Http404("No such data set")

    def get(self, request, *args, **kwargs):
        if trouble := self.trouble():
            return plain_answer(trouble, 400)
        reading = Reading(self.access, timezone.localdate(), self.asked.chosen)
        if self.kwargs["form"] == "json":
            return self.send("application/json", json_pieces(self.data_set, reading, timezone.now()))
        response = self.send("text/csv; charset=utf-8", csv_pieces(self.data_set, reading))
        name = f"{self.board.slug}-{self.data_set.name}-{reading.day}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def send(self, content_type, pieces):
        # Nobody reads the rows of a HEAD request.
        wanted = take_turn(self.request.user, pieces) if self.request.method == "GET" else ()
        return StreamingHttpResponse(wanted, content_type=content_type)

    @property
    def asked(self):
        data = {"as_at": self.request.GET.get("as_at", "")}
        return AsAtForm(data, plan=None, today=timezone.localdate(), meetings=[])

    def trouble(self):
        """Why what is asked for can't be told; "" where it can."""
        form = self.asked
        if self.request.GET.get("as_at") and not self.data_set.takes_as_at:
            return f"“{self.data_set.name}” is told as it stands now only. Leave out as_at."
        if form.has_error("as_at", "invalid"):
            return "as_at is no real day. Write it as as_at=2026-03-27."
        if form.errors:
            [words] = form.errors["as_at"]
            return f"as_at: {words}."
        return ""


class FeedPage(BoardMixin, TemplateView):
    """Says what there is to read, by which addresses, and what each field is."""

    permission = Permission.VIEW
    template_name = "improvement/feed.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(data_sets=CATALOGUE, site=settings.SITE_URL, **kwargs)
