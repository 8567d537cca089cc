from plans.access import Permission
from plans.forms.handover import HandoverChoiceForm, HandoverForm
from plans.services.handover import hand_over, preview_handover
from plans.views.editing import FormPage
from plans.wording.phrases import plural


class HandoverView(FormPage):
    """Who hands over to whom (`?giver=3&taker=5`), then what would go along, then the handover itself."""

    permission = Permission.MANAGE_LEADS
    title = "Hand over leads"
    button = "Hand over"
    template_name = "plans/handover.html"

    def enter(self):
        asked = self.request.GET
        data = asked if {"giver", "taker"} <= asked.keys() else None
        self.choice = HandoverChoiceForm(data, board=self.board, initial={"giver": asked.get("giver")})
        self.chosen = self.choice.cleaned_data if self.choice.is_valid() else None

    def cancel_url(self):
        return self.address("plans:member_list")

    def get_success_url(self):
        return self.address("plans:lead_list")

    def breadcrumbs(self):
        return [("People", self.cancel_url())]

    def get_form(self, form_class=None):
        if not self.chosen:
            return self.choice
        return HandoverForm(board=self.board, giver=self.chosen["giver"], **self.get_form_kwargs())

    def get_context_data(self, **kwargs):
        preview = preview_handover(self.board, **self.chosen) if self.chosen else None
        return super().get_context_data(preview=preview, **(self.chosen or {}), **kwargs)

    def write(self, form):
        leads = hand_over(self.board, by=self.request.user, leads=form.cleaned_data["leads"], **self.chosen)
        names = "; ".join(str(lead) for lead in leads)
        gone = f"{plural(len(leads), 'lead')} went from {self.chosen['giver']} to {self.chosen['taker']}"
        return f"{gone}: {names}. The actions stay with their leads."
