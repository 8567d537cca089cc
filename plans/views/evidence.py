from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.generic import View

from plans.access import Permission
from plans.forms.evidence import EvidenceDetailsForm, EvidenceForm, RemoveEvidenceForm
from plans.models import Evidence, EvidenceFile
from plans.services.evidence import add_evidence, edit_evidence, remove_evidence
from plans.views.base import BoardMixin
from plans.views.downloads import attachment
from plans.views.editing import FormPage


class EvidencePage(FormPage):
    template_name = "plans/evidence_form.html"

    def cancel_url(self):
        return self.address("evidence_list")

    def breadcrumbs(self):
        return [("Evidence", self.cancel_url())]

    def enter(self):
        if "pk" in self.kwargs:
            pieces = Evidence.objects.filter(board=self.board)
            self.evidence = get_object_or_404(pieces, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        evidence = getattr(self, "evidence", None)
        return super().get_context_data(evidence=evidence, caption=evidence or "", **kwargs)


class EvidenceNewView(EvidencePage):
    permission = Permission.UPDATE
    title = "Add evidence"
    button = "Add the evidence"
    form_class = EvidenceForm

    def write(self, form):
        add_evidence(self.board, by=self.request.user, **form.said)
        return "The evidence is added. Show it where it counts: in an update or a narrative."


class EvidenceEditView(EvidencePage):
    title = "Edit the evidence"
    form_class = EvidenceDetailsForm

    def get_initial(self):
        return {name: getattr(self.evidence, name) for name in ("title", "kind", "dated", "note")}

    def write(self, form):
        edit_evidence(self.evidence, by=self.request.user, **form.cleaned_data)
        return "The evidence is saved."


class EvidenceRemoveView(EvidencePage):
    title = "Remove the evidence"
    button = "Remove for good"
    template_name = "plans/evidence_remove.html"
    form_class = RemoveEvidenceForm

    def write(self, form):
        remove_evidence(self.evidence, by=self.request.user, reason=form.cleaned_data["reason"])
        return "The evidence is removed wherever it was shown."


class EvidenceFileView(BoardMixin, View):
    """The file, always as a download: nothing that was uploaded is shown inside a page of this site."""

    permission = Permission.VIEW

    def enter(self):
        files = EvidenceFile.objects.select_related("evidence").filter(evidence__board=self.board)
        self.file = get_object_or_404(files, evidence=self.kwargs["pk"])

    def get(self, request, *args, **kwargs):
        evidence = self.file.evidence
        headers = {
            "Content-Disposition": attachment(evidence.filename),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        }
        return HttpResponse(bytes(self.file.content), content_type=evidence.content_type, headers=headers)
