from django.http import Http404
from django.shortcuts import get_object_or_404

from audits.forms.findings import FindingForm, LinkActionsForm, RaiseActionForm, RemoveFindingForm
from audits.models import Finding
from audits.services.findings import add_finding, edit_finding, link_actions, raise_action, remove_finding
from audits.views.base import AuditPage, AuditsPage, EnteringMixin
from plans.access import Permission
from plans.forms.ids import read_id
from plans.wording.phrases import plural


class FindingNewView(EnteringMixin, AuditPage):
    title = "Add a finding"
    button = "Add the finding"
    form_class = FindingForm

    def get_form_kwargs(self):
        finding = Finding(audit=self.audit)
        return super().get_form_kwargs() | {"instance": finding, "board": self.board}

    def get_initial(self):
        return {"theme": self.audit.theme}

    def write(self, form):
        add_finding(self.audit, by=self.request.user, **form.said)
        return "The finding is added."

    def get_success_url(self):
        return f"{self.cancel_url()}#findings"


class FindingPage(AuditsPage):
    """A form about one finding."""

    def enter(self):
        findings = Finding.objects.select_related("audit__board", "audit__lead")
        self.finding = get_object_or_404(findings, pk=self.kwargs["pk"], audit__board=self.board)
        self.audit = self.finding.audit

    def cancel_url(self):
        return f"{self.address('audits:audit', self.audit.pk)}#findings"

    def breadcrumbs(self):
        return [*super().breadcrumbs(), (self.audit.title, self.address("audits:audit", self.audit.pk))]

    def get_context_data(self, **kwargs):
        context = {"finding": self.finding, "audit": self.audit}
        return super().get_context_data(caption=self.audit.title, **context, **kwargs)


class FindingEditView(EnteringMixin, FindingPage):
    title = "Edit the finding"
    form_class = FindingForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.finding, "board": self.board}

    def write(self, form):
        said = {"meeting": self.finding.meeting} | form.said
        edit_finding(self.finding, by=self.request.user, **said)
        return "The finding is saved."


class FindingRemoveView(FindingPage):
    title = "Remove the finding"
    button = "Remove"
    form_class = RemoveFindingForm
    template_name = "audits/finding_remove.html"

    def write(self, form):
        remove_finding(self.finding, by=self.request.user, **form.cleaned_data)
        return "The finding is removed. Actions that answered it stay."


class FindingActionView(FindingPage):
    """Raises an action; `?plan=7` says in which plan, else it is the board's newest."""

    permission = Permission.EDIT_PLAN
    title = "Raise an action"
    button = "Raise the action"
    form_class = RaiseActionForm
    template_name = "audits/finding_action.html"

    def enter(self):
        super().enter()
        plans = self.board.plans.newest_first()
        if wanted := self.request.GET.get("plan", ""):
            plans = plans.filter(pk=read_id(wanted))
        self.plan = plans.first()
        if self.plan is None:
            raise Http404("No such plan")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"plan": self.plan}

    def get_initial(self):
        return {"area": self.audit.area_id, "title": ""}

    def get_context_data(self, **kwargs):
        return super().get_context_data(plan=self.plan, **kwargs)

    def write(self, form):
        action = raise_action(self.finding, by=self.request.user, **form.said)
        return f"“{action}” is in the plan and answers the finding."


class FindingLinkView(FindingPage):
    title = "Link the finding to actions"
    form_class = LinkActionsForm
    template_name = "audits/finding_link.html"

    def get_form_kwargs(self):
        plans = self.board.plans.newest_first().filter(status__in=["live", "draft"])
        return super().get_form_kwargs() | {"finding": self.finding, "plans": plans}

    def write(self, form):
        actions = form.cleaned_data["actions"]
        link_actions(self.finding, actions, by=self.request.user)
        return f"{plural(len(actions), 'action answers', 'actions answer')} the finding now."
