from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.generic import TemplateView

from improvement.action_page import ActionPage
from improvement.trails import headings, trail
from plans.access import Permission
from plans.models import Action
from plans.views.base import BoardMixin


class ActionView(BoardMixin, TemplateView):
    permission = Permission.VIEW
    template_name = "improvement/action.html"

    def enter(self):
        related = ("plan__board", "area__parent__parent", "merged_into")
        actions = Action.objects.select_related(*related).prefetch_related("steps")
        self.action = get_object_or_404(actions, plan__board=self.board, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        page = ActionPage(self.action, timezone.localdate())
        context = {"page": page, "action": self.action, "plan": self.action.plan, "shown": page.shown}
        context["breadcrumbs"] = trail(self.board, self.action.plan, headings(self.action.area))
        context["may_update"] = self.access.may_update(self.action) and not self.action.withdrawn_on
        return super().get_context_data(**kwargs) | context
