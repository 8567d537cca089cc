from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView
from django_tables2 import RequestConfig

from improvement.area_page import AreaPage
from improvement.views.actions import parents
from plans.access import Permission
from plans.asat import shown_day
from plans.models import Area
from plans.tables import ActionTable
from plans.views.actions import with_accountable
from plans.views.base import BoardMixin


class AreaView(BoardMixin, TemplateView):
    permission = Permission.VIEW
    template_name = "improvement/area.html"

    def enter(self):
        areas = Area.objects.select_related("plan", "parent__parent").filter(plan__board=self.board)
        self.area = get_object_or_404(areas, pk=self.kwargs["pk"])
        self.plan = self.area.plan

    def get_context_data(self, **kwargs):
        shown = shown_day(self.plan, timezone.localdate())
        page = AreaPage(self.area, shown)
        table = ActionTable(
            with_accountable(page.actions),
            key=self.plan.key.all(),
            shown=shown,
            board=self.board,
            exclude=["area"],
        )
        table.caption = f"Actions under {self.area}"
        RequestConfig(self.request, paginate={"per_page": 50}).configure(table)
        context = {"area": self.area, "plan": self.plan, "shown": shown, "breadcrumbs": self.breadcrumbs()}
        return super().get_context_data(**kwargs) | context | {"page": page, "table": table}

    def breadcrumbs(self):
        plan = (self.plan.title, f"{reverse('plans:plan', args=[self.board.slug])}?plan={self.plan.pk}")
        above = parents(self.area)[:-1]
        return [plan, *((str(area), reverse("area", args=[self.board.slug, area.pk])) for area in above)]
