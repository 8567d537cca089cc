from plans.access import Permission
from plans.forms.people import SecondFactorForm
from plans.services.people import require_second_factor
from plans.views.editing import FormPage


class SecondFactorView(FormPage):
    permission = Permission.MANAGE_MEMBERS
    title = "Second step at sign-in"
    form_class = SecondFactorForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.board}

    def cancel_url(self):
        return self.address("plans:member_list")

    def breadcrumbs(self):
        return [("People", self.cancel_url())]

    def write(self, form):
        is_required = form.cleaned_data["requires_second_factor"]
        require_second_factor(self.board, is_required, by=self.request.user)
        if is_required:
            return "Everybody on the board needs a second step at sign-in."
        return "A password alone is enough for this board."
