from django.db.models import Count, Q
from django.http import Http404
from django.utils import timezone
from django.views.generic import TemplateView, View

from plans.access import Permission
from plans.asat import shown_day
from plans.document import Document
from plans.views.base import BoardMixin, PlanMixin


class PlanView(PlanMixin, TemplateView):
    permission = Permission.VIEW
    template_name = "plans/plan.html"

    def get_context_data(self, **kwargs):
        shown = shown_day(self.plan, timezone.localdate())
        context = {"plan": self.plan, "shown": shown, "plans": self.board.plans.newest_first()}
        if self.plan is not None:
            context["document"] = Document(self.plan, shown, self.request.GET.get("area", ""))
        return super().get_context_data(**kwargs) | context


class PlanListView(BoardMixin, TemplateView):
    permission = Permission.VIEW
    template_name = "plans/plan_list.html"

    def get_context_data(self, **kwargs):
        standing = Count("actions", filter=Q(actions__withdrawn_on__isnull=True))
        plans = self.board.plans.newest_first().annotate(standing=standing)
        return super().get_context_data(plans=plans, **kwargs)


class PlanDownloadView(BoardMixin, View):
    permission = Permission.VIEW

    def get(self, request, *args, **kwargs):
        raise Http404
