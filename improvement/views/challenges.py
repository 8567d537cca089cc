from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import ListView, TemplateView
from django_tables2 import SingleTableMixin

from improvement.challenge_list import ChallengeFilter, ChallengeTable
from improvement.challenge_page import ChallengePage
from improvement.challenges import count_open, with_all
from plans.access import Permission
from plans.models import Challenge
from plans.views.actions import EXPORTS
from plans.views.base import AsAtMixin, BoardMixin
from plans.views.downloads import table_download


def meetings_crumb(board):
    return "Meetings", reverse("meeting_list", args=[board.slug])


class ChallengeListView(AsAtMixin, BoardMixin, SingleTableMixin, ListView):
    permission = Permission.VIEW
    template_name = "improvement/challenge_list.html"
    table_class = ChallengeTable
    paginate_by = 50

    def enter(self):
        self.export = self.request.GET.get("_export", "")
        if self.export and self.export not in EXPORTS:
            raise Http404("No such download")

    def get_queryset(self):
        self.filter = ChallengeFilter(
            self.request.GET, board=self.board, user=self.request.user, day=self.shown.day
        )
        return self.filter.qs if self.filter.is_valid() else self.filter.queryset.none()

    def paginate_queryset(self, queryset, page_size):
        """The table pages itself."""
        return None, None, queryset, False

    def get_table_kwargs(self):
        return {"board": self.board, "shown": self.shown}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs) | {"filter": self.filter}
        context["found"] = context["table"].paginator.count
        context["breadcrumbs"] = [meetings_crumb(self.board)]
        return context | {"counts": count_open(self.board, self.shown.day)}

    def render_to_response(self, context, **kwargs):
        if not self.export:
            return super().render_to_response(context, **kwargs)
        return table_download(context["table"], "Challenges", f"challenges-{self.shown.day}", self.export)


class ChallengeView(AsAtMixin, BoardMixin, TemplateView):
    """Past days lead to it; it offers no other day itself."""

    permission = Permission.VIEW
    template_name = "improvement/challenge.html"

    @cached_property
    def meetings(self):
        return super().meetings if "as_at" in self.request.GET else []

    def enter(self):
        raised = Challenge.objects.filter(board=self.board, raised_on__lte=self.shown.day)
        self.challenge = get_object_or_404(with_all(raised).select_related("board"), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        page, is_past = ChallengePage(self.challenge, self.shown), self.shown.is_past
        context = {"page": page, "challenge": self.challenge}
        context["may_answer"] = not is_past and self.access.may_answer(self.challenge)
        context["may_close"] = not is_past and self.access.may_close(self.challenge)
        challenges = ("Challenges", reverse("challenge_list", args=[self.board.slug]) + self.shown.start)
        context["breadcrumbs"] = [meetings_crumb(self.board), challenges]
        return super().get_context_data(**kwargs) | context
