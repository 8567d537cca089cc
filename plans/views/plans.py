from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import slugify
from django.views.generic import TemplateView, View

from plans.access import Permission
from plans.document import Document
from plans.export import plan_table
from plans.history.then import tell_plans
from plans.models import Action
from plans.spreadsheets.writing import write_xlsx
from plans.views.base import AsAtMixin, BoardMixin, PlanMixin
from plans.views.downloads import file_response

LEFT_OUT = "Plans whose import was taken back since are not listed."


class PlanView(AsAtMixin, PlanMixin, TemplateView):
    permission = Permission.VIEW
    template_name = "plans/plan.html"

    def get_context_data(self, **kwargs):
        context = {"plan": self.plan, "plans": self.plans}
        if self.plan is not None:
            chosen = self.request.GET.get("area", ""), self.request.GET.get("page", "1")
            context["document"] = Document(self.plan, self.shown, *chosen)
        return super().get_context_data(**kwargs) | context


class PlanListView(AsAtMixin, BoardMixin, TemplateView):
    permission = Permission.VIEW
    template_name = "plans/plan_list.html"

    def get_context_data(self, **kwargs):
        standing = Count("actions", filter=Q(actions__in=Action.objects.shown(self.shown)))
        plans = self.board.plans.newest_first().annotate(standing=standing)
        plans = list(plans.known_by(self.shown.day) if self.shown.is_past else plans)
        note = f"{tell_plans(plans, self.shown)} {LEFT_OUT}".strip()
        context = {"plans": plans, "note": note, "today": self.shown.day}
        return super().get_context_data(**context, **kwargs)


class PlanDownloadView(BoardMixin, View):
    permission = Permission.VIEW

    def enter(self):
        self.plan = get_object_or_404(self.board.plans.current(), pk=self.kwargs["pk"])

    def get(self, request, *args, **kwargs):
        name = f"{slugify(self.plan.title)[:60] or 'plan'}-{timezone.localdate()}"
        return file_response(write_xlsx([plan_table(self.plan)]), name, "xlsx")
