from django.views.generic import TemplateView

from improvement.chain_page import Chain
from plans.access import Permission
from plans.views.base import AsAtMixin, PlanMixin


class BreaksView(AsAtMixin, PlanMixin, TemplateView):
    """Where the chain from action to measure, narrative and evidence breaks."""

    permission = Permission.VIEW
    template_name = "improvement/breaks.html"

    def get_context_data(self, **kwargs):
        context = {"plan": self.plan, "plans": self.plans}
        if self.plan is not None:
            context["chain"] = Chain(self.plan, self.shown)
        return super().get_context_data(**kwargs) | context
