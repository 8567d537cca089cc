from django.views.generic import TemplateView

from impact.services.narrative_board import latest_so_whats
from improvement.charted import allow_plotly
from improvement.dashboards import Dashboard
from improvement.measures_panel import MeasuresPanel
from plans.access import Permission
from plans.views.base import AsAtMixin, PlanMixin

MOST_SO_WHATS = 4


@allow_plotly
class DashboardView(AsAtMixin, PlanMixin, TemplateView):
    permission = Permission.VIEW
    template_name = "improvement/dashboard.html"

    def get_context_data(self, **kwargs):
        context = {"plan": self.plan, "plans": self.board.plans.newest_first()}
        if self.plan is not None:
            self.plan.board = self.board
            context["dashboard"] = Dashboard(self.plan, self.shown)
            context["measures"] = MeasuresPanel(self.board, self.shown)
            context["so_what_url"] = f"narratives/?plan={self.plan.pk}"
            context["so_whats"] = latest_so_whats(self.plan, MOST_SO_WHATS)
        return super().get_context_data(**kwargs) | context
