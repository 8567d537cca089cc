from django.contrib import messages
from django.utils import timezone

from plans.access import Permission
from plans.forms.key import KeyFormSet, key_rows
from plans.forms.plans import ClosePlanForm, LevelNamesForm, NewPlanForm, PlanForm
from plans.models import Plan
from plans.services.plans import close_plan, create_plan, edit_plan, key_version, set_key, set_level_names
from plans.views.editing import FormPage, PlanPage
from plans.wording.phrases import plural


class PlanNewView(FormPage):
    title = "Add a plan"
    button = "Add the plan"
    form_class = NewPlanForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": Plan(board=self.board)}

    def write(self, form):
        data = {name: form.cleaned_data[name] for name in form._meta.fields}
        levels = form.cleaned_data["level_names"]
        self.plan = create_plan(self.board, by=self.request.user, level_names=levels, **data)
        return f"{self.plan} is added. Now add its first area."

    def cancel_url(self):
        return self.address("plans:plan_list")

    def get_success_url(self):
        return f"{self.address('plans:area_new')}?plan={self.plan.pk}"

    def breadcrumbs(self):
        return [("Plans", self.cancel_url())]


class PlanEditView(PlanPage):
    title = "Edit the plan"
    form_class = PlanForm
    template_name = "plans/plan_form.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.plan}

    def write(self, form):
        data = {name: form.cleaned_data[name] for name in form._meta.fields}
        read_anew = edit_plan(self.plan, by=self.request.user, **data)
        if read_anew:
            words = plural(read_anew, "target date was", "target dates were")
            messages.info(self.request, f"{words} read anew by the plan’s new dates.")
        return "The plan is saved."


class PlanCloseView(PlanPage):
    title = "Close the plan"
    button = "Close the plan"
    form_class = ClosePlanForm
    template_name = "plans/plan_close.html"

    def get_initial(self):
        return {"ends": self.plan.ends or timezone.localdate()}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"plan": self.plan}

    def write(self, form):
        close_plan(self.plan, ends=form.cleaned_data["ends"], by=self.request.user)
        return f"{self.plan} is closed."


class PlanLevelsView(PlanPage):
    permission = Permission.MANAGE_KEY
    title = "Level names"
    form_class = LevelNamesForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.plan}

    def write(self, form):
        set_level_names(self.plan, form.cleaned_data["level_names"], by=self.request.user)
        return "The level names are saved."


class PlanKeyView(PlanPage):
    permission = Permission.MANAGE_KEY
    title = "Rating key"
    button = "Save the key"
    template_name = "plans/plan_key.html"

    def get_form(self):
        newest = key_version(self.plan)
        return KeyFormSet(
            self.sent_fields(), initial=key_rows(self.plan), prefix="key", plan=self.plan, newest=newest
        )

    def write(self, form):
        set_key(self.plan, form.entries(), by=self.request.user)
        return "The rating key is saved."
