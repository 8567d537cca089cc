from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from audits.access import may_enter
from audits.models import Audit
from plans.access import Permission
from plans.views.editing import FormPage


class AuditsPage(FormPage):
    """A form of the audits wing."""

    permission = Permission.MANAGE_AUDITS

    def cancel_url(self):
        return self.address("audits:board")

    def breadcrumbs(self):
        return [("Audits", self.address("audits:board"))]


class AuditPage(AuditsPage):
    """A form about one audit."""

    def enter(self):
        related = ("lead", "area__plan", "scale", "repeats", "board")
        audits = Audit.objects.filter(board=self.board).select_related(*related)
        self.audit = get_object_or_404(audits, pk=self.kwargs["pk"])

    def cancel_url(self):
        return self.address("audits:audit", self.audit.pk)

    def breadcrumbs(self):
        return [*super().breadcrumbs(), (self.audit.title, self.address("audits:audit", self.audit.pk))]

    def get_context_data(self, **kwargs):
        return super().get_context_data(caption=self.audit.title, audit=self.audit, **kwargs)


class EnteringMixin:
    """Results and findings: by whoever manages audits, and whoever holds the audit's lead."""

    permission = Permission.VIEW

    def enter(self):
        super().enter()
        if not may_enter(self.access, self.audit):
            raise PermissionDenied("enter what this audit found")
