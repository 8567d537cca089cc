from plans.forms.actions import ActionForm, NewActionForm, ReasonForm, TargetForm, WithdrawForm
from plans.forms.targets import understood_target
from plans.models import Action, MoveRequest
from plans.services.actions import answer_recommendations, edit_action, restore_action, withdraw_action
from plans.services.moves import ask_or_move
from plans.services.progress import correct_target
from plans.services.steps import add_action
from plans.views.editing import ActionPage, NewInPlanPage
from plans.wording.phrases import day_or_words, undo_behind


class ActionNewView(NewInPlanPage):
    title = "Add an action"
    button = "Add the action"
    form_class = NewActionForm

    def get_initial(self):
        return {"area": self.area_in_address("area")}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"plan": self.plan, "instance": Action(plan=self.plan)}

    def write(self, form):
        asked = ("version", "without_day")
        fields = {name: value for name, value in form.cleaned_data.items() if name not in asked}
        self.action = add_action(by=self.request.user, **fields)
        date = understood_target(self.action.target)
        return f"The action is added. {date} {understood_leads(self.action)}"

    def get_success_url(self):
        return self.address("action", self.action.pk)


class ActionEditView(ActionPage):
    title = "Edit the action"
    template_name = "plans/action_form.html"
    form_class = ActionForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"plan": self.plan, "instance": self.action}

    def write(self, form):
        fields = {name: form.cleaned_data[name] for name in form._meta.fields}
        edit_action(self.action, by=self.request.user, **fields)
        if "recommendations" in form.changed_data:
            answer_recommendations(self.action, form.cleaned_data["recommendations"], by=self.request.user)
        return f"The action is saved. {understood_leads(self.action)}".strip()


def understood_leads(action):
    """What the leads as written were taken for, so that a wrong reading is seen at once."""
    names = [link.lead.name for link in action.action_leads.select_related("lead")]
    if not names:
        return "Nobody is accountable for it yet."
    others = f" Also leading: {'; '.join(names[1:])}." if names[1:] else ""
    return f"Accountable: {names[0]}.{others}"


class TargetMixin:
    """Moving or mending the date of `self.dated`, an action or a step."""

    title = "Change the date"
    template_name = "plans/target_form.html"
    form_class = TargetForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"dated": self.dated, "plan": self.plan}

    def get_context_data(self, **kwargs):
        return super().get_context_data(dated=self.dated, **kwargs)

    def write(self, form):
        data = form.cleaned_data
        if data["kind"] == TargetForm.CORRECT:
            correct_target(self.dated, to=data["to"], reason=data["reason"], by=self.request.user)
            return f"The date is put right. {self.understood()}"
        done = ask_or_move(
            self.dated,
            to=data["to"],
            reason=data["reason"],
            agreed_by=data.get("agreed_by", ""),
            meeting=data.get("meeting"),
            by=self.request.user,
        )
        if isinstance(done, MoveRequest):
            to = day_or_words(done.to_due, done.to_text)
            return f"The chair is asked to move it to {to}. Until they agree, the date stays as it is."
        return f"The date has moved. {self.understood()} The board sees the move and its reason."

    def understood(self):
        return understood_target(self.dated.target, self.dated._meta.verbose_name)


class ActionTargetView(TargetMixin, ActionPage):
    @property
    def dated(self):
        return self.action


class ActionWithdrawView(ActionPage):
    title = "Withdraw or merge the action"
    button = "Withdraw"
    template_name = "plans/action_withdraw.html"
    form_class = WithdrawForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"action": self.action}

    def write(self, form):
        withdraw_action(self.action, by=self.request.user, **form.cleaned_data)
        return "The action is out of the counts. It and its history stay."


class ActionRestoreView(ActionPage):
    title = "Bring the action back"
    button = "Bring it back"
    template_name = "plans/action_restore.html"
    form_class = ReasonForm

    def withdrawn_by_undo(self):
        return undo_behind(self.action.withdrawn_reason)

    def write(self, form):
        restore_action(self.action, by=self.request.user, reason=form.cleaned_data["reason"])
        return "The action counts again."
