from django.contrib import messages
from django.shortcuts import redirect
from django.views.generic import FormView

from plans.forms.people import RemindersForm
from plans.services.people import set_reminders
from plans.views.safety import SafeFormMixin


class RemindersView(SafeFormMixin, FormView):
    """One's own reminders by email, board by board; the link in an email leads here through the sign-in."""

    template_name = "improvement/reminders.html"
    form_class = RemindersForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def send(self):
        return FormView.post(self, self.request)

    def form_valid(self, form):
        set_reminders(form.of_boards_shown, form.cleaned_data["boards"], by=self.request.user)
        messages.success(self.request, "Your reminders are saved.")
        return redirect("reminders")
