from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView
from django_tables2 import RequestConfig

from improvement.area_chain import AreaChain
from improvement.area_page import AreaPage
from improvement.challenges import on_page
from improvement.trails import headings, trail
from plans.access import Permission
from plans.models import Area
from plans.tables import ActionTable
from plans.views.actions import with_accountable
from plans.views.base import AsAtMixin, BoardMixin


class AreaView(AsAtMixin, BoardMixin, TemplateView):
    permission = Permission.VIEW
    template_name = "improvement/area.html"

    def enter(self):
        areas = Area.objects.current().select_related("plan__board", "parent__parent")
        self.area = get_object_or_404(areas, plan__board=self.board, pk=self.kwargs["pk"])
        self.plan = self.area.plan

    def get_context_data(self, **kwargs):
        page = AreaPage(self.area, self.shown)
        context = {"area": page.area, "plan": self.plan, "page": page}
        context["chain"] = AreaChain(self.area, page.inside, self.shown)
        context["breadcrumbs"] = trail(self.board, self.plan, headings(page.area)[:-1], self.shown)
        context["challenges"] = on_page(self.board, self.shown, area=self.area)
        context["table"] = self.table(page)
        page.then.tell(row.record for row in context["table"].page.object_list)
        return super().get_context_data(**kwargs) | context

    def table(self, page):
        actions, key = with_accountable(page.actions), page.key.values()
        needs = self.plan.blue_needs_sign_off
        options = {"key": key, "shown": self.shown, "board": self.board, "needs_sign_off": needs}
        table = ActionTable(actions, exclude=["area"], **options)
        table.caption = f"Actions under {page.area}"
        return RequestConfig(self.request, paginate={"per_page": 50}).configure(table)
