from django.shortcuts import get_object_or_404, redirect

from audits.forms.audits import AuditForm, CancelAuditForm, LearningForm, ResultsForm, ScaleForm
from audits.forms.findings import RemoveFindingForm
from audits.models import Audit, GradeScale
from audits.services.audits import (
    cancel_audit,
    edit_audit,
    plan_audit,
    record_results,
    reopen_audit,
    repeat_of,
    share_learning,
    take_results_back,
)
from audits.services.scales import create_scale, edit_scale
from audits.views.base import AuditPage, AuditsPage, EnteringMixin
from plans.forms.base import TidyForm
from plans.forms.ids import read_id


class AuditNewView(AuditsPage):
    """`?repeats=7` begins with what that audit was about."""

    title = "Plan an audit"
    button = "Put it on the programme"
    form_class = AuditForm
    template_name = "audits/audit_form.html"

    def enter(self):
        wanted = self.request.GET.get("repeats", "")
        audits = self.board.audits.standing().select_related("area", "lead", "scale")
        self.earlier = get_object_or_404(audits, pk=read_id(wanted)) if wanted else None

    def get_form_kwargs(self):
        fields = repeat_of(self.earlier) if self.earlier else {}
        audit = Audit(board=self.board, **fields)
        return super().get_form_kwargs() | {"instance": audit, "board": self.board}

    def get_context_data(self, **kwargs):
        caption = f"Repeat of: {self.earlier}" if self.earlier else ""
        return super().get_context_data(caption=caption, **kwargs)

    def write(self, form):
        self.audit = plan_audit(self.board, by=self.request.user, **form.said)
        return f"“{self.audit}” is on the programme."

    def get_success_url(self):
        return self.address("audits:audit", self.audit.pk)


class AuditEditView(AuditPage):
    title = "Edit what is planned"
    form_class = AuditForm
    template_name = "audits/audit_form.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.audit, "board": self.board}

    def write(self, form):
        edit_audit(self.audit, by=self.request.user, **form.said)
        return "The audit is saved."


class AuditResultsView(EnteringMixin, AuditPage):
    title = "Enter results"
    button = "Save the results"
    form_class = ResultsForm
    template_name = "audits/results_form.html"

    def get(self, request, *args, **kwargs):
        if self.audit.status == "cancelled":
            return redirect(self.cancel_url())
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.audit}

    def write(self, form):
        record_results(self.audit, by=self.request.user, **form.said)
        return "The results are saved. Now add what was found."


class AuditResultsBackView(AuditPage):
    title = "Take the results back"
    button = "Take them back"
    form_class = RemoveFindingForm
    template_name = "audits/results_back.html"

    def write(self, form):
        take_results_back(self.audit, by=self.request.user, reason=form.cleaned_data["reason"])
        return "The results are taken back. The audit is planned again, and its findings stay."


class AuditCancelView(AuditPage):
    title = "Cancel the audit"
    button = "Cancel the audit"
    form_class = CancelAuditForm
    template_name = "audits/audit_cancel.html"

    def write(self, form):
        cancel_audit(self.audit, by=self.request.user, reason=form.cleaned_data["reason"])
        return f"“{self.audit}” is cancelled."


class AuditReopenView(AuditPage):
    title = "Put the audit back on the programme"
    button = "Put it back"
    form_class = TidyForm

    def write(self, form):
        reopen_audit(self.audit, by=self.request.user)
        return f"“{self.audit}” is on the programme again."


class AuditLearningView(EnteringMixin, AuditPage):
    title = "Share what was learnt"
    form_class = LearningForm

    def get_initial(self):
        return {"text": self.audit.learning, "on": self.audit.learning_on}

    def write(self, form):
        share_learning(self.audit, by=self.request.user, **form.cleaned_data)
        return "What was learnt is saved."


class ScalePage(AuditsPage):
    form_class = ScaleForm

    def cancel_url(self):
        return self.address("audits:scale_list")

    def breadcrumbs(self):
        return [*super().breadcrumbs(), ("Scales", self.cancel_url())]


class ScaleNewView(ScalePage):
    title = "Add a scale"
    button = "Add the scale"

    def write(self, form):
        scale = create_scale(self.board, by=self.request.user, **form.cleaned_data)
        return f"“{scale}” is added. Audits can be graded by it."


class ScaleEditView(ScalePage):
    title = "Edit the scale"

    def enter(self):
        self.scale = get_object_or_404(GradeScale, pk=self.kwargs["pk"], board=self.board)

    def get_initial(self):
        grades = list(self.scale.grades.all())
        good = sum(grade.is_good for grade in grades)
        return {"name": self.scale.name, "words": [grade.word for grade in grades], "good": good}

    def write(self, form):
        edit_scale(self.scale, by=self.request.user, **form.cleaned_data)
        return f"“{self.scale}” is saved. Finished audits keep the words they were graded by."
