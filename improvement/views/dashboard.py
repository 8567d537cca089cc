from datetime import timedelta

from django.views.generic import TemplateView

from impact.services.narrative_board import latest_so_whats
from improvement.challenges import count_open
from improvement.charted import allow_plotly
from improvement.checking import findings_of
from improvement.dashboards import Dashboard
from improvement.measures_panel import MeasuresPanel
from improvement.meeting_list import next_of
from improvement.request_queue import to_decide
from improvement.signed_counts import signed_count
from plans.access import Permission
from plans.coverage import count_unanswered
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
            context["signed"] = self.signed(context["dashboard"])
            context["measures"] = MeasuresPanel(self.board, self.shown)
            context["dashboard"].findings = self.findings(**context)
            context["unanswered"] = count_unanswered(self.board, self.shown.day)
            context["challenged"] = count_open(self.board, self.shown.day)
            context["next_meeting"] = next_of(
                self.meetings, self.shown.day + timedelta(days=self.shown.is_past)
            )
            context["so_what_url"] = f"narratives/?plan={self.plan.pk}{self.shown.query}"
            context["so_whats"] = latest_so_whats(self.plan, MOST_SO_WHATS, self.shown.past_day)
        return super().get_context_data(**kwargs) | context | {"to_decide": self.to_decide}

    def findings(self, dashboard, measures, **context):
        """Measures are judged once, for their own panel."""
        rows = measures.panel.rows
        return findings_of(self.plan, self.shown, key=dashboard.entries, meetings=self.meetings, rows=rows)

    def signed(self, dashboard):
        return signed_count(self.plan, self.plan.actions.shown(self.shown), self.shown, dashboard.key)

    @property
    def to_decide(self):
        """How many requests the person may agree or refuse now."""
        if self.shown.is_past or not self.access.may(Permission.SIGN_OFF):
            return 0
        return to_decide(self.request.user, [self.board.pk])[self.board.pk]
