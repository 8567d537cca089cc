from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView, ListView, TemplateView, View

from improvement.imports.choices import key_mistakes, read_choices
from improvement.imports.context import done_context, undo_context, waiting_context
from improvement.imports.forms import NEW_PLAN, DestinationForm, UploadForm
from improvement.imports.impact import did_words, done_words
from improvement.imports.page import tally_done
from improvement.imports.sheets import all_not_understood
from improvement.imports.workbooks import (
    apply_import,
    cancel_import,
    check_import,
    choose_for_import,
    fingerprint,
    keep_workbook,
    undo_import,
)
from plans.access import Permission
from plans.models import Import, ImportState
from plans.views.base import BoardMixin
from plans.views.downloads import attachment
from plans.views.safety import KeptFormMixin, SafeFormMixin
from plans.wording.phrases import plural

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHANGED = "What the import would do has changed since the page was shown. Check it again, then apply it."
# Rows in trouble in one message; the page lists them all.
AT_ONCE = 3
CANCELLED = "The import is cancelled. Nothing on the board has changed. The workbook is kept with the import."


class ImportList(BoardMixin, ListView):
    permission = Permission.IMPORT
    template_name = "improvement/import_list.html"
    paginate_by = 50

    def get_queryset(self):
        imports = Import.objects.filter(board=self.board).select_related("plan", "by", "undone_by")
        return imports.defer("choices", "not_understood", "undo", "undo_report")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        for imported in context["object_list"]:
            imported.did = did_words(imported.summary)
        return context


class ImportNew(BoardMixin, SafeFormMixin, FormView):
    permission = Permission.IMPORT
    form_class = UploadForm
    template_name = "improvement/import_new.html"

    def post(self, request, *args, **kwargs):
        # Reading takes seconds: before the transaction, which holds up everybody who writes.
        self.form = self.get_form()
        self.form.is_valid()
        return super().post(request, *args, **kwargs)

    def send(self):
        return self.form_valid(self.form) if self.form.is_valid() else self.form_invalid(self.form)

    def form_valid(self, form):
        upload = form.cleaned_data["workbook"]
        imported = keep_workbook(self.board, upload.name, form.content, by=self.request.user)
        return redirect("import_check", self.board.slug, imported.pk)


class ImportTemplate(BoardMixin, View):
    """A workbook to start from, for who has no plan in a spreadsheet yet."""

    permission = Permission.IMPORT

    def get(self, request, *args, **kwargs):
        path = settings.BASE_DIR / "fixtures" / "template.xlsx"
        return FileResponse(path.open("rb"), as_attachment=True, filename="plan-template.xlsx")


class ImportMixin(BoardMixin):
    permission = Permission.IMPORT

    def enter(self):
        imports = Import.objects.select_related("plan", "by", "undone_by", "board")
        self.imported = get_object_or_404(imports, board=self.board, pk=self.kwargs["pk"])

    @cached_property
    def previews(self):
        return check_import(self.imported, today=timezone.localdate())

    def back(self, query=""):
        response = redirect("import_check", self.board.slug, self.imported.pk)
        response["Location"] += query
        return response

    @property
    def breadcrumbs(self):
        return [
            ("Import", reverse("import_list", args=[self.board.slug])),
            (self.imported.filename, reverse("import_check", args=[self.board.slug, self.imported.pk])),
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(imported=self.imported, **kwargs)


class ImportCheck(ImportMixin, KeptFormMixin, TemplateView):
    """The preview while the import waits; afterwards what it did."""

    @property
    def is_waiting(self):
        return self.imported.state == ImportState.CHECKED

    def get_template_names(self):
        return ["improvement/import_check.html" if self.is_waiting else "improvement/import_done.html"]

    def post(self, request, *args, **kwargs):
        if not self.is_waiting:
            messages.info(request, "This import was finished already. Nothing has been done twice.")
            return self.back()
        if back := self.turned_back(request):
            return back
        sent = self.kept_fields if "fill" in request.POST and self.kept else request.POST
        form = DestinationForm(sent, plans=self.board.plans.newest_first())
        chosen = read_choices(sent, self.imported.choices)
        chosen |= form.chosen if form.is_valid() else {}
        choose_for_import(self.imported, chosen)
        self.forget_kept()
        mistakes = key_mistakes(sent)
        if mistakes or not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form, mistakes=mistakes))
        if "apply" in request.POST:
            return self.apply()
        page = request.POST.get("page", "")
        return self.back(f"?page={page}#changes" if page.isdecimal() else "")

    def apply(self):
        if fingerprint(self.previews) != self.request.POST.get("seen"):
            messages.warning(self.request, CHANGED)
            return self.back()
        try:
            if apply_import(self.imported, self.previews, by=self.request.user):
                messages.success(self.request, _applied(self.imported))
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages[:AT_ONCE]))
        return self.back()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["breadcrumbs"] = self.breadcrumbs[:1]
        if not self.is_waiting:
            return context | done_context(self.imported, self.request.GET.get("page"))
        context.setdefault("form", self._form())
        return context | waiting_context(self.imported, self.previews, self.request.GET.get("page"))

    def _form(self):
        preview, beside = self.previews["plan"], self.previews["narratives"]
        plan, on = preview.plan, preview.decisions.on
        if not preview.comparisons and beside.comparisons:
            plan, on = beside.places.plan, beside.on
        initial = {
            "plan": str(plan.pk) if plan else NEW_PLAN,
            "title": "" if plan else preview.title,
            "on": on.strftime("%d/%m/%Y"),
        }
        return DestinationForm(initial=initial, plans=self.board.plans.newest_first())


class ImportCells(ImportMixin, ListView):
    """Every cell that is in no field and no note, with the reason."""

    template_name = "improvement/import_cells.html"
    paginate_by = 100

    def get_queryset(self):
        if self.imported.state in (ImportState.CHECKED, ImportState.CANCELLED):
            return all_not_understood(self.previews)
        return self.imported.not_understood

    def get_context_data(self, **kwargs):
        return super().get_context_data(breadcrumbs=self.breadcrumbs, **kwargs)


class ImportFile(ImportMixin, View):
    """The workbook as it came, byte for byte."""

    def get(self, request, *args, **kwargs):
        return HttpResponse(
            bytes(self.imported.workbook.content),
            content_type=XLSX,
            headers={"Content-Disposition": attachment(self.imported.filename)},
        )


class ImportCancel(ImportMixin, View):
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        if cancel_import(self.imported):
            messages.success(request, CANCELLED)
            return redirect("import_list", self.board.slug)
        messages.info(request, "This import was finished already, so there was nothing to cancel.")
        return self.back()


class ImportUndo(ImportMixin, TemplateView):
    """Asks once, then takes the whole import back."""

    template_name = "improvement/import_undo.html"

    def get(self, request, *args, **kwargs):
        if self.imported.state != ImportState.APPLIED:
            return self.back()
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if undo_import(self.imported, by=request.user):
            messages.success(request, "The import is taken back. What came of each row is listed below.")
        else:
            messages.info(request, "There is nothing to take back. Nothing has been done twice.")
        return self.back()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(breadcrumbs=self.breadcrumbs, **kwargs)
        return context | done_context(self.imported) | undo_context(self.imported)


def _applied(imported):
    done, beside = tally_done(imported.undo.get("plan", {})), done_words(imported)
    parts = [plural(done.new, "new action"), f"{done.changed} changed", done.updates]
    parts += [plural(done.moves, "date move")] if done.moves else []
    parts = parts if "plan" in imported.undo else []
    parts += [beside or "nothing new beside it"] if beside or not parts else []
    return f"“{imported.filename}” is on the board: {', '.join(parts)}. You can undo the whole import."
