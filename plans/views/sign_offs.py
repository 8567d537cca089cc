from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property

from plans.access import Permission
from plans.forms.base import TidyForm
from plans.forms.ids import read_id
from plans.forms.sign_off import MOST_MEETINGS, DecisionForm, RefuseForm, UnfinishedForm
from plans.models import ProgressUpdate, SignOff
from plans.services.sign_off import (
    agree_sign_off,
    ask_sign_off,
    drop_sign_off,
    refuse_sign_off,
    reopen_action,
    why_not_ask,
    why_not_decide,
)
from plans.services.signed_off import decided_words
from plans.views.editing import ActionPage


class SignOffPage(ActionPage):
    """One step of a sign-off; what stands in the way is said on the page that one came from."""

    template_name = "plans/sign_off_form.html"
    form_class = TidyForm

    def get(self, request, *args, **kwargs):
        if problem := self.problem():
            messages.error(request, problem)
            return redirect(self.cancel_url())
        return super().get(request, *args, **kwargs)

    def problem(self):
        """Why there is nothing to do here, or ""."""
        return ""

    @cached_property
    def key(self):
        return [row.entry for row in self.plan.key.all()]

    def get_context_data(self, **kwargs):
        entry = next((each for each in self.key if each.code == self.update.rating), None)
        return super().get_context_data(action=self.action, update=self.update, entry=entry, **kwargs)


class AskView(SignOffPage):
    permission = Permission.UPDATE
    title = "Ask for the sign-off"
    button = "Ask for the sign-off"

    def enter(self):
        super().enter()
        if not self.access.may_update(self.action):
            raise PermissionDenied("update this action")
        updates = ProgressUpdate.objects.standing().filter(action=self.action).select_related("by", "action")
        self.update = updates.latest_first().first()

    def problem(self):
        return why_not_ask(self.update)

    def get_context_data(self, **kwargs):
        self.update = self.update or ProgressUpdate(action=self.action)
        return super().get_context_data(**kwargs)

    def write(self, form):
        if problem := self.problem():
            raise ValidationError(problem)
        ask_sign_off(self.update, by=self.request.user)
        return "The sign-off is asked for. The chair and the administrators see it in their list."


class RequestPage(SignOffPage):
    """About one sign-off, in whatever state."""

    def enter(self):
        related = ("action__plan__board", "action__area", "update__by", "by", "decided_by")
        sign_offs = SignOff.objects.standing().select_related(*related)
        self.sign_off = get_object_or_404(sign_offs, pk=self.kwargs["pk"], action__plan__board=self.board)
        self.action, self.update = self.sign_off.action, self.sign_off.update
        self.plan = self.action.plan

    def problem(self):
        return "" if self.sign_off.is_waiting else decided_words(self.sign_off)

    def get_context_data(self, **kwargs):
        return super().get_context_data(sign_off=self.sign_off, **kwargs)


class DecisionPage(RequestPage):
    permission = Permission.SIGN_OFF

    def cancel_url(self):
        return self.address("sign_off_list")

    def breadcrumbs(self):
        return [("Waiting for a decision", self.cancel_url())]

    def problem(self):
        return super().problem() or why_not_decide(self.sign_off, self.request.user)

    @cached_property
    def choices(self):
        held = self.board.meetings.standing().filter(on__range=(self.sign_off.on, timezone.localdate()))
        recent = list(held.order_by("-on").values_list("pk", flat=True)[:MOST_MEETINGS])
        return self.board.meetings.filter(pk__in=recent).order_by("-on")

    def get_initial(self):
        return {"meeting": read_id(self.request.GET.get("meeting", ""))}

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"meetings": self.choices}


class AgreeView(DecisionPage):
    title = "Agree the sign-off"
    button = "Agree: it is complete"
    form_class = DecisionForm

    def write(self, form):
        meeting = form.cleaned_data.get("meeting")
        agree_sign_off(self.sign_off, by=self.request.user, meeting=meeting)
        return f"“{self.action}” is signed off."


class RefuseView(DecisionPage):
    title = "Refuse the sign-off"
    button = "Refuse the sign-off"
    form_class = RefuseForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"key": self.key}

    def write(self, form):
        data = form.cleaned_data
        refuse_sign_off(
            self.sign_off,
            by=self.request.user,
            reason=data["reason"],
            rating=data["rating"],
            meeting=data.get("meeting"),
        )
        return f"The sign-off of “{self.action}” is refused, and your update says why."


class DropView(RequestPage):
    permission = Permission.UPDATE
    title = "Take the request back"
    button = "Take it back"

    def enter(self):
        super().enter()
        if not self.access.may_update(self.action):
            raise PermissionDenied("update this action")

    def write(self, form):
        drop_sign_off(self.sign_off, by=self.request.user)
        return "The sign-off is no longer asked for."


class ReopenView(SignOffPage):
    permission = Permission.SIGN_OFF
    title = "Open the action again"
    button = "Open it again"
    form_class = UnfinishedForm

    def enter(self):
        super().enter()
        signed = SignOff.objects.in_force().filter(action=self.action)
        self.sign_off = signed.select_related("update__by", "by", "decided_by").first()
        self.update = self.sign_off.update if self.sign_off else ProgressUpdate(action=self.action)

    def problem(self):
        return (
            "" if self.sign_off else "This action is not signed off now, so there is nothing to open again."
        )

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"key": self.key}

    def get_context_data(self, **kwargs):
        return super().get_context_data(sign_off=self.sign_off, **kwargs)

    def write(self, form):
        reopen_action(self.action, by=self.request.user, **form.cleaned_data)
        return f"“{self.action}” is open again, and your update says why."
