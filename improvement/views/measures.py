from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import slugify
from django.views.generic import TemplateView

from impact.access import may_enter
from impact.downloads import months_sheet
from impact.models import Measure
from improvement.challenges import on_page
from improvement.charted import allow_plotly
from improvement.measure_page import MeasurePage
from plans.access import Permission
from plans.spreadsheets.writing import write_csv, write_xlsx
from plans.views.base import AsAtMixin, BoardMixin
from plans.views.downloads import TYPES, file_response


@allow_plotly
class MeasureView(AsAtMixin, BoardMixin, TemplateView):
    permission = Permission.VIEW
    template_name = "improvement/measure.html"

    def enter(self):
        measures = Measure.objects.filter(board=self.board).select_related("owner")
        self.measure = get_object_or_404(measures, pk=self.kwargs["pk"])
        self.measure.board = self.board
        self.export = self.request.GET.get("_export", "")
        if self.export and self.export not in TYPES:
            raise Http404("No such download")
        if self.as_at_form.errors:
            self.export = ""

    def get_context_data(self, **kwargs):
        page = MeasurePage(self.measure, self.shown, all_months=self.request.GET.get("months") == "all")
        context = {"measure": self.measure, "page": page, "verdict": page.verdict}
        context["challenges"] = on_page(self.board, self.shown, measure_link__measure=self.measure)
        context["breadcrumbs"] = [
            ("Measures", reverse("impact:measure_list", args=[self.board.slug]) + self.shown.start)
        ]
        context["may_enter"] = not self.shown.is_past and may_enter(self.access, self.measure)
        return super().get_context_data(**kwargs) | context

    def render_to_response(self, context, **kwargs):
        if not self.export:
            return super().render_to_response(context, **kwargs)
        page = context["page"]
        sheet = months_sheet(page.judged, page.notes)
        content = write_xlsx([sheet]) if self.export == "xlsx" else write_csv(sheet)
        return file_response(content, slugify(self.measure.name)[:60] or "measure", self.export)
