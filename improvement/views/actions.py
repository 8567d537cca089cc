from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from improvement.action_page import ActionPage
from improvement.trails import headings, trail
from plans.access import Permission
from plans.models import Action
from plans.views.base import AsAtMixin, BoardMixin


class ActionView(AsAtMixin, BoardMixin, TemplateView):
    permission = Permission.VIEW
    template_name = "improvement/action.html"

    def enter(self):
        related = ("plan__board", "area__parent__parent", "merged_into")
        actions = Action.objects.select_related(*related).prefetch_related("steps")
        self.action = get_object_or_404(actions, plan__board=self.board, pk=self.kwargs["pk"])
        self.plan = self.action.plan

    def get_context_data(self, **kwargs):
        page = ActionPage(self.action, self.shown)
        context = {"page": page, "action": self.action, "plan": self.plan}
        context["breadcrumbs"] = trail(self.board, self.action.plan, headings(self.action.area))
        may_update = self.access.may_update(self.action) and not self.action.withdrawn_on
        context["may_update"] = may_update and not self.shown.is_past
        return super().get_context_data(**kwargs) | context
