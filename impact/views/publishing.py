from django.http import Http404
from django.views.generic import TemplateView

from impact.published_rows import OUT_OF_SCOPE, publish
from impact.publishing_forms import ThresholdForm
from impact.services.publishing import set_threshold
from plans.access import Permission
from plans.spreadsheets.writing import write_csv, write_xlsx
from plans.views.base import BoardMixin
from plans.views.downloads import TYPES, file_response
from plans.views.editing import FormPage

MONTHS_SHOWN = 13


class MeasurePublishedView(BoardMixin, TemplateView):
    """The measures as they may leave the board's circle, to look at and to download."""

    permission = Permission.VIEW
    template_name = "impact/measure_published.html"

    def get(self, request, *args, **kwargs):
        kind = request.GET.get("_export", "")
        if kind and kind not in TYPES:
            raise Http404("No such download")
        return self.download(kind) if kind else super().get(request, *args, **kwargs)

    def download(self, kind):
        sheet = publish(self.board).sheet()
        content = write_xlsx([sheet]) if kind == "xlsx" else write_csv(sheet)
        return file_response(content, f"{self.board.slug}-measures-for-publication", kind)

    def get_context_data(self, **kwargs):
        return super().get_context_data(published=publish(self.board, most=MONTHS_SHOWN), **kwargs)


class ThresholdView(FormPage):
    permission = Permission.MANAGE_MEMBERS
    title = "Small numbers in what is published"
    template_name = "impact/threshold_form.html"
    form_class = ThresholdForm

    def get_initial(self):
        return {"below": self.board.small_numbers_below}

    def write(self, form):
        set_threshold(self.board, form.cleaned_data["below"], by=self.request.user)
        return f"Counts below {self.board.small_numbers_below} are hidden in what is published from now on."

    def cancel_url(self):
        return self.address("impact:measure_published")

    def breadcrumbs(self):
        return [("Measures", self.address("impact:measure_list")), ("For publication", self.cancel_url())]

    def get_context_data(self, **kwargs):
        return super().get_context_data(out_of_scope=OUT_OF_SCOPE, **kwargs)
