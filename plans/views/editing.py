"""The base of pages with one form: valid data go to a service, and what it refuses is shown on the form."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import FormView

from plans.access import Permission
from plans.forms.ids import read_id
from plans.models import Action, Area, Step
from plans.services.boards import hold_board
from plans.services.updates import lock_actions
from plans.views.base import BoardMixin
from plans.views.safety import SafeFormMixin


class FormPage(SafeFormMixin, BoardMixin, FormView):
    permission = Permission.EDIT_PLAN
    only_writes = True
    template_name = "plans/form.html"
    title = ""
    button = "Save"

    def send(self):
        # Two people saving at once wait for one another; the second meets what the first has saved.
        board = hold_board(self.board.pk)
        if board.closed_on != self.board.closed_on:
            return redirect(self.request.get_full_path())
        self.hold()
        self.enter()
        return FormView.post(self, self.request)

    def hold(self):
        """Locks what others write without waiting for the board."""

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.user = self.request.user
        return form

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"data": self.sent_fields()}

    def sent_fields(self):
        """What was sent just now, or what is kept from when the session had ended; None for a fresh form."""
        return self.request.POST if self.request.method == "POST" else self.kept_fields

    def form_valid(self, form):
        try:
            with transaction.atomic():
                done = self.write(form)
        except ValidationError as error:
            show_refusal(form, error)
            return self.form_invalid(form)
        messages.success(self.request, done)
        return redirect(self.get_success_url())

    def write(self, form):
        """Hands the form's data to a service and returns the words of the success message."""
        raise NotImplementedError

    def address(self, name, *args):
        return reverse(name, args=[self.board.slug, *args])

    def get_success_url(self):
        return self.cancel_url()

    def get_context_data(self, **kwargs):
        frame = {"title": self.title, "button": self.button, "cancel_url": self.cancel_url()}
        return super().get_context_data(breadcrumbs=self.breadcrumbs(), **frame, **kwargs)

    def breadcrumbs(self):
        return []


def show_refusal(form, error):
    """Puts a service's ValidationError on the fields that the form has, and all else at its top."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


class PlanPage(FormPage):
    """A form about a plan, or about one of its areas, actions or steps."""

    def enter(self):
        self.plan = get_object_or_404(self.board.plans.current(), pk=self.kwargs["pk"])

    def plan_url(self, anchor=""):
        return f"{self.address('plans:plan')}?plan={self.plan.pk}{anchor}"

    def cancel_url(self):
        return self.plan_url()

    def breadcrumbs(self):
        return [(self.plan.title, self.plan_url())]

    def get_context_data(self, **kwargs):
        return super().get_context_data(plan=self.plan, caption=self.caption(), **kwargs)

    def caption(self):
        return self.plan.title


class AreaPage(PlanPage):
    def enter(self):
        areas = Area.objects.current().select_related("plan").filter(plan__board=self.board)
        self.area = get_object_or_404(areas, pk=self.kwargs["pk"])
        self.plan = self.area.plan

    def cancel_url(self):
        return self.plan_url(f"#area-{self.area.pk}")

    def caption(self):
        return str(self.area)


class ActionPage(PlanPage):
    def enter(self):
        actions = Action.objects.select_related("plan__board", "area").filter(plan__board=self.board)
        self.action = get_object_or_404(actions, pk=self.kwargs["pk"])
        self.plan = self.action.plan

    def hold(self):
        """The updates of many actions are sent at once, so they wait for their actions alone."""
        lock_actions([self.action.pk])

    def cancel_url(self):
        return self.address("action", self.action.pk)

    def breadcrumbs(self):
        return [*super().breadcrumbs(), (f"Action {self.action.reference}".strip(), self.cancel_url())]

    def caption(self):
        return str(self.action)


class StepPage(ActionPage):
    def enter(self):
        steps = Step.objects.select_related("action__plan", "action__area")
        self.step = get_object_or_404(steps, pk=self.kwargs["pk"], action__plan__board=self.board)
        self.action = self.step.action
        self.plan = self.action.plan


class NewInPlanPage(PlanPage):
    """A form that adds something to the plan in the address (`?plan=7`), else to the board's newest."""

    def enter(self):
        wanted = self.request.GET.get("plan", "")
        plans = self.board.plans.newest_first()
        if wanted:
            plans = plans.filter(pk=read_id(wanted))
        self.plan = plans.first()
        if self.plan is None:
            raise Http404("No such plan")

    def area_in_address(self, name):
        return self.plan.areas.current().filter(pk=read_id(self.request.GET.get(name, ""))).first()
