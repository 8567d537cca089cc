from plans.forms.actions import NewStepForm, StepForm
from plans.forms.base import TidyForm
from plans.forms.targets import understood_target
from plans.services.steps import arrange_steps, create_step, create_steps, edit_step, next_number, remove_step
from plans.views.action_editing import TargetMixin
from plans.views.editing import ActionPage, StepPage
from plans.views.places import PlacesMixin
from plans.wording.phrases import plural


class StepNewView(ActionPage):
    title = "Add steps"
    button = "Add"
    form_class = NewStepForm

    def get_initial(self):
        return {"number": next_number(self.action)}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"period": self.plan.period}

    def write(self, form):
        data, by = form.cleaned_data, self.request.user
        if data["several"]:
            steps = create_steps(self.action, data["several"], by=by)
            return f"{plural(len(steps), 'step is', 'steps are')} added."
        number = data["number"] or next_number(self.action)
        step = create_step(self.action, number, data["text"], by=by, target_text=data["target_text"])
        date = understood_target(step.target, "step") if step.target_text else ""
        return f"The step is added. {date}".strip()


class StepEditView(StepPage):
    title = "Edit the step"
    template_name = "plans/step_form.html"
    form_class = StepForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.step}

    def write(self, form):
        fields = {name: form.cleaned_data[name] for name in form._meta.fields}
        edit_step(self.step, by=self.request.user, **fields)
        return "The step is saved."


class StepTargetView(TargetMixin, StepPage):
    @property
    def dated(self):
        return self.step


class StepRemoveView(StepPage):
    title = "Remove the step"
    button = "Remove"
    template_name = "plans/remove.html"
    form_class = TidyForm

    def caption(self):
        return str(self.step)

    def write(self, form):
        remove_step(self.step, by=self.request.user)
        return "The step is removed. Its history stays."


class StepReorderView(PlacesMixin, ActionPage):
    title = "Reorder and renumber steps"
    numbered = "number"

    def rows(self):
        return list(self.action.steps.all())

    def write(self, form):
        arrange_steps(self.action, form.in_new_order(), form.renumbered(), by=self.request.user)
        return "The order and the numbers are saved."
