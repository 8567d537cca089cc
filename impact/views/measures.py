from django.http import Http404
from django.views.generic import TemplateView
from django_tables2 import RequestConfig

from impact.filters import MeasureFilter
from impact.judging import judge_all
from impact.models import Measure
from impact.rows import GROUP_WORDS, panel_of
from impact.tables import MeasureTable, StockTable
from plans.access import Permission
from plans.forms.ids import read_id
from plans.views.base import AsAtMixin, BoardMixin
from plans.views.downloads import table_download

EXPORTS = ("xlsx", "csv")
PER_PAGE = 30


class MeasureListView(AsAtMixin, BoardMixin, TemplateView):
    """The board's measures; of a plan that has ended (`?plan=7`) as its dashboard shows them."""

    permission = Permission.VIEW
    template_name = "impact/measure_list.html"

    def enter(self):
        pk = read_id(self.request.GET.get("plan", ""))
        self.plan = self.board.plans.current().filter(pk=pk).first() if pk else None
        self.export = self.request.GET.get("_export", "")
        if self.export and self.export not in EXPORTS:
            raise Http404("No such download")
        if self.as_at_form.errors:
            self.export = ""

    def get_context_data(self, **kwargs):
        until, known = self.shown.last_day, self.shown.past_day
        chosen = MeasureFilter(self.request.GET or None, board=self.board, known=until)
        found = chosen.qs if chosen.is_valid() or not chosen.is_bound else Measure.objects.none()
        judged = judge_all(found.select_related("owner"), until=until, known=known)
        panel = panel_of(one for one in judged if until is None or one.verdict.month)
        rows = panel.in_group(chosen.group) if chosen.group else panel.rows
        context = {
            "plan": self.plan,
            "filter": chosen,
            "panel": panel,
            "found": len(rows),
            "group": GROUP_WORDS.get(chosen.group, ""),
        }
        context["table"] = self.table(MeasureTable, rows, panel)
        context["stocks"] = self.table(
            StockTable, [] if chosen.group else panel.stocks, panel, prefix="stock-"
        )
        closed = Measure.objects.filter(board=self.board, closed_on__isnull=False)
        context["closed"] = closed.filter(closed_on__lte=until) if until else closed
        context["narrowed"] = any(self.request.GET.get(name) for name in ("q", "area", "owner", "shows"))
        return super().get_context_data(**kwargs) | context

    def table(self, kind, rows, panel, **kwargs):
        table = kind(rows, board=self.board, panel=panel, start=self.shown.start, **kwargs)
        return RequestConfig(
            self.request, paginate=False if self.export else {"per_page": PER_PAGE}
        ).configure(table)

    def render_to_response(self, context, **kwargs):
        if not self.export:
            return super().render_to_response(context, **kwargs)
        return table_download(context["table"], "Measures", "measures", self.export)
