from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.views.generic import ListView

from plans.access import Permission
from plans.forms.base import TidyForm
from plans.forms.people import LeadForm, NewLeadForm
from plans.models import Lead
from plans.services.people import add_lead, edit_lead, remove_lead
from plans.views.base import BoardMixin
from plans.views.editing import FormPage


class LeadListView(BoardMixin, ListView):
    permission = Permission.MANAGE_LEADS
    template_name = "plans/lead_list.html"
    context_object_name = "leads"

    def get_queryset(self):
        current = Q(action_leads__action__withdrawn_on__isnull=True)
        leads = self.board.leads.prefetch_related("holders")
        return leads.annotate(action_count=Count("action_leads", filter=current)).order_by(
            *Lead._meta.ordering
        )


class LeadPage(FormPage):
    permission = Permission.MANAGE_LEADS

    def enter(self):
        if "pk" in self.kwargs:
            leads = self.board.leads.select_related("board")
            self.lead = get_object_or_404(leads, pk=self.kwargs["pk"])

    def cancel_url(self):
        return self.address("plans:lead_list")

    def breadcrumbs(self):
        return [("People", self.address("plans:member_list")), ("Leads", self.cancel_url())]


class LeadNewView(LeadPage):
    title = "Add a lead"
    button = "Add the lead"
    form_class = NewLeadForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"board": self.board}

    def write(self, form):
        lead = add_lead(self.board, by=self.request.user, **form.cleaned_data)
        return f"“{lead}” is added."


class LeadEditView(LeadPage):
    title = "Edit the lead"
    template_name = "plans/lead_form.html"
    form_class = LeadForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.lead}

    def write(self, form):
        data = form.cleaned_data
        edit_lead(self.lead, name=data["name"], holders=data["holders"], by=self.request.user)
        return f"“{self.lead}” is saved. Its actions stay with it."


class LeadRemoveView(LeadPage):
    title = "Remove the lead"
    button = "Remove"
    template_name = "plans/lead_remove.html"
    form_class = TidyForm

    def get_context_data(self, **kwargs):
        return super().get_context_data(caption=self.lead.name, **kwargs)

    def write(self, form):
        remove_lead(self.lead, by=self.request.user)
        return f"“{self.lead}” is removed. Its history stays."
