from django.http import Http404
from django.utils.text import slugify
from django.views.generic import TemplateView

from improvement.slippage import SlippagePage
from plans.access import Permission
from plans.spreadsheets.writing import write_csv, write_xlsx
from plans.views.base import AsAtMixin, PlanMixin
from plans.views.downloads import TYPES, file_response


class SlippageView(AsAtMixin, PlanMixin, TemplateView):
    permission = Permission.VIEW
    template_name = "improvement/slippage.html"
    export = ""

    def enter(self):
        super().enter()
        self.export = self.request.GET.get("_export", "")
        if self.export and (self.export not in TYPES or self.plan is None):
            raise Http404("No such download")

    def get_context_data(self, **kwargs):
        context = {"plan": self.plan, "plans": self.plans}
        if self.plan is not None:
            page = SlippagePage(
                self.plan, self.shown, self.plan.since_its_start(self.meetings), self.request.GET
            )
            context |= {"page": page, "form": page.form}
        return context | super().get_context_data(**kwargs)

    def render_to_response(self, context, **kwargs):
        if not self.export:
            return super().render_to_response(context, **kwargs)
        name = f"{slugify(self.plan.title)[:60] or 'plan'}-moved-dates-{self.shown.day}"
        tables = context["page"].tables()
        content = write_xlsx(tables) if self.export == "xlsx" else write_csv(tables[0])
        return file_response(content, name, self.export)
