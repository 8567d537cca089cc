from django.utils import timezone
from django.views.generic import TemplateView

from impact.services.narrative_board import latest_so_whats
from improvement.charted import allow_plotly
from improvement.dashboards import Dashboard
from improvement.measures_panel import MeasuresPanel
from plans.access import Permission
from plans.standing import shown_day
from plans.views.base import PlanMixin

MOST_SO_WHATS = 4


@allow_plotly
class DashboardView(PlanMixin, TemplateView):
    permission = Permission.VIEW
    template_name = "improvement/dashboard.html"

    def get_context_data(self, **kwargs):
        shown = shown_day(self.plan, timezone.localdate())
        context = {"plan": self.plan, "shown": shown, "plans": self.board.plans.newest_first()}
        if self.plan is not None:
            self.plan.board = self.board
            context["dashboard"] = Dashboard(self.plan, shown)
            context["measures"] = MeasuresPanel(self.board, shown)
            context["so_what_url"] = f"narratives/?plan={self.plan.pk}"
            context["so_whats"] = latest_so_whats(self.plan, MOST_SO_WHATS)
        return super().get_context_data(**kwargs) | context
