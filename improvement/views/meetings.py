from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from improvement.meeting_list import MeetingList
from improvement.meeting_page import MeetingPage
from plans.access import Permission
from plans.views.base import BoardMixin, PlanMixin


class MeetingListView(BoardMixin, TemplateView):
    permission = Permission.VIEW
    template_name = "improvement/meeting_list.html"

    def get_context_data(self, **kwargs):
        page = MeetingList(self.board, timezone.localdate())
        return super().get_context_data(**kwargs) | {"page": page}


class MeetingView(PlanMixin, TemplateView):
    """The agenda, or what was on it, by the plan that ran on the day where the address names none."""

    permission = Permission.VIEW
    template_name = "improvement/meeting.html"

    def enter(self):
        self.meeting = get_object_or_404(self.board.meetings, pk=self.kwargs["pk"])
        super().enter()
        if self.plan:
            self.plan.board = self.board

    @property
    def day_asked(self):
        return self.meeting.on

    def get_context_data(self, **kwargs):
        page = MeetingPage(self.board, self.meeting, self.plan, self.meetings, timezone.localdate())
        context = {"page": page, "meeting": self.meeting, "plan": self.plan}
        context["plans"] = self.plans
        context["breadcrumbs"] = [("Meetings", reverse("meeting_list", args=[self.board.slug]))]
        return super().get_context_data(**kwargs) | context
