from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView, ListView, TemplateView, View

from improvement.import_choices import key_rows, ordered, read_choices
from improvement.import_forms import UploadForm
from improvement.imports import (
    UnreadableWorkbook,
    apply_import,
    cancel_import,
    check_import,
    undo_import,
    upload_workbook,
)
from plans.access import Permission
from plans.models import Import, ImportState
from plans.spreadsheets.preview import Status
from plans.spreadsheets.vocabulary import FIELDS
from plans.views.base import BoardMixin

ROWS = 100


class ImportList(BoardMixin, ListView):
    permission = Permission.IMPORT
    template_name = "improvement/import_list.html"
    paginate_by = 50

    def get_queryset(self):
        return Import.objects.filter(board=self.board).select_related("plan", "by", "undone_by")


class ImportNew(BoardMixin, FormView):
    permission = Permission.IMPORT
    form_class = UploadForm
    template_name = "improvement/import_new.html"

    def form_valid(self, form):
        upload = form.cleaned_data["workbook"]
        try:
            imported = upload_workbook(self.board, upload.name, upload.read(), by=self.request.user)
        except UnreadableWorkbook as error:
            form.add_error("workbook", str(error))
            return self.form_invalid(form)
        return redirect("import_check", self.board.slug, imported.pk)


class ImportMixin(BoardMixin):
    permission = Permission.IMPORT

    def enter(self):
        imports = Import.objects.select_related("plan", "by", "undone_by", "board")
        self.imported = get_object_or_404(imports, board=self.board, pk=self.kwargs["pk"])

    @cached_property
    def preview(self):
        return check_import(self.imported, today=timezone.localdate())["plan"]

    def back(self, **query):
        return redirect("import_check", self.board.slug, self.imported.pk)


class ImportCheck(ImportMixin, TemplateView):
    """The preview while the import waits; afterwards what it did."""

    def get_template_names(self):
        waiting = self.imported.state == ImportState.CHECKED
        return ["improvement/import_check.html" if waiting else "improvement/import_done.html"]

    def post(self, request, *args, **kwargs):
        if self.imported.state != ImportState.CHECKED:
            messages.info(request, "This import was finished already. Nothing has been done twice.")
            return self.back()
        try:
            self.imported.choices = read_choices(request.POST, self.imported.choices)
            self.imported.save(update_fields=["choices"])
            if "apply" in request.POST:
                return self.apply()
        except ValidationError as error:
            return self.render_to_response(self.get_context_data(mistakes=error.messages))
        page = request.POST.get("page", "")
        return redirect(f"{request.path}?page={page}" if page.isdecimal() else request.path)

    def apply(self):
        if apply_import(self.imported, {"plan": self.preview}, by=self.request.user):
            messages.success(self.request, _applied(self.imported))
        return self.back()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(imported=self.imported, **kwargs)
        if self.imported.state == ImportState.CHECKED:
            return context | self.waiting()
        return context | {
            "cells": [cell for cell in self.imported.not_understood if not cell["furniture"]],
            "furniture": sum(cell["furniture"] for cell in self.imported.not_understood),
            "counts": self.imported.summary.get("plan", {}),
        }

    def waiting(self):
        preview = self.preview
        page = Paginator(ordered(preview.comparisons), ROWS).get_page(self.request.GET.get("page"))
        key = preview.plan.key.all() if preview.plan else preview.reading.key or ()
        cells = [cell for cell in preview.reading.not_understood if not cell.furniture]
        return {
            "preview": preview,
            "counts": preview.counts,
            "page": page,
            "rows": Rows(page.object_list, preview, key),
            "plans": self.board.plans.newest_first(),
            "fields": FIELDS,
            "key_rows": key_rows(preview),
            "cells": cells[:ROWS],
            "n_cells": len(cells),
            "furniture": len(preview.reading.not_understood) - len(cells),
            "missing": preview.missing[:ROWS],
            "areas": len({one.proposal.row.area for one in preview.comparisons}),
        }


class Rows:
    """The rows of one page of the preview, sorted into the page's sections."""

    def __init__(self, comparisons, preview, key):
        self.all = comparisons
        self.decisions = preview.decisions
        self.entries = {entry.code: entry for entry in key}
        sound = [one for one in comparisons if not one.trouble]
        self.trouble = [self._trouble(one) for one in comparisons if one.trouble]
        self.new = [one for one in sound if one.status is Status.NEW]
        self.changed = [one for one in sound if one.changes]
        self.unchanged = [one for one in sound if one.status is Status.UNCHANGED]
        self.updates = [self._update(one) for one in sound if one.update and one.standing]
        self.moves = [self._move(one) for one in sound if one.move]

    def _trouble(self, one):
        if one.key in self.decisions.left_out:
            return one, "leave"
        return one, "without" if one.key in self.decisions.without_reference else ""

    def _update(self, one):
        rating = one.proposal.rating or one.standing.rating
        return {
            "one": one,
            "before": self.entries.get(one.standing.rating),
            "after": self.entries.get(rating),
            "taken": self.decisions.takes_update(one),
        }

    def _move(self, one):
        before, after = one.standing.target, one.proposal.target
        days = (after.due - before.due).days if after.due and before.due else None
        return {
            "one": one,
            "days": days,
            "taken": self.decisions.takes_move(one),
            "reason": self.decisions.reasons.get(one.key, ""),
        }


class ImportCells(ImportMixin, ListView):
    """Every cell that is in no field and no note, with the reason."""

    template_name = "improvement/import_cells.html"
    paginate_by = 100

    def get_queryset(self):
        if self.imported.state in (ImportState.CHECKED, ImportState.CANCELLED):
            return self.preview.reading.not_understood
        return self.imported.not_understood

    def get_context_data(self, **kwargs):
        return super().get_context_data(imported=self.imported, **kwargs)


class ImportFile(ImportMixin, View):
    """The workbook as it came, byte for byte."""

    def get(self, request, *args, **kwargs):
        return HttpResponse(
            bytes(self.imported.workbook.content),
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            headers={"Content-Disposition": _attachment(self.imported.filename)},
        )


class ImportCancel(ImportMixin, View):
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        if cancel_import(self.imported):
            messages.success(request, "The import is cancelled. Nothing on the board has changed.")
            return redirect("import_list", self.board.slug)
        return self.back()


class ImportUndo(ImportMixin, TemplateView):
    """Asks once, then takes the whole import back."""

    template_name = "improvement/import_undo.html"

    def post(self, request, *args, **kwargs):
        if undo_import(self.imported, by=request.user):
            messages.success(request, "The import is taken back. What came of each row is listed below.")
        return self.back()

    def get_context_data(self, **kwargs):
        return super().get_context_data(imported=self.imported, **kwargs)


def _applied(imported):
    numbers = imported.summary["plan"]
    return (
        f"“{imported.filename}” is on the board: {numbers['new']} new actions, "
        f"{numbers['changed']} changed, {numbers['unchanged']} unchanged. You can undo the whole import."
    )


def _attachment(filename):
    plain = "".join(letter if letter.isalnum() or letter in " ._-()" else "_" for letter in filename)
    return f"attachment; filename*=UTF-8''{quote(plain)}"
