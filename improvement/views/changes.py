from django.http import Http404
from django.utils import timezone
from django.utils.text import slugify
from django.views.generic import TemplateView

from improvement.changes_page import ChangesForm, ChangesPage
from plans.access import Permission
from plans.spreadsheets.writing import write_csv, write_xlsx
from plans.views.base import PlanMixin
from plans.views.downloads import TYPES, file_response


class ChangesView(PlanMixin, TemplateView):
    """What changed between two days (`?from=2026-10-13&to=2026-11-10`) or up to one (`?as_at=2026-11-10`)."""

    permission = Permission.VIEW
    template_name = "improvement/changes.html"
    export = ""

    def enter(self):
        super().enter()
        self.export = self.request.GET.get("_export", "")
        if self.export and (self.export not in TYPES or self.plan is None):
            raise Http404("No such download")

    def get_context_data(self, **kwargs):
        context = {"plan": self.plan, "plans": self.plans, "shown": self.shown}
        if self.plan is not None:
            self.plan.board = self.board
            today = timezone.localdate()
            form = ChangesForm(self.request.GET, plan=self.plan, today=today, meetings=self.meetings)
            page = ChangesPage(self.plan, form) if form.is_valid() else None
            self.request.shown = page and page.shown
            context |= {"form": form, "page": page}
        return super().get_context_data(**kwargs) | context

    def render_to_response(self, context, **kwargs):
        page = context.get("page")
        if not self.export or page is None:
            return super().render_to_response(context, **kwargs)
        name = f"{slugify(self.plan.title)[:60] or 'plan'}-changes-{page.first}-to-{page.last}"
        content = write_xlsx([page.table()]) if self.export == "xlsx" else write_csv(page.table())
        return file_response(content, name, self.export)
