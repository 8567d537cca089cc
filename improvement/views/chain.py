from django.utils import timezone
from django.views.generic import TemplateView

from improvement.chain_page import Chain
from plans.access import Permission
from plans.standing import shown_day
from plans.views.base import PlanMixin


class BreaksView(PlanMixin, TemplateView):
    """Where the chain from action to measure, narrative and evidence breaks."""

    permission = Permission.VIEW
    template_name = "improvement/breaks.html"

    def get_context_data(self, **kwargs):
        shown = shown_day(self.plan, timezone.localdate())
        context = {"plan": self.plan, "shown": shown, "plans": self.board.plans.newest_first()}
        if self.plan is not None:
            context["chain"] = Chain(self.plan, shown)
        return super().get_context_data(**kwargs) | context
