from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from improvement.action_page import ActionPage
from plans.access import Permission
from plans.models import Action
from plans.views.base import BoardMixin


class ActionView(BoardMixin, TemplateView):
    permission = Permission.VIEW
    template_name = "improvement/action.html"

    def enter(self):
        actions = Action.objects.select_related("plan", "area__parent__parent", "merged_into")
        self.action = get_object_or_404(actions, plan__board=self.board, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        page = ActionPage(self.action, timezone.localdate())
        context = {"page": page, "action": self.action, "plan": self.action.plan, "shown": page.shown}
        context |= {"may_update": self.access.may_update(self.action), "breadcrumbs": self.breadcrumbs()}
        return super().get_context_data(**kwargs) | context

    def breadcrumbs(self):
        plan = (
            self.action.plan.title,
            f"{reverse('plans:plan', args=[self.board.slug])}?plan={self.action.plan_id}",
        )
        return [
            plan,
            *(
                (str(area), reverse("area", args=[self.board.slug, area.pk]))
                for area in parents(self.action.area)
            ),
        ]


def parents(area):
    """The heading and those above it, the topmost first."""
    return [*parents(area.parent), area] if area.parent_id else [area]
