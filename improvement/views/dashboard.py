from django.utils import timezone
from django.views.generic import TemplateView

from improvement.dashboards import Dashboard
from plans.access import Permission
from plans.standing import shown_day
from plans.views.base import PlanMixin


class DashboardView(PlanMixin, TemplateView):
    permission = Permission.VIEW
    template_name = "improvement/dashboard.html"

    def get_context_data(self, **kwargs):
        shown = shown_day(self.plan, timezone.localdate())
        context = {"plan": self.plan, "shown": shown, "plans": self.board.plans.newest_first()}
        if self.plan is not None:
            self.plan.board = self.board
            context["dashboard"] = Dashboard(self.plan, shown)
        return super().get_context_data(**kwargs) | context
