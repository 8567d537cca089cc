from datetime import timedelta

from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from impact.services.narrative_board import latest_so_whats
from improvement.challenges import open_on, overdue_on
from improvement.charted import allow_plotly
from improvement.checking import findings_of
from improvement.counting import count_together
from improvement.dashboards import Dashboard
from improvement.measures_panel import MeasuresPanel
from improvement.meeting_list import next_of
from improvement.move_queue import moves_to_decide
from improvement.request_queue import sign_offs_to_decide
from plans.access import Permission
from plans.coverage import unanswered
from plans.history.answers import answers_on
from plans.views.base import AsAtMixin, PlanMixin

MOST_SO_WHATS = 4


@allow_plotly
class DashboardView(AsAtMixin, PlanMixin, TemplateView):
    permission = Permission.VIEW
    template_name = "improvement/dashboard.html"

    def get_context_data(self, **kwargs):
        context = {"plan": self.plan, "plans": self.plans}
        if self.plan is not None:
            self.plan.board = self.board
            context["dashboard"] = Dashboard(self.plan, self.shown)
            context["measures"] = MeasuresPanel(self.board, self.shown, self.plan)
            context["dashboard"].findings = self.findings(**context)
            context |= self.counts()
            context |= {"next_meeting": self.next_meeting(), "today": timezone.localdate()}
            context["day_of_board"] = self.day_of_board()
            context["so_what_url"] = f"narratives/?plan={self.plan.pk}{self.shown.query}"
            context["so_whats"] = latest_so_whats(self.plan, MOST_SO_WHATS, self.shown.past_day)
        return super().get_context_data(**kwargs) | context

    @cached_property
    def is_over(self):
        """Whether the plan had ended by the day shown: what comes next is another plan's."""
        shown, ends = self.shown, self.plan.ends
        return (ends is not None and ends <= shown.day) if shown.is_past else shown.ended

    def day_of_board(self):
        """What keeps the day in the addresses of the board's own lists, which know of no plan's end."""
        day = self.shown.last_day
        return f"&as_at={day}" if day else ""

    def next_meeting(self):
        """The first from today, or after the past day shown; none once the plan has ended."""
        shown = self.shown
        return None if self.is_over else next_of(self.meetings, shown.day + timedelta(days=shown.is_past))

    @cached_property
    def answers(self):
        """What was recommended and answered on a past day; None without one, also once the plan has ended."""
        return answers_on(self.board, self.shown.past_day)

    def findings(self, dashboard, measures, **context):
        """Measures are judged once, for their own panel, and actions looked up once."""
        known = {"key": dashboard.entries, "rows": measures.panel.rows, "stand": dashboard.rows}
        known["answers"] = self.answers
        return findings_of(self.plan, self.shown, meetings=self.meetings, **known)

    def counts(self):
        """What waits: for an action, for an answer, and for the person to agree or refuse now."""
        board, day, user = self.board, self.shown.day, self.request.user
        counted = {
            "open": open_on(board, day),
            "overdue": overdue_on(board, day),
        }
        if not (self.shown.is_past or self.is_over) and self.access.may(Permission.SIGN_OFF):
            counted["sign_offs"] = sign_offs_to_decide(user, [board.pk])
            counted["moves"] = moves_to_decide(user, [board.pk])
        if self.answers is None:
            counted["unanswered"] = unanswered(board)
        found = count_together(**counted)
        without = len(self.answers.unanswered) if self.answers else found["unanswered"]
        to_decide = found.get("sign_offs", 0) + found.get("moves", 0)
        return {"unanswered": without, "challenged": found, "to_decide": to_decide}
