from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import ListView, TemplateView
from django_tables2 import SingleTableMixin

from audits.access import may_enter
from audits.board_rows import AuditBoard
from audits.filters import AuditFilter
from audits.models import Audit
from audits.page_rows import AuditPage
from audits.published_rows import publish_audits, published_sheet, rules
from audits.tables import AuditTable
from plans.access import Permission
from plans.spreadsheets.writing import write_csv, write_xlsx
from plans.views.base import AsAtMixin, BoardMixin
from plans.views.downloads import TYPES, file_response, table_download


class AuditBoardView(AsAtMixin, BoardMixin, TemplateView):
    permission = Permission.VIEW
    template_name = "audits/board.html"

    def get_context_data(self, **kwargs):
        page = AuditBoard(self.board, timezone.localdate(), self.shown.past_day)
        return super().get_context_data(page=page, **kwargs)


class ExportMixin:
    """A list that downloads as it is filtered: `?_export=xlsx`."""

    export = ""
    paginate_by = 50

    def enter(self):
        self.export = self.request.GET.get("_export", "")
        if self.export and self.export not in TYPES:
            raise Http404("No such download")

    def get_paginate_by(self, table_data):
        return None if self.export else self.paginate_by

    def paginate_queryset(self, queryset, page_size):
        """The table pages itself."""
        return None, None, queryset, False

    def get_table_kwargs(self):
        return {"board": self.board, "today": timezone.localdate()}

    def render_to_response(self, context, **kwargs):
        if not self.export:
            return super().render_to_response(context, **kwargs)
        return table_download(context["table"], *self.download, self.export)

    @property
    def narrowed(self):
        return any(self.request.GET.get(name) for name in self.filter.filters)


class AuditListView(ExportMixin, BoardMixin, SingleTableMixin, ListView):
    permission = Permission.VIEW
    template_name = "audits/audit_list.html"
    table_class = AuditTable
    download = ("Audits", "audits")

    def get_queryset(self):
        self.filter = AuditFilter(self.request.GET, board=self.board)
        found = self.filter.qs if self.filter.is_valid() else Audit.objects.none()
        related = found.select_related("lead", "area", "repeats").prefetch_related("grades")
        return related.order_by("-planned_due", "-pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        crumbs = [("Audits", reverse("audits:board", args=[self.board.slug]))]
        found = context["table"].paginator.count if not self.export else 0
        return context | {
            "filter": self.filter,
            "found": found,
            "narrowed": self.narrowed,
            "breadcrumbs": crumbs,
        }


class AuditView(BoardMixin, TemplateView):
    permission = Permission.VIEW
    template_name = "audits/audit.html"

    def enter(self):
        related = ("lead", "area__plan", "scale", "repeats")
        audits = Audit.objects.filter(board=self.board).select_related(*related)
        rows = audits.prefetch_related("grades", "repeats__grades", "scale__grades")
        self.audit = get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        page = AuditPage(self.audit, timezone.localdate(), self.board.small_numbers_below)
        context = {"audit": self.audit, "page": page, "may_enter": may_enter(self.access, self.audit)}
        context["breadcrumbs"] = [("Audits", reverse("audits:board", args=[self.board.slug]))]
        return super().get_context_data(**kwargs) | context


class AuditPublishedView(BoardMixin, TemplateView):
    """The finished audits as they may leave the board's circle, to look at and to download."""

    permission = Permission.VIEW
    template_name = "audits/published.html"

    def get(self, request, *args, **kwargs):
        kind = request.GET.get("_export", "")
        if kind and kind not in TYPES:
            raise Http404("No such download")
        return self.download(kind) if kind else super().get(request, *args, **kwargs)

    def download(self, kind):
        sheet = published_sheet(self.board, publish_audits(self.board))
        content = write_xlsx([sheet]) if kind == "xlsx" else write_csv(sheet)
        return file_response(content, f"{self.board.slug}-audits-for-publication", kind)

    def get_context_data(self, **kwargs):
        context = {"published": publish_audits(self.board), "rules": rules(self.board.small_numbers_below)}
        context["breadcrumbs"] = [("Audits", reverse("audits:board", args=[self.board.slug]))]
        return super().get_context_data(**kwargs) | context
