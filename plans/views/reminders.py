from plans.access import Permission
from plans.forms.people import NudgeDaysForm
from plans.services.people import edit_nudge_days
from plans.views.editing import FormPage
from plans.wording.phrases import plural


class BoardRemindersView(FormPage):
    permission = Permission.MANAGE_MEMBERS
    title = "Reminders by email"
    template_name = "plans/board_reminders.html"
    form_class = NudgeDaysForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.board}

    def cancel_url(self):
        return self.address("plans:member_list")

    def breadcrumbs(self):
        return [("People", self.cancel_url())]

    def write(self, form):
        days = form.cleaned_data["nudge_days"]
        edit_nudge_days(self.board, days, by=self.request.user)
        when = f"{plural(days, 'day')} before a meeting" if days else "on the day of a meeting"
        return f"Reminders go out {when}."
